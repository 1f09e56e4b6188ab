import { PodObject, WorkloadObject } from './objects';
import { missingReplicas, scaledToZero } from './rolloutReasons';
import {
  observedGenerationReached,
  Standing,
  WorkloadCounts,
  WorkloadType,
} from './WorkloadType';

/** Deployments: pods belong to ReplicaSets, one per revision. */
export const deployment: WorkloadType = {
  kind: 'Deployment',
  apiVersion: 'apps/v1',
  resource: 'deployments',
  podSpecPath: ['spec', 'template', 'spec'],
  podSpec: workload => workload.spec.template?.spec,
  observed: observedGenerationReached,
  counts,
  standing,
  ownsPod,
};

function counts({ spec, status }: WorkloadObject): WorkloadCounts {
  return {
    desired: spec.replicas ?? 1,
    current: status?.replicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
  };
}

function standing(workload: WorkloadObject): Standing {
  const numbers = counts(workload);
  if (numbers.desired === 0) {
    return { phase: 'stopped', reason: scaledToZero() };
  }
  const missing = missingReplicas(numbers);
  if (!missing) {
    return { phase: 'complete' };
  }
  if (workload.spec.paused) {
    return {
      phase: 'progressing',
      reason: {
        code: 'paused',
        message:
          'The Deployment is paused: nothing happens until it is resumed.',
      },
    };
  }
  const conditions = workload.status?.conditions ?? [];
  const refused = conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  const progress = conditions.find(({ type }) => type === 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    return {
      phase: 'failed',
      overdue: true,
      reason: {
        code: 'progress-deadline-exceeded',
        message: `The Deployment made no progress within its deadline: ${
          refused?.message ?? progress.message ?? missing.message
        }`,
        params: { detail: refused?.message ?? progress.message ?? '' },
      },
    };
  }
  if (refused) {
    return {
      phase: 'progressing',
      reason: {
        code: 'pods-refused',
        message: `The cluster refuses to make pods: ${refused.message ?? ''}`,
        params: { detail: refused.message ?? '' },
      },
    };
  }
  return { phase: 'progressing', reason: missing };
}

/** The ReplicaSet's name is the Deployment's with the hash of the template. */
function ownsPod(workload: WorkloadObject, pod: PodObject): boolean {
  const hash = pod.metadata.labels?.['pod-template-hash'];
  return (pod.metadata.ownerReferences ?? []).some(
    ({ kind, name }) =>
      kind === 'ReplicaSet' &&
      hash !== undefined &&
      name === `${workload.metadata.name}-${hash}`,
  );
}
