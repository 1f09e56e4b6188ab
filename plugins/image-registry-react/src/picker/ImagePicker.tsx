import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import BackIcon from '@material-ui/icons/ArrowBack';
import {
  ProviderDescriptor,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import { EmptyState, ErrorPanel, ImageName, RowsSkeleton } from '../components';
import { ImageDetailsDrawer } from '../details';
import { useRegistries } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { ImagePickerProps } from './ImagePickerProps';
import { ManualReference } from './ManualReference';
import { mayReadImages } from './mayReadImages';
import { RegistrySelect } from './RegistrySelect';
import { RepositoryList } from './RepositoryList';
import { TagList, TagView } from './TagList';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
  },
}));

/**
 * Picks an image: registry, then repository, then tag. Searches and pages by
 * the backend; where listing isn't possible a reference is typed instead and
 * checked at the registry.
 *
 * @public
 */
export function ImagePicker(props: ImagePickerProps) {
  const t = useTranslate(imageRegistryTranslationRef);
  const { value, loading, error, refetch } = useRegistries(props.entityRef);
  if (!value) {
    return error ? (
      <ErrorPanel error={error} onRetry={refetch} />
    ) : (
      <>{loading && <RowsSkeleton />}</>
    );
  }
  if (value.registries.length === 0) {
    return (
      <EmptyState
        title={t('picker.noRegistries.title')}
        description={t('picker.noRegistries.description')}
      />
    );
  }
  return <Browser {...props} {...value} />;
}

/** Where the person is. */
interface Place {
  registryId: string;
  repository?: string;
}

function Browser(
  props: ImagePickerProps & {
    registries: Registry[];
    providers: ProviderDescriptor[];
  },
) {
  const { registries, providers, initial, fixedRepository } = props;
  const { entityRef, onPick } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const [place, setPlace] = useState<Place>(() => ({
    registryId: initialRegistry(registries, initial?.registryId).id,
    repository: initial?.repository,
  }));
  const [view, setView] = useState<TagView>({ search: '' });
  const [opened, setOpened] = useState<string | undefined>(initial?.tag);
  const [manual, setManual] = useState(false);

  const registry =
    registries.find(({ id }) => id === place.registryId) ?? registries[0];
  const provider = providers.find(({ id }) => id === registry.provider);
  const { repository } = place;

  const manualEntry = (
    <ManualReference
      registry={registry}
      repository={fixedRepository ? repository : undefined}
      entityRef={entityRef}
      onUse={onPick}
    />
  );

  return (
    <div>
      <div className={classes.head}>
        {fixedRepository ? (
          <Typography component="span">
            <ImageName registry={registry.name} repository={repository ?? ''} />
          </Typography>
        ) : (
          <RegistrySelect
            registries={registries}
            value={registry.id}
            onChange={registryId => {
              setPlace({ registryId });
              setView({ search: '' });
            }}
          />
        )}
        {repository && !fixedRepository && (
          <>
            <Button
              size="small"
              startIcon={<BackIcon aria-hidden />}
              onClick={() => setPlace({ registryId: registry.id })}
            >
              {t('picker.back')}
            </Button>
            <Typography component="span">{repository}</Typography>
          </>
        )}
      </div>

      {repository ? (
        <TagList
          key={`${registry.id} ${repository}`}
          registryId={registry.id}
          repository={repository}
          entityRef={entityRef}
          pushTime={provider?.capabilities.pushTime ?? false}
          readImages={mayReadImages(registry, provider)}
          view={view}
          onViewChange={setView}
          onOpen={row => setOpened(row.tags[0])}
          onListFailed={!manual && manualEntry}
        />
      ) : (
        <RepositoryList
          key={registry.id}
          registryId={registry.id}
          entityRef={entityRef}
          onOpen={next => {
            setPlace({ registryId: registry.id, repository: next });
            setView({ search: '' });
          }}
          onListFailed={!manual && manualEntry}
        />
      )}
      {manual ? (
        manualEntry
      ) : (
        <Button size="small" onClick={() => setManual(true)}>
          {t('picker.manual.open')}
        </Button>
      )}

      <ImageDetailsDrawer
        registry={registry}
        repository={repository ?? ''}
        reference={repository ? opened : undefined}
        entityRef={entityRef}
        onClose={() => setOpened(undefined)}
        renderActions={image => (
          <Button
            variant="contained"
            color="primary"
            disabled={image.kind !== 'image'}
            onClick={() => {
              setOpened(undefined);
              onPick({
                registryId: registry.id,
                repository: image.repository,
                tag: image.tag ?? opened,
                digest: image.digest,
              });
            }}
          >
            {t('picker.chooseNamed', { image: opened ?? '' })}
          </Button>
        )}
      />
    </div>
  );
}

function initialRegistry(registries: Registry[], id?: string): Registry {
  return (
    registries.find(registry => registry.id === id) ??
    registries.find(registry => registry.isDefault) ??
    registries[0]
  );
}
