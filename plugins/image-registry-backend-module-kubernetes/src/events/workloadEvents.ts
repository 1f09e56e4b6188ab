import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadEvent } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { newestReplicaSet, replicaSetsOf } from '../workloads/replicaSetsOf';
import { podsOf } from '../workloads/podsOf';
import { readWorkload } from '../workloads/readWorkload';
import { byNewest, toWorkloadEvent } from './EventObject';
import { eventsAbout } from './eventsAbout';

/** Pods whose events are read; those of the newest first. */
const MOST_PODS = 10;

/**
 * Events of a target's workload, its newest ReplicaSet and its pods, the newest
 * first.
 * @throws DriverError
 */
export async function workloadEvents(
  client: ClusterClient,
  target: TargetRef,
  signal?: AbortSignal,
): Promise<WorkloadEvent[]> {
  const { type, workload } = await readWorkload(client, target, signal);
  const [pods, replicaSets] = await Promise.all([
    podsOf(client, type, workload, signal),
    replicaSetsOf(client, type, workload, signal),
  ]);
  const newest = newestReplicaSet(workload, replicaSets ?? []);
  const latest = [...pods].sort(
    (a, b) =>
      Date.parse(b.metadata.creationTimestamp ?? '') -
      Date.parse(a.metadata.creationTimestamp ?? ''),
  );
  const objects = [
    workload,
    ...(newest ? [newest] : []),
    ...latest.slice(0, MOST_PODS),
  ];
  const events = await eventsAbout(
    client,
    target.namespace,
    objects.map(({ metadata }) => metadata.uid),
    { signal },
  );
  return events.map(toWorkloadEvent).sort(byNewest);
}
