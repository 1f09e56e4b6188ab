import { useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import {
  ComponentSource,
  PutComponentSources,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  ManualReference,
  RegistrySelect,
  RepositoryList,
  RowsSkeleton,
  useRegistries,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

interface ChangeSourceProps {
  entityRef: string;
  sources: ComponentSource[];
  /** The one that is replaced; absent: the component has none. */
  source?: ComponentSource;
  onChanged(): void;
  onClose(): void;
}

/** Chooses the repository that a component's images come from. */
export function ChangeSource(props: ChangeSourceProps) {
  const { entityRef, sources, source, onChanged, onClose } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const titleId = useId();
  const [chosenId, setChosenId] = useState(source?.image.registryId);
  const [error, setError] = useState<Error>();
  const usable = useRegistries(entityRef);
  const registries = usable.value?.registries ?? [];
  const registry =
    registries.find(({ id }) => id === chosenId) ??
    registries.find(({ isDefault }) => isDefault) ??
    registries[0];

  const choose = async (repository: string) => {
    if (!registry) {
      return;
    }
    setError(undefined);
    try {
      await api.putComponentSources({
        entityRef,
        sources: withReplaced(sources, source, {
          registryId: registry.id,
          repository,
        }),
      });
      onChanged();
      onClose();
    } catch (failure) {
      setError(failure as Error);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="md"
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t('images.changeTitle')}</DialogTitle>
      <DialogContent>
        {error && <ErrorPanel error={error} title={t('form.notSaved')} />}
        {usable.error && (
          <ErrorPanel error={usable.error} onRetry={usable.refetch} />
        )}
        {usable.loading && <RowsSkeleton />}
        {registry && (
          <>
            <Box marginTop={1} marginBottom={2}>
              <RegistrySelect
                registries={registries}
                value={registry.id}
                onChange={setChosenId}
              />
            </Box>
            <RepositoryList
              key={registry.id}
              registryId={registry.id}
              entityRef={entityRef}
              onOpen={choose}
              onListFailed={
                <ManualReference
                  registry={registry}
                  entityRef={entityRef}
                  onUse={image => choose(image.repository)}
                />
              }
            />
          </>
        )}
        {usable.value && !registry && (
          <EmptyState
            title={shared('picker.noRegistries.title')}
            description={shared('picker.noRegistries.description')}
          />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{shared('action.cancel')}</Button>
      </DialogActions>
    </Dialog>
  );
}

/**
 * What people chose so far, with one choice replaced. What the catalog says or
 * what was learned isn't a choice and stays out.
 */
function withReplaced(
  sources: ComponentSource[],
  replaced: ComponentSource | undefined,
  image: { registryId: string; repository: string },
): PutComponentSources['sources'] {
  const others = sources.flatMap(source =>
    source !== replaced && source.origin === 'chosen' && source.image.registryId
      ? [
          {
            container: source.container,
            environment: source.environment,
            image: {
              registryId: source.image.registryId,
              repository: source.image.repository,
            },
          },
        ]
      : [],
  );
  return [
    ...others,
    {
      container: replaced?.container,
      environment: replaced?.environment,
      image,
    },
  ];
}
