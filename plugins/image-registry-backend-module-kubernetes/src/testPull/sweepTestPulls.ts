import { ClusterClient, UsableCluster } from '../clusters';
import { listAll } from '../workloads/listAll';
import { PodObject } from '../workloads/objects';
import { collectionPath } from '../workloads/paths';
import { EXPIRY_ANNOTATION, TEST_POD_SELECTOR } from './testPod';
import { deleteTestPod } from './testPull';

/**
 * Deletes pods of test pulls whose time is over: whoever made them is gone.
 * @param options - `writerOf`: who deletes in a namespace; the cluster's own
 * credential when absent
 * @returns how many
 * @throws DriverError when pods cannot be listed
 */
export async function sweepTestPulls(
  { source, client }: UsableCluster,
  options: {
    signal?: AbortSignal;
    now?: Date;
    writerOf?: (namespace: string) => ClusterClient;
  } = {},
): Promise<number> {
  const { signal, now = new Date(), writerOf = () => client } = options;
  const places: Array<string | undefined> = source.namespaces ?? [undefined];
  let swept = 0;
  for (const namespace of places) {
    const { items } = await listAll<PodObject>(client, {
      path: collectionPath('v1', 'pods', namespace),
      query: { labelSelector: TEST_POD_SELECTOR },
      signal,
    });
    for (const { metadata } of items.filter(pod => isOver(pod, now))) {
      const path = collectionPath('v1', 'pods', metadata.namespace);
      const isDeleted = await deleteTestPod(
        writerOf(metadata.namespace),
        `${path}/${encodeURIComponent(metadata.name)}`,
      );
      swept += isDeleted ? 1 : 0;
    }
  }
  return swept;
}

function isOver({ metadata }: PodObject, now: Date): boolean {
  const expiry = Date.parse(metadata.annotations?.[EXPIRY_ANNOTATION] ?? '');
  return Number.isNaN(expiry) || expiry <= now.getTime();
}
