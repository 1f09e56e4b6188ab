import { Pod, Reason } from '@slipway/backstage-plugin-image-registry-common';
import { because } from '@slipway/backstage-plugin-image-registry-node';
import { findContainer } from '../workloads/containers';
import {
  ContainerState,
  ContainerStatus,
  PodObject,
} from '../workloads/objects';
import { imageDigest } from './imageDigest';

/** Why a pod or one of its containers does not run. */
export interface PodTrouble {
  /** In the kubelet's or the scheduler's word. */
  reason: string;
  message?: string;
  /** The message, for translation; absent where it is the cluster's own. */
  because?: Reason;
  /** Name of the container it is about. */
  container?: string;
}

/** Words of a waiting container that is only on its way. */
const starting = new Set(['ContainerCreating', 'PodInitializing', '']);

/** One pod as people see it, with the target's container in front. */
export function podState(
  pod: PodObject,
  container: string,
  current: boolean | undefined,
): Pod {
  const status = containerStatuses(pod).find(({ name }) => name === container);
  const trouble = podTrouble(pod, container);
  return {
    name: pod.metadata.name,
    phase: pod.metadata.deletionTimestamp
      ? 'Terminating'
      : pod.status?.phase ?? 'Unknown',
    ready: isReady(pod),
    restarts: restartsOf(pod),
    image: findContainer(pod.spec, container)?.container.image,
    digest: imageDigest(status?.imageID),
    current,
    reason: trouble?.reason,
    message: trouble?.message,
    ...(trouble?.because && { because: trouble.because }),
    startedAt: status?.state?.running?.startedAt ?? pod.status?.startTime,
  };
}

/** True when all its containers are ready and it is not going away. */
export function isReady(pod: PodObject): boolean {
  return (
    pod.metadata.deletionTimestamp === undefined &&
    (pod.status?.conditions ?? []).some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    )
  );
}

/**
 * True when nothing in it will run again: it was evicted, or its node was shut
 * down. Controllers count such pods nowhere and make others, but what is left of
 * them stays for days.
 */
export function isOver({ status }: PodObject): boolean {
  return status?.phase === 'Failed' || status?.phase === 'Succeeded';
}

/** Restarts of all its containers together. */
export function restartsOf(pod: PodObject): number {
  return containerStatuses(pod).reduce(
    (sum, { restartCount = 0 }) => sum + restartCount,
    0,
  );
}

/** Statuses of containers, then of init containers. */
export function containerStatuses(pod: PodObject): ContainerStatus[] {
  return [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ];
}

/**
 * The first reason why a pod does not serve: scheduling, then the target's
 * container, then the others.
 * @returns undefined when it serves or is on its way
 */
export function podTrouble(
  pod: PodObject,
  container?: string,
): PodTrouble | undefined {
  const unscheduled = (pod.status?.conditions ?? []).find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled) {
    return {
      reason: unscheduled.reason ?? 'Unschedulable',
      message: unscheduled.message,
    };
  }
  const statuses = [...containerStatuses(pod)].sort(
    (a, b) => Number(b.name === container) - Number(a.name === container),
  );
  for (const status of statuses) {
    const trouble = containerTrouble(status);
    if (trouble) {
      return trouble;
    }
  }
  // Evicted, out of resources at admission, node lost.
  return pod.status?.reason
    ? { reason: pod.status.reason, message: pod.status.message }
    : undefined;
}

function containerTrouble(status: ContainerStatus): PodTrouble | undefined {
  const { waiting, terminated } = status.state ?? {};
  const container = status.name;
  if (waiting && !starting.has(waiting.reason ?? '')) {
    return {
      container,
      reason: waiting.reason ?? '',
      ...(waiting.reason === 'CrashLoopBackOff'
        ? crashWords(status, waiting.message)
        : { message: waiting.message }),
    };
  }
  const ended =
    terminated ?? (status.ready ? undefined : status.lastState?.terminated);
  if (!ended || ended.exitCode === 0) {
    return undefined;
  }
  return {
    container,
    reason: ended.reason ?? 'Error',
    ...endWords(container, ended),
  };
}

/** How the container ended counts; that it is backed off says little. */
function crashWords(
  status: ContainerStatus,
  fallback: string | undefined,
): TroubleWords {
  const ended = status.lastState?.terminated;
  return ended ? endWords(status.name, ended) : { message: fallback };
}

type TroubleWords = Pick<PodTrouble, 'message' | 'because'>;

/** What the container said at its end, else how it ended. */
function endWords(
  container: string,
  { exitCode, message, reason }: NonNullable<ContainerState['terminated']>,
): TroubleWords {
  if (message) {
    return { message };
  }
  const params = { container, exitCode: String(exitCode) };
  const how =
    reason === 'OOMKilled'
      ? because(
          'container-out-of-memory',
          `Container ${container} was killed: out of memory (exit code ${exitCode}).`,
          params,
        )
      : because(
          'container-exited',
          `Container ${container} ended with exit code ${exitCode}.`,
          params,
        );
  return { message: how.message, because: how };
}
