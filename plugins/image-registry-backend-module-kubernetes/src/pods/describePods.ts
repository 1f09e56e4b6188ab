import {
  Pod,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { podState } from '../health';
import { currentPods } from '../observe/currentPods';
import { formatLabelSelector } from '../workloads/labelSelector';
import { listAll } from '../workloads/listAll';
import { ReplicaSetObject } from '../workloads/objects';
import { collectionPath } from '../workloads/paths';
import { podsOf } from '../workloads/podsOf';
import { ReadWorkload, readWorkload } from '../workloads/readWorkload';

/**
 * The pods of a target, read now, those of the newest revision first.
 * @throws DriverError
 */
export async function describePods(
  client: ClusterClient,
  target: TargetRef,
  signal?: AbortSignal,
): Promise<Pod[]> {
  const read = await readWorkload(client, target, signal);
  const { type, workload } = read;
  const [pods, replicaSets] = await Promise.all([
    podsOf(client, type, workload, signal),
    replicaSetsOf(client, read, signal),
  ]);
  const isCurrent = currentPods(type, workload, target.container, replicaSets);
  return pods
    .map(pod => podState(pod, target.container, isCurrent(pod)))
    .sort(
      (a, b) =>
        Number(b.current) - Number(a.current) || a.name.localeCompare(b.name),
    );
}

/** @returns undefined where there are none or they may not be read */
async function replicaSetsOf(
  client: ClusterClient,
  { type, workload }: ReadWorkload,
  signal: AbortSignal | undefined,
): Promise<ReplicaSetObject[] | undefined> {
  if (type.kind !== 'Deployment') {
    return undefined;
  }
  try {
    const { items } = await listAll<ReplicaSetObject>(client, {
      path: collectionPath(
        'apps/v1',
        'replicasets',
        workload.metadata.namespace,
      ),
      query: { labelSelector: formatLabelSelector(workload.spec.selector) },
      signal,
    });
    return items;
  } catch (error) {
    if (error instanceof DriverError && error.code === 'forbidden') {
      return undefined;
    }
    throw error;
  }
}
