import type { Entity } from '@backstage/catalog-model';
import { stringify } from 'yaml';
import {
  IMAGE_REPOSITORY_ANNOTATION,
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_NAMESPACE_ANNOTATION,
} from '../annotations';
import type { WorkloadPlan } from '../api/workloads';

/**
 * Reference of the component that a plan makes, in lower case as all are.
 * Written here: the catalog's model would be loaded with this library.
 */
export function plannedEntityRef({ name }: { name: string }): string {
  return `component:default/${name.toLocaleLowerCase('en-US')}`;
}

/**
 * The component of a plan as the catalog holds it.
 * @param repository - host and path, without tag, that its images come from
 */
export function componentEntity(
  plan: Pick<
    WorkloadPlan,
    'name' | 'description' | 'owner' | 'system' | 'type' | 'lifecycle' | 'place'
  >,
  repository: string,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: plan.name,
      ...(plan.description && { description: plan.description }),
      annotations: {
        [KUBERNETES_ID_ANNOTATION]: plan.name,
        [KUBERNETES_CLUSTER_ANNOTATION]: plan.place.cluster,
        [KUBERNETES_NAMESPACE_ANNOTATION]: plan.place.namespace,
        [IMAGE_REPOSITORY_ANNOTATION]: repository,
      },
    },
    spec: {
      type: plan.type ?? 'service',
      lifecycle: plan.lifecycle ?? 'production',
      owner: plan.owner,
      ...(plan.system && { system: plan.system }),
    },
  };
}

/** The entity as `catalog-info.yaml`. */
export function catalogInfo(entity: Entity): string {
  return stringify(entity, { lineWidth: 0 });
}
