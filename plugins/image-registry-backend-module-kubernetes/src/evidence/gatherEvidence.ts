import { Pod } from '@slipway/backstage-plugin-image-registry-common';
import {
  ContainerLog,
  RolloutEvidence,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { byNewest, toWorkloadEvent } from '../events/EventObject';
import { eventsAbout } from '../events/eventsAbout';
import { containerStatuses, pullFailure } from '../health';
import { tailOf } from '../pods/readLog';
import { ContainerStatus, PodObject } from '../workloads/objects';
import { podsOf } from '../workloads/podsOf';
import { readWorkload } from '../workloads/readWorkload';
import { newestReplicaSet, replicaSetsOf } from '../workloads/replicaSetsOf';
import { withinLimit } from './withinLimit';

/** Lines of each log. */
const LOG_LINES = 50;

/** Pods whose logs and events are kept. */
const MOST_PODS = 3;

/**
 * What is left to look at after a rollout failed. What cannot be read is left
 * out: evidence never makes a failure worse.
 * @param seen - the pods of the last observation
 */
export async function gatherEvidence(
  client: ClusterClient,
  { target }: RolloutWatch,
  seen: readonly Pod[],
  signal: AbortSignal,
): Promise<RolloutEvidence> {
  const { type, workload } = await readWorkload(client, target, signal);
  const [pods, replicaSets] = await Promise.all([
    podsOf(client, type, workload, signal),
    replicaSetsOf(client, type, workload, signal),
  ]);
  const failing = failingPods(pods, seen);
  const newest = newestReplicaSet(workload, replicaSets ?? []);
  const objects = [workload, ...(newest ? [newest] : []), ...failing];
  const [logs, events] = await Promise.all([
    logsOf(client, failing, target.container, signal),
    eventsAbout(
      client,
      target.namespace,
      objects.map(({ metadata }) => metadata.uid),
      { signal },
    ).catch(() => []),
  ]);
  return withinLimit({
    logs,
    events: events.map(toWorkloadEvent).sort(byNewest),
    pullMessages: [...new Set(failing.flatMap(pullMessagesOf))],
    truncated: false,
  });
}

/**
 * Those of the new version that are not ready, else all that are not, else
 * those that restarted most.
 */
function failingPods(
  pods: readonly PodObject[],
  seen: readonly Pod[],
): PodObject[] {
  const unready = seen.filter(({ ready }) => !ready);
  const current = unready.filter(pod => pod.current);
  const restarted = seen
    .filter(({ restarts }) => restarts > 0)
    .sort((a, b) => b.restarts - a.restarts);
  const blamed = [current, unready, restarted].find(({ length }) => length > 0);
  const names = (blamed ?? []).map(({ name }) => name);
  return pods
    .filter(({ metadata }) => names.includes(metadata.name))
    .slice(0, MOST_PODS);
}

async function logsOf(
  client: ClusterClient,
  pods: readonly PodObject[],
  target: string,
  signal: AbortSignal,
): Promise<ContainerLog[]> {
  const wanted = pods.flatMap(pod =>
    containersToRead(pod, target).flatMap(status => [
      ...(hasEnded(status) ? [{ pod, status, previous: true }] : []),
      ...(hasRun(status) ? [{ pod, status, previous: false }] : []),
    ]),
  );
  const read = wanted.map(async ({ pod, status, previous }) => {
    const text = await tailOf(client, pod, {
      container: status.name,
      tailLines: LOG_LINES,
      previous,
      signal,
    }).catch(() => '');
    return text === ''
      ? []
      : [
          {
            pod: pod.metadata.name,
            container: status.name,
            previous,
            text,
          },
        ];
  });
  return (await Promise.all(read)).flat();
}

/** Containers that do not serve; the target's when none is to blame. */
function containersToRead(pod: PodObject, target: string): ContainerStatus[] {
  const statuses = containerStatuses(pod);
  const blamed = statuses.filter(
    ({ ready, state }) => !ready && state?.terminated?.exitCode !== 0,
  );
  return blamed.length > 0
    ? blamed
    : statuses.filter(({ name }) => name === target);
}

/** There is a run before the present one. */
function hasEnded({ restartCount = 0, lastState }: ContainerStatus): boolean {
  return restartCount > 0 && lastState?.terminated !== undefined;
}

function hasRun({ state }: ContainerStatus): boolean {
  return state?.running !== undefined || state?.terminated !== undefined;
}

function pullMessagesOf(pod: PodObject): string[] {
  return containerStatuses(pod).flatMap(({ state }) => {
    const { waiting } = state ?? {};
    return waiting?.message && pullFailure(waiting) ? [waiting.message] : [];
  });
}
