import { Entity } from '@backstage/catalog-model';
import {
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  KUBERNETES_NAMESPACE_ANNOTATION,
} from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadQuery } from '@slipway/backstage-plugin-image-registry-node';

/**
 * How the workloads of a component are found: by the annotations that the
 * Kubernetes plugin uses too. Without any, by the component's own name.
 */
export function workloadQueryOf(entity: Entity): WorkloadQuery {
  const annotations = entity.metadata.annotations ?? {};
  const labelSelector = annotations[KUBERNETES_LABEL_SELECTOR_ANNOTATION];
  return {
    ...(labelSelector
      ? { labelSelector }
      : {
          kubernetesId:
            annotations[KUBERNETES_ID_ANNOTATION] ?? entity.metadata.name,
        }),
    namespace: annotations[KUBERNETES_NAMESPACE_ANNOTATION],
    cluster: annotations[KUBERNETES_CLUSTER_ANNOTATION],
  };
}

/** What was searched for, in words, for the page without workloads. */
export function describeQuery(query: WorkloadQuery): string {
  const label =
    query.labelSelector ?? `backstage.io/kubernetes-id=${query.kubernetesId}`;
  const place = [query.cluster, query.namespace].filter(Boolean).join('/');
  return place ? `${label} in ${place}` : label;
}
