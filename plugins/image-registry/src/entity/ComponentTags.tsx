import { useMemo } from 'react';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useEntityPermission } from '@backstage/plugin-catalog-react/alpha';
import {
  deploymentCreatePermission,
  ProviderDescriptor,
  Registry,
  tagSortSchema,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  ImageDetailsDrawer,
  imageRegistryTranslationRef,
  ManualReference,
  mayReadImages,
  TagList,
  TagRow,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useNavigate } from 'react-router-dom';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { useDeployLink } from './useDeployLink';

interface ComponentTagsProps {
  entityRef: string;
  registry: Registry;
  /** Absent when the registry's kind is not installed. */
  provider?: ProviderDescriptor;
  repository: string;
  targets: Target[];
}

/** The tags of the component's repository, and the image that is open. */
export function ComponentTags(props: ComponentTagsProps) {
  const { entityRef, registry, provider, repository, targets } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const query = useQueryParameters();
  const navigate = useNavigate();
  const { entity } = useEntity();
  const deployLink = useDeployLink();
  const deploy = useEntityPermission(deploymentCreatePermission);
  const opened = query.get('image');
  const sort = tagSortSchema.safeParse(query.get('sort')).data;
  const runningIn = useRunningIn(targets, registry.id, repository);
  const extraColumns = useMemo(
    () =>
      targets.length > 0
        ? [
            {
              id: 'running',
              title: t('images.runningIn'),
              width: 200,
              render: (row: TagRow) => {
                const names = runningIn(row).join(', ');
                return <span title={names}>{names}</span>;
              },
            },
          ]
        : [],
    [targets.length, runningIn, t],
  );

  return (
    <>
      <TagList
        registryId={registry.id}
        repository={repository}
        entityRef={entityRef}
        pushTime={provider?.capabilities.pushTime ?? false}
        readImages={mayReadImages(registry, provider)}
        view={{ search: query.get('search') ?? '', sort }}
        onViewChange={view =>
          query.set({ search: view.search, sort: view.sort }, { replace: true })
        }
        onOpen={row => query.set({ image: row.tags[0] })}
        extraColumns={extraColumns}
        onListFailed={
          <ManualReference
            registry={registry}
            repository={repository}
            entityRef={entityRef}
            onUse={image => query.set({ image: image.tag ?? image.digest })}
          />
        }
      />
      <ImageDetailsDrawer
        registry={registry}
        repository={repository}
        reference={opened}
        entityRef={entityRef}
        onClose={() => query.set({ image: undefined })}
        renderActions={image => (
          <GuardedButton
            variant="contained"
            color="primary"
            disabled={image.kind !== 'image'}
            deniedReason={
              deploy.loading || deploy.allowed
                ? undefined
                : shared('permission.deniedEntity', {
                    owner: entity.metadata.name,
                  })
            }
            onClick={() =>
              navigate(
                deployLink({
                  registryId: registry.id,
                  repository,
                  tag: image.tag ?? tagOf(opened),
                  digest: image.digest,
                }),
              )
            }
          >
            {t('images.deploy')}
          </GuardedButton>
        )}
      />
    </>
  );
}

/** The opened reference, unless it is a digest. */
function tagOf(reference: string | undefined): string | undefined {
  return reference?.includes(':') ? undefined : reference;
}

/** Names the environments (else the clusters) in which an image runs. */
function useRunningIn(
  targets: Target[],
  registryId: string,
  repository: string,
): (row: TagRow) => string[] {
  return useMemo(() => {
    const own = targets.filter(
      target =>
        target.repository === repository &&
        (!target.registryId || target.registryId === registryId),
    );
    return row => [
      ...new Set(
        own
          .filter(target =>
            row.digest && target.digest
              ? target.digest === row.digest
              : target.tag !== undefined && row.tags.includes(target.tag),
          )
          .map(target => target.environment ?? target.ref.cluster),
      ),
    ];
  }, [targets, registryId, repository]);
}
