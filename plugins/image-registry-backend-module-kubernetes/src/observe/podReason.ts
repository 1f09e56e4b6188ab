import {
  nestReason,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  containerStatuses,
  missingConfiguration,
  podTrouble,
  PodTrouble,
  pullFailure,
} from '../health';
import { PodObject } from '../workloads/objects';

/** A pod's trouble as a reason of the rollout. */
export interface PodReason {
  reason: Reason;
  /** True when the pod will not come up by waiting; see CRASHES. */
  definitive: boolean;
  /** True when it must be seen twice before it counts. */
  needsSecondLook: boolean;
  /** True when it passes without anyone doing anything: see pullFailure. */
  passing?: boolean;
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

/** The kernel's words when a program is of another architecture. */
const OTHER_ARCHITECTURE = /exec format error/i;

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
      reason: {
        ...pull.reason,
        params: { ...pull.reason.params, ...whereOf(name, trouble) },
      },
      definitive: pull.definitive,
      needsSecondLook: true,
      passing: pull.passing,
    };
  }
  const status = containerStatuses(pod).find(
    candidate => candidate.name === trouble.container,
  );
  const restarts = status?.restartCount ?? 0;
  const ended = status?.lastState?.terminated;
  const detail = trouble.message ?? trouble.reason;
  const otherArchitecture = OTHER_ARCHITECTURE.test(detail);
  return {
    reason: {
      code: codeOf(trouble, ended?.reason === 'OOMKilled', otherArchitecture),
      message: `Pod ${name}: ${trouble.reason}: ${detail}`,
      params: {
        ...whereOf(name, trouble),
        ...missingOf(trouble),
        reason: trouble.reason,
        detail,
        ...(trouble.because && nestReason('detail', trouble.because)),
        restarts: `${restarts}`,
      },
    },
    definitive:
      otherArchitecture ||
      (trouble.reason === 'CrashLoopBackOff' && restarts >= CRASHES),
    needsSecondLook: otherArchitecture,
  };
}

function codeOf(
  trouble: PodTrouble,
  outOfMemory: boolean,
  otherArchitecture: boolean,
): string {
  if (otherArchitecture) {
    return 'image-platform-mismatch';
  }
  if (outOfMemory) {
    return codes.OOMKilled;
  }
  const missing = Object.keys(missingOf(trouble)).length > 0;
  return missing
    ? 'configuration-missing'
    : codes[trouble.reason] ?? 'pod-not-running';
}

/** Names of the Secret or ConfigMap that a container waits for. */
function missingOf({ reason, message }: PodTrouble): Record<string, string> {
  const missing =
    reason === 'CreateContainerConfigError'
      ? missingConfiguration(message ?? '')
      : undefined;
  return missing
    ? { kind: missing.kind, name: missing.name, key: missing.key ?? '' }
    : {};
}

function whereOf(pod: string, trouble: PodTrouble): Record<string, string> {
  return {
    pod,
    ...(trouble.container && { container: trouble.container }),
  };
}
