import { PodObject, WorkloadObject } from './objects';
import { missingReplicas, scaledToZero } from './rolloutReasons';
import { Standing, WorkloadCounts, WorkloadType } from './WorkloadType';

/** Label that Argo Rollouts puts on ReplicaSets and pods. */
const HASH_LABEL = 'rollouts-pod-template-hash';

/**
 * Argo Rollouts: like Deployments, by steps of their own. Counts of the new
 * version are judged together with the phase that the controller tells
 * (https://argo-rollouts.readthedocs.io, "Rollout Specification").
 */
export const rollout: WorkloadType = {
  kind: 'Rollout',
  apiVersion: 'argoproj.io/v1alpha1',
  resource: 'rollouts',
  podSpecPath: ['spec', 'template', 'spec'],
  podSpec: ({ spec, referenced }) =>
    spec.template?.spec ?? referenced?.spec.template?.spec,
  observed,
  counts,
  standing,
  ownsPod,
};

/** Its counters are texts; that of a referenced Deployment is counted apart. */
function observed({ metadata, status, referenced }: WorkloadObject): boolean {
  const own = Number(status?.observedGeneration ?? 0);
  if (own < (metadata.generation ?? 0)) {
    return false;
  }
  return (
    referenced === undefined ||
    Number(status?.workloadObservedGeneration ?? 0) >=
      (referenced.metadata.generation ?? 0)
  );
}

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
  const { spec, status } = workload;
  const numbers = counts(workload);
  if (numbers.desired === 0) {
    return { phase: 'stopped', reason: scaledToZero() };
  }
  const detail = status?.message ?? '';
  if (status?.abort) {
    return {
      phase: 'failed',
      reason: {
        code: 'rollout-aborted',
        message: `Argo Rollouts aborted the rollout: ${detail}`,
        params: { detail },
      },
    };
  }
  if (status?.phase === 'Degraded') {
    return {
      phase: 'failed',
      // As with a Deployment, it may be that of an earlier template.
      overdue: detail.startsWith('ProgressDeadlineExceeded'),
      reason: {
        code: 'rollout-degraded',
        message: `Argo Rollouts calls the rollout degraded: ${detail}`,
        params: { detail },
      },
    };
  }
  if (spec.paused || status?.phase === 'Paused') {
    return {
      phase: 'progressing',
      reason: {
        code: 'rollout-paused',
        message: `The Rollout is paused and waits to be promoted: ${detail}`,
        params: { detail },
      },
    };
  }
  // Old pods stay for a while on purpose, so only the new ones are counted.
  const missing = missingReplicas({ ...numbers, current: numbers.updated });
  const promoted = status?.stableRS === status?.currentPodHash;
  if (!missing && promoted && status?.phase === 'Healthy') {
    return { phase: 'complete' };
  }
  return {
    phase: 'progressing',
    reason: missing ?? {
      code: 'rollout-promoting',
      message: `Argo Rollouts is promoting the new version: ${detail}`,
      params: { detail },
    },
  };
}

/** The ReplicaSet's name is the Rollout's with the hash of the template. */
function ownsPod(workload: WorkloadObject, pod: PodObject): boolean {
  const hash = pod.metadata.labels?.[HASH_LABEL];
  return (pod.metadata.ownerReferences ?? []).some(
    ({ kind, name }) =>
      kind === 'ReplicaSet' &&
      hash !== undefined &&
      name === `${workload.metadata.name}-${hash}`,
  );
}

/** True when a pod is of the version that is being rolled out. */
export function isOfCurrentHash(
  workload: WorkloadObject,
  pod: PodObject,
): boolean {
  const hash = workload.status?.currentPodHash;
  return hash !== undefined && pod.metadata.labels?.[HASH_LABEL] === hash;
}
