import {
  Pod,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { ClusterClient } from '../clusters';
import { podState } from '../health';
import { currentPods } from '../observe/currentPods';
import { podsOf } from '../workloads/podsOf';
import { readWorkload } from '../workloads/readWorkload';
import { replicaSetsOf } from '../workloads/replicaSetsOf';

/**
 * The pods of a target, read now, those of the newest revision first.
 * @throws DriverError
 */
export async function describePods(
  client: ClusterClient,
  target: TargetRef,
  signal?: AbortSignal,
): Promise<Pod[]> {
  const { type, workload } = await readWorkload(client, target, signal);
  const [pods, replicaSets] = await Promise.all([
    podsOf(client, type, workload, signal),
    replicaSetsOf(client, type, workload, signal),
  ]);
  const isCurrent = currentPods(type, workload, target.container, replicaSets);
  return pods
    .map(pod => podState(pod, target.container, isCurrent(pod)))
    .sort(
      (a, b) =>
        Number(b.current) - Number(a.current) || a.name.localeCompare(b.name),
    );
}
