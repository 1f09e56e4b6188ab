import { WorkloadObject } from './objects';
import { missingReplicas, onDelete } from './rolloutReasons';
import {
  isOwnedBy,
  observedGenerationReached,
  Standing,
  WorkloadCounts,
  WorkloadType,
} from './WorkloadType';

/** DaemonSets: one pod per node that fits. */
export const daemonSet: WorkloadType = {
  kind: 'DaemonSet',
  apiVersion: 'apps/v1',
  resource: 'daemonsets',
  podSpecPath: ['spec', 'template', 'spec'],
  podSpec: workload => workload.spec.template?.spec,
  observed: observedGenerationReached,
  counts,
  standing,
  ownsPod: (workload, pod) => isOwnedBy(pod, workload),
};

function counts({ status }: WorkloadObject): WorkloadCounts {
  const updated = status?.updatedNumberScheduled ?? 0;
  return {
    desired: status?.desiredNumberScheduled ?? 0,
    // Pods that are too many are counted nowhere in its status.
    current: updated,
    updated,
    ready: status?.numberReady ?? 0,
    available: status?.numberAvailable ?? 0,
  };
}

function standing(workload: WorkloadObject): Standing {
  const numbers = counts(workload);
  const { desired, updated } = numbers;
  if (desired === 0) {
    return {
      phase: 'stopped',
      reason: {
        code: 'no-nodes',
        message:
          'No node fits this DaemonSet; it will start with the new image.',
      },
    };
  }
  if (workload.spec.updateStrategy?.type === 'OnDelete' && updated < desired) {
    return { phase: 'complete', reason: onDelete(numbers) };
  }
  const missing = missingReplicas(numbers);
  return missing
    ? { phase: 'progressing', reason: missing }
    : { phase: 'complete' };
}
