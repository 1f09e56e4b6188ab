import {
  KUBERNETES_ID_ANNOTATION,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  WorkloadListing,
  WorkloadQuery,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { Drivers } from './Drivers';

/**
 * A listing of which a part is missing does not prove that a target is gone:
 * then the target itself is asked for.
 *
 * @throws DriverError when its cluster cannot tell
 */
export async function unlistedWorkload(
  drivers: Drivers,
  query: WorkloadQuery,
  target: TargetRef,
  listing: WorkloadListing,
  options?: { signal?: AbortSignal },
): Promise<WorkloadTarget | undefined> {
  const cluster = listing.clusters.find(({ name }) => name === target.cluster);
  if (!cluster || (cluster.reachable && !cluster.message)) {
    return undefined;
  }
  const incomplete = new DriverError(
    'cluster-unreachable',
    cluster.message ?? `Cluster ${target.cluster} does not answer`,
    { reason: cluster.because },
  );
  if (!cluster.reachable) {
    throw incomplete;
  }
  const driver = await drivers.for(target);
  const workload = await driver.getTarget(target, options).catch(error => {
    if (error instanceof DriverError && error.code === 'not-found') {
      return undefined;
    }
    throw error;
  });
  const elsewhere = query.namespace && query.namespace !== target.namespace;
  if (!workload || elsewhere) {
    return undefined;
  }
  if (query.labelSelector) {
    throw incomplete;
  }
  return workload.labels[KUBERNETES_ID_ANNOTATION] === query.kubernetesId
    ? workload
    : undefined;
}
