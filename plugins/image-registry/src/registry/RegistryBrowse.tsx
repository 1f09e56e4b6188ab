import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import BackIcon from '@material-ui/icons/ArrowBack';
import {
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

interface RegistryBrowseProps {
  registry: Registry;
  provider?: ProviderDescriptor;
}

/** Repositories, then tags, then an image; each in the URL. */
export function RegistryBrowse({ registry, provider }: RegistryBrowseProps) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const query = useQueryParameters();
  const navigate = useNavigate();
  const createPage = useRouteRef(createFromImageRouteRef)();
  const create = usePermission({ permission: workloadCreatePermission });
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
        onClose={() => query.set({ image: undefined })}
        renderActions={image => (
          <GuardedButton
            variant="contained"
            color="primary"
            disabled={image.kind !== 'image'}
            deniedReason={
              create.loading || create.allowed
                ? undefined
                : shared('permission.denied')
            }
            onClick={() =>
              navigate(
                `${createPage}?${new URLSearchParams({
                  registry: registry.id,
                  repository: image.repository,
                  ...(image.tag && { tag: image.tag }),
                  digest: image.digest,
                })}`,
              )
            }
          >
            {t('create.fromTag')}
          </GuardedButton>
        )}
      />
    </>
  );
}
