import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { OLD_POD_KEPT } from '@slipway/backstage-plugin-image-registry-node';
import { isReady } from '../health';
import { PodObject, WorkloadObject } from '../workloads/objects';
import { WorkloadType } from '../workloads/WorkloadType';

/**
 * Which pod a StatefulSet waits for in vain. Pods that are started in order are
 * replaced in order, and one that does not become ready is never replaced: the
 * controller waits for it whatever its new template says.
 * (kubernetes.io: StatefulSets, Forced rollback)
 *
 * @param older - pods of earlier revisions
 */
export function keptPodReason(
  { kind }: Pick<WorkloadType, 'kind'>,
  { spec }: WorkloadObject,
  older: readonly PodObject[],
): Reason | undefined {
  if (kind !== 'StatefulSet' || spec.podManagementPolicy === 'Parallel') {
    return undefined;
  }
  const kept = older.find(
    pod => pod.metadata.deletionTimestamp === undefined && !isReady(pod),
  );
  if (!kept) {
    return undefined;
  }
  const pod = kept.metadata.name;
  return {
    code: OLD_POD_KEPT,
    message: `Kubernetes waits for ${pod}, which has an older image and is not ready, before it replaces it. Delete that pod, and it starts with this image.`,
    params: { pod },
  };
}
