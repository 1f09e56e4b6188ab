import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { containerStatuses, podTrouble, pullFailure } from '../health';
import { PodObject } from '../workloads/objects';

/** A pod's trouble as a reason of the rollout. */
export interface PodReason {
  reason: Reason;
  /** True when the pod will not come up by waiting; see CRASHES. */
  definitive: boolean;
  /** True when it must be seen twice before it counts. */
  needsSecondLook: boolean;
}

/** So many restarts of one container are no start-up trouble any more. */
const CRASHES = 3;

/** Stable codes for the words of the kubelet and the scheduler. */
const codes: Readonly<Record<string, string>> = {
  CrashLoopBackOff: 'crash-looping',
  Error: 'container-failed',
  OOMKilled: 'out-of-memory',
  Unschedulable: 'unschedulable',
  CreateContainerConfigError: 'container-config-error',
  CreateContainerError: 'container-create-error',
  RunContainerError: 'container-start-error',
  StartError: 'container-start-error',
  Evicted: 'evicted',
};

/** @returns undefined when the pod serves or is on its way */
export function podReason(
  pod: PodObject,
  container: string,
): PodReason | undefined {
  const trouble = podTrouble(pod, container);
  if (!trouble) {
    return undefined;
  }
  const { name } = pod.metadata;
  const pull = pullFailure(trouble);
  if (pull) {
    return {
      reason: { ...pull.reason, params: { ...pull.reason.params, pod: name } },
      definitive: pull.definitive,
      needsSecondLook: true,
    };
  }
  const status = containerStatuses(pod).find(
    candidate => candidate.name === trouble.container,
  );
  const restarts = status?.restartCount ?? 0;
  const outOfMemory = status?.lastState?.terminated?.reason === 'OOMKilled';
  const detail = trouble.message ?? trouble.reason;
  return {
    reason: {
      code: outOfMemory
        ? codes.OOMKilled
        : codes[trouble.reason] ?? 'pod-not-running',
      message: `Pod ${name}: ${trouble.reason}: ${detail}`,
      params: {
        pod: name,
        reason: trouble.reason,
        detail,
        restarts: `${restarts}`,
      },
    },
    definitive: trouble.reason === 'CrashLoopBackOff' && restarts >= CRASHES,
    needsSecondLook: false,
  };
}
