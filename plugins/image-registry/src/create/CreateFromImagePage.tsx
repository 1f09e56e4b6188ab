import { Content, Header, Page } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_NAMESPACE_ANNOTATION,
  workloadCreatePermission,
  WorkloadCreationRecord,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  ImageRegistryApi,
  imageRegistryTranslationRef,
  PickedImage,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { useOwnGroups } from './ComponentSection';
import { CreateForm } from './CreateForm';
import { EditSettings } from './edit';
import { emptyDraft, WorkloadDraft } from './WorkloadDraft';

type Query = ReturnType<typeof useQueryParameters>;

/**
 * Makes a component from an image. The address may name the image (registry,
 * repository, tag, digest), the owner, the system, a component of the catalog
 * that has no workload, or what stopped half-way (resume); or a workload that
 * was made here, to be changed (edit, with its component).
 */
export function CreateFromImagePage() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const query = useQueryParameters();
  const edited = query.get('edit');
  const entityRef = query.get('component');
  if (edited && entityRef) {
    return <EditSettings targetKey={edited} entityRef={entityRef} />;
  }
  return (
    <Page themeId="tool">
      <Header title={t('create.title')} subtitle={t('create.subtitle')} />
      <Content>
        <LoadedForm />
      </Content>
    </Page>
  );
}

function LoadedForm() {
  const shared = useTranslate(imageRegistryTranslationRef);
  const catalogApi = useApi(catalogApiRef);
  const query = useQueryParameters();
  const groups = useOwnGroups();
  const create = usePermission({ permission: workloadCreatePermission });
  const component = query.get('component');
  const resume = query.get('resume');
  const { value, error, refetch } = useImageRegistryQuery(
    async (client, signal) => {
      const [environments, clusters, registries, entity, earlier, image] =
        await Promise.all([
          client.listEnvironments({ signal }),
          client.listClusters({ signal }),
          client.listRegistries({ entityRef: component }, { signal }),
          component ? catalogApi.getEntityByRef(component) : undefined,
          // What was begun on this page needs no reading.
          resume ? client.getWorkloadCreation(resume, { signal }) : undefined,
          imageIn(client, query, { entityRef: component, signal }),
        ]);
      return {
        environments,
        clusters,
        registries: registries.items,
        entity,
        earlier,
        image,
      };
    },
    [component],
  );
  if (error && !value) {
    return <ErrorPanel error={error} onRetry={refetch} />;
  }
  if (!value || groups === undefined) {
    return <RowsSkeleton rows={8} />;
  }
  const { entity, earlier, image } = value;
  return (
    <CreateForm
      start={emptyDraft({
        image,
        owner: query.get('owner') ?? groups[0] ?? '',
        system: query.get('system') ?? '',
        name: query.get('name') ?? '',
        ...(entity && fromEntity(entity)),
        ...(earlier && fromEarlier(earlier)),
      })}
      environments={value.environments}
      clusters={value.clusters}
      registries={value.registries}
      component={
        component ?? (earlier?.existed ? earlier.entityRef : undefined)
      }
      earlier={earlier}
      deniedReason={
        create.loading || create.allowed
          ? undefined
          : shared('permission.denied')
      }
    />
  );
}

/** The image that the address names; a tag alone is resolved. */
async function imageIn(
  api: ImageRegistryApi,
  query: Query,
  options: { entityRef?: string; signal: AbortSignal },
): Promise<PickedImage | undefined> {
  const { entityRef, signal } = options;
  const registryId = query.get('registry');
  const repository = query.get('repository');
  const tag = query.get('tag');
  if (!registryId || !repository) {
    return undefined;
  }
  const digest =
    query.get('digest') ??
    (tag &&
      (
        await api.getImage(
          registryId,
          { repository, reference: tag, entityRef },
          { signal },
        )
      ).digest);
  return digest ? { registryId, repository, digest, tag } : undefined;
}

/** A component of the catalog keeps its own owner, system and place. */
function fromEntity({ metadata, relations }: Entity): Partial<WorkloadDraft> {
  const related = (type: string, kind: string) =>
    relations?.find(
      relation => relation.type === type && relation.targetRef.startsWith(kind),
    )?.targetRef;
  const { annotations = {} } = metadata;
  return {
    name: metadata.name,
    description: metadata.description ?? '',
    owner: related(RELATION_OWNED_BY, '') ?? '',
    system: related(RELATION_PART_OF, 'system:') ?? '',
    cluster: annotations[KUBERNETES_CLUSTER_ANNOTATION] ?? '',
    namespace: annotations[KUBERNETES_NAMESPACE_ANNOTATION] ?? '',
  };
}

/** What is known of a form that was left half-way. */
function fromEarlier(earlier: WorkloadCreationRecord): Partial<WorkloadDraft> {
  const entity = earlier.entity as unknown as Entity;
  const spec = entity.spec ?? {};
  const text = (name: string) =>
    typeof spec[name] === 'string' ? String(spec[name]) : '';
  const deployment = earlier.objects.find(({ kind }) => kind === 'Deployment');
  return {
    ...fromEntity(entity),
    name: deployment?.name ?? parseEntityRef(earlier.entityRef).name,
    ...(!earlier.existed && {
      owner: text('owner'),
      system: text('system'),
      type: text('type'),
      lifecycle: text('lifecycle'),
    }),
    ...(deployment && { namespace: deployment.namespace }),
  };
}
