import { WorkloadObject } from './objects';
import { missingReplicas, onDelete, scaledToZero } from './rolloutReasons';
import {
  isOwnedBy,
  observedGenerationReached,
  Standing,
  WorkloadCounts,
  WorkloadType,
} from './WorkloadType';

/** StatefulSets: pods are replaced one by one, or by hand with OnDelete. */
export const statefulSet: WorkloadType = {
  kind: 'StatefulSet',
  apiVersion: 'apps/v1',
  resource: 'statefulsets',
  podSpecPath: ['spec', 'template', 'spec'],
  podSpec: workload => workload.spec.template?.spec,
  observed: observedGenerationReached,
  counts,
  standing,
  ownsPod: (workload, pod) => isOwnedBy(pod, workload),
};

function counts({ spec, status }: WorkloadObject): WorkloadCounts {
  return {
    desired: spec.replicas ?? 1,
    current: status?.replicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? status?.readyReplicas ?? 0,
  };
}

function standing(workload: WorkloadObject): Standing {
  const numbers = counts(workload);
  const { desired, updated } = numbers;
  if (desired === 0) {
    return { phase: 'stopped', reason: scaledToZero() };
  }
  const strategy = workload.spec.updateStrategy;
  if (strategy?.type === 'OnDelete' && updated < desired) {
    return { phase: 'complete', reason: onDelete(numbers) };
  }
  const partition = keptByPartition(workload);
  const missing = missingReplicas(numbers, desired - partition);
  if (missing) {
    return { phase: 'progressing', reason: missing };
  }
  return partition > 0 && strategy?.type !== 'OnDelete'
    ? {
        phase: 'complete',
        reason: {
          code: 'partition',
          message: `Its partition keeps the first ${partition} of ${desired} pods on the old version.`,
          params: { partition: String(partition), desired: String(desired) },
        },
      }
    : { phase: 'complete' };
}

/** Pods below the partition's ordinal; ordinals may begin above 0. */
function keptByPartition(workload: WorkloadObject): number {
  const { updateStrategy, ordinals } = workload.spec;
  const partition = updateStrategy?.rollingUpdate?.partition ?? 0;
  const below = Math.max(0, partition - (ordinals?.start ?? 0));
  return Math.min(below, counts(workload).desired);
}
