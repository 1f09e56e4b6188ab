import {
  DriverError,
  NamespaceListing,
} from '@slipway/backstage-plugin-image-registry-node';
import { UsableCluster } from '../clusters';
import { listAll } from '../workloads/listAll';
import { KubernetesObject } from '../workloads/objects';

/**
 * The namespaces of a cluster that are not about to go; where they may not be
 * listed, those that the configuration names.
 * @throws DriverError when the cluster does not answer
 */
export async function listNamespaces(
  { client, source }: UsableCluster,
  signal?: AbortSignal,
): Promise<NamespaceListing> {
  try {
    const { items } = await listAll<KubernetesObject>(client, {
      path: '/api/v1/namespaces',
      signal,
    });
    return {
      names: items
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map(({ metadata }) => metadata.name)
        .sort(),
      complete: true,
    };
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'forbidden') {
      throw error;
    }
    return { names: [...(source.namespaces ?? [])].sort(), complete: false };
  }
}
