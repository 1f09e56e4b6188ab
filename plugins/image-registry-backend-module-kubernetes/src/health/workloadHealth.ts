import { Health } from '@slipway/backstage-plugin-image-registry-common';
import { PodObject, WorkloadObject } from '../workloads/objects';
import { unreadyReplicas } from '../workloads/rolloutReasons';
import { WorkloadType } from '../workloads/WorkloadType';
import { isOver, podTrouble } from './podState';

/** Health and, where it is not plain, the reason in words. */
export interface WorkloadHealth {
  health: Health;
  reason?: string;
}

/** Reasons of pods that do not pass by waiting a little. */
const serious = new Set([
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'OOMKilled',
  'Error',
  'StartError',
  'Unschedulable',
  'Evicted',
]);

/** Judges a workload by its controller's counts and its pods' reasons. */
export function workloadHealth(
  type: WorkloadType,
  workload: WorkloadObject,
  pods: readonly PodObject[],
): WorkloadHealth {
  if (!type.observed(workload)) {
    return {
      health: 'Progressing',
      reason: 'The cluster has not taken up the last change yet.',
    };
  }
  const { phase, reason } = type.standing(workload);
  if (phase === 'stopped') {
    return { health: 'Stopped', reason: reason?.message };
  }
  if (phase === 'complete') {
    return completeHealth(type, workload, pods, reason?.message);
  }
  const trouble = firstTrouble(pods);
  if (phase === 'failed') {
    return { health: 'Degraded', reason: trouble ?? reason?.message };
  }
  return trouble
    ? { health: 'Degraded', reason: trouble }
    : { health: 'Progressing', reason: reason?.message };
}

/** A rollout that ended, as with OnDelete, does not make all pods ready. */
function completeHealth(
  type: WorkloadType,
  workload: WorkloadObject,
  pods: readonly PodObject[],
  words: string | undefined,
): WorkloadHealth {
  // Failed runs of a CronJob stay as pods, as evicted pods do, and are not its
  // present state.
  const trouble =
    type.kind === 'CronJob'
      ? undefined
      : firstTrouble(pods.filter(pod => !isOver(pod)));
  if (trouble) {
    return { health: 'Degraded', reason: trouble };
  }
  const notReady = unreadyReplicas(type.counts(workload));
  return notReady
    ? { health: 'Progressing', reason: notReady.message }
    : { health: 'Healthy', reason: words };
}

function firstTrouble(pods: readonly PodObject[]): string | undefined {
  for (const pod of pods) {
    const trouble = pod.metadata.deletionTimestamp
      ? undefined
      : podTrouble(pod);
    if (trouble && serious.has(trouble.reason)) {
      const words = trouble.message ? `: ${trouble.message}` : '';
      return `${trouble.reason}${words}`;
    }
  }
  return undefined;
}
