import {
  Health,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { because } from '@slipway/backstage-plugin-image-registry-node';
import { PodObject, WorkloadObject } from '../workloads/objects';
import { unreadyReplicas } from '../workloads/rolloutReasons';
import { WorkloadType } from '../workloads/WorkloadType';
import { isOver, podTrouble, PodTrouble } from './podState';

/** Health and, where it is not plain, the reason in words. */
export interface WorkloadHealth {
  health: Health;
  reason?: string;
  /** The same, for translation; absent where it is the cluster's own. */
  because?: Reason;
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
      ...said(
        because(
          'change-not-taken-up',
          'The cluster has not taken up the last change yet.',
        ),
      ),
    };
  }
  const { phase, reason } = type.standing(workload);
  if (phase === 'stopped') {
    return { health: 'Stopped', ...said(reason) };
  }
  if (phase === 'complete') {
    return completeHealth(type, workload, pods, reason);
  }
  const trouble = firstTrouble(pods);
  if (phase === 'failed') {
    return { health: 'Degraded', ...(trouble ?? said(reason)) };
  }
  return trouble
    ? { health: 'Degraded', ...trouble }
    : { health: 'Progressing', ...said(reason) };
}

/** A rollout that ended, as with OnDelete, does not make all pods ready. */
function completeHealth(
  type: WorkloadType,
  workload: WorkloadObject,
  pods: readonly PodObject[],
  reason: Reason | undefined,
): WorkloadHealth {
  // Failed runs of a CronJob stay as pods, as evicted pods do, and are not its
  // present state.
  const trouble =
    type.kind === 'CronJob'
      ? undefined
      : firstTrouble(pods.filter(pod => !isOver(pod)));
  if (trouble) {
    return { health: 'Degraded', ...trouble };
  }
  const notReady = unreadyReplicas(type.counts(workload));
  return notReady
    ? { health: 'Progressing', ...said(notReady) }
    : { health: 'Healthy', ...said(reason) };
}

type Words = Pick<WorkloadHealth, 'reason' | 'because'>;

function said(reason: Reason | undefined): Words {
  return reason ? { reason: reason.message, because: reason } : {};
}

function firstTrouble(pods: readonly PodObject[]): Words | undefined {
  for (const pod of pods) {
    const trouble = pod.metadata.deletionTimestamp
      ? undefined
      : podTrouble(pod);
    if (trouble && serious.has(trouble.reason)) {
      return troubleWords(trouble);
    }
  }
  return undefined;
}

/** The kubelet's word, and behind it what is known of it. */
function troubleWords({ because: how, message, reason }: PodTrouble): Words {
  const sentence = message ? `${reason}: ${message}` : reason;
  if (!how) {
    return { reason: sentence };
  }
  const params = { ...how.params, word: reason };
  return said(
    how.code === 'container-out-of-memory'
      ? because('pod-container-out-of-memory', sentence, params)
      : because('pod-container-exited', sentence, params),
  );
}
