import { ClusterClient } from '../clusters';
import { WorkloadType } from './WorkloadType';
import { workloadTypes } from './workloadTypes';

/** Groups that every cluster has. */
const BUILT_IN = ['apps/v1', 'batch/v1'];

/**
 * The kinds of workloads that a cluster has. It is only asked about those that
 * not every cluster has, which are left out when it does not answer.
 */
export async function installedTypes(
  client: ClusterClient,
  signal?: AbortSignal,
): Promise<WorkloadType[]> {
  const types = await Promise.all(
    Object.values(workloadTypes).map(async type => {
      const { apiVersion, resource } = type;
      const installed =
        BUILT_IN.includes(apiVersion) ||
        (await client.discovery
          .serves(apiVersion, resource, signal)
          .catch(() => false));
      return installed ? [type] : [];
    }),
  );
  return types.flat();
}
