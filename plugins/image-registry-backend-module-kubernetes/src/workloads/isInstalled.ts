import { ClusterClient } from '../clusters';
import { WorkloadType } from './WorkloadType';

/** Groups that every cluster has. */
const BUILT_IN = ['apps/v1', 'batch/v1'];

/**
 * Whether a cluster has a kind of workload. It is only asked about those that
 * not every cluster has; one that does not answer counts as without.
 */
export async function isInstalled(
  client: ClusterClient,
  { apiVersion, resource }: WorkloadType,
  signal?: AbortSignal,
): Promise<boolean> {
  return (
    BUILT_IN.includes(apiVersion) ||
    client.discovery.serves(apiVersion, resource, signal).catch(() => false)
  );
}
