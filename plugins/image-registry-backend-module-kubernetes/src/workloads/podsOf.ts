import { ClusterClient } from '../clusters';
import { formatLabelSelector } from './labelSelector';
import { listAll } from './listAll';
import { PodObject, WorkloadObject } from './objects';
import { collectionPath } from './paths';
import { WorkloadType } from './WorkloadType';

/** Label that the Job controller puts on every pod it makes. */
const JOB_LABEL = 'batch.kubernetes.io/job-name';

/** The pods of one workload, by its selector and then by their owner. */
export async function podsOf(
  client: ClusterClient,
  type: WorkloadType,
  workload: WorkloadObject,
  signal?: AbortSignal,
): Promise<PodObject[]> {
  const { items } = await listAll<PodObject>(client, {
    path: collectionPath('v1', 'pods', workload.metadata.namespace),
    query: {
      labelSelector:
        type.kind === 'CronJob'
          ? JOB_LABEL
          : formatLabelSelector(
              workload.spec.selector ?? workload.referenced?.spec.selector,
            ) || undefined,
    },
    signal,
  });
  return items.filter(pod => type.ownsPod(workload, pod));
}

/** All pods of a namespace, for many workloads at once. */
export async function podsOfNamespace(
  client: ClusterClient,
  namespace: string,
  signal?: AbortSignal,
): Promise<PodObject[]> {
  const { items } = await listAll<PodObject>(client, {
    path: collectionPath('v1', 'pods', namespace),
    signal,
  });
  return items;
}
