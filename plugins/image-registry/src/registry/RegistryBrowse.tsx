import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import BackIcon from '@material-ui/icons/ArrowBack';
import {
  ImageDetails,
  ProviderDescriptor,
  Registry,
  tagSortSchema,
  workloadCreatePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  ImageDetailsDrawer,
  imageRegistryTranslationRef,
  ManualReference,
  mayReadImages,
  RepositoryList,
  TagList,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useNavigate } from 'react-router-dom';
import { useQueryParameters } from '../page/useQueryParameters';
import { createFromImageRouteRef } from '../routes';
import { imageRegistryPageTranslationRef } from '../translation';
import { DeployImageDialog } from './DeployImageDialog';

interface RegistryBrowseProps {
  registry: Registry;
  provider?: ProviderDescriptor;
}

/** Repositories, then tags, then an image; each in the URL. */
export function RegistryBrowse({ registry, provider }: RegistryBrowseProps) {
  const shared = useTranslate(imageRegistryTranslationRef);
  const query = useQueryParameters();
  const repository = query.get('repository');
  const sort = tagSortSchema.safeParse(query.get('sort')).data;
  const open = (next: string, image?: string) =>
    query.set({
      repository: next,
      image,
      search: undefined,
      sort: undefined,
    });

  return (
    <>
      {repository ? (
        <>
          <Button
            size="small"
            startIcon={<BackIcon aria-hidden />}
            onClick={() =>
              query.set({
                repository: undefined,
                image: undefined,
                search: undefined,
                sort: undefined,
              })
            }
          >
            {shared('picker.back')}
          </Button>
          <Typography variant="h6" component="h3" gutterBottom>
            {repository}
          </Typography>
          <TagList
            registryId={registry.id}
            repository={repository}
            pushTime={provider?.capabilities.pushTime ?? false}
            readImages={mayReadImages(registry, provider)}
            view={{ search: query.get('search') ?? '', sort }}
            onViewChange={view =>
              query.set(
                { search: view.search, sort: view.sort },
                { replace: true },
              )
            }
            onOpen={row => query.set({ image: row.tags[0] })}
          />
        </>
      ) : (
        <RepositoryList
          registryId={registry.id}
          onOpen={next => open(next)}
          onListFailed={
            <ManualReference
              registry={registry}
              onUse={image => open(image.repository, image.tag ?? image.digest)}
            />
          }
        />
      )}
      <ImageDetailsDrawer
        registry={registry}
        repository={repository ?? ''}
        reference={repository ? query.get('image') : undefined}
        onClose={() => query.set({ image: undefined, deploy: undefined })}
        renderActions={image => (
          <ImageActions
            image={image}
            choosing={query.get('deploy') !== undefined}
            onChoose={choosing =>
              query.set({ deploy: choosing ? 'choose' : undefined })
            }
          />
        )}
      />
    </>
  );
}

/** What can be made of an image: a rollout, or a component. */
function ImageActions(props: {
  image: ImageDetails;
  /** Somebody is asked which component is to run it. */
  choosing: boolean;
  onChoose(choosing: boolean): void;
}) {
  const { image, choosing, onChoose } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const navigate = useNavigate();
  const createPage = useRouteRef(createFromImageRouteRef)();
  const create = usePermission({ permission: workloadCreatePermission });
  const isImage = image.kind === 'image';
  return (
    <>
      <Button
        variant="contained"
        color="primary"
        disabled={!isImage}
        onClick={() => onChoose(true)}
      >
        {t('images.deploy')}
      </Button>
      <GuardedButton
        variant="outlined"
        color="primary"
        disabled={!isImage}
        deniedReason={
          create.loading || create.allowed
            ? undefined
            : shared('permission.denied')
        }
        onClick={() =>
          navigate(
            `${createPage}?${new URLSearchParams({
              registry: image.registryId,
              repository: image.repository,
              ...(image.tag && { tag: image.tag }),
              digest: image.digest,
            })}`,
          )
        }
      >
        {t('create.fromTag')}
      </GuardedButton>
      {choosing && isImage && (
        <DeployImageDialog image={image} onClose={() => onChoose(false)} />
      )}
    </>
  );
}
