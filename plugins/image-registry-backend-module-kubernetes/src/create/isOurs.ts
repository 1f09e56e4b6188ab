import {
  Manifest,
  PORTAL_CREATE_MANAGER,
  WORKLOAD_COMPONENT_ANNOTATION,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { KubernetesObject } from '../workloads/objects';
import { objectPath } from './objectPath';

/**
 * Whether an object was made by the portal for this very component: an earlier
 * try stopped half-way. One that may not be read is treated as not ours, and
 * is then refused as existing.
 * @throws DriverError that may pass by itself
 */
export async function isOurs(
  client: ClusterClient,
  manifest: Manifest,
  signal?: AbortSignal,
): Promise<boolean> {
  let found: KubernetesObject;
  try {
    found = await client.json<KubernetesObject>({
      path: objectPath(manifest),
      signal,
    });
  } catch (error) {
    if (error instanceof DriverError && !error.transient) {
      return false;
    }
    throw error;
  }
  const { annotations, managedFields, deletionTimestamp } = found.metadata;
  const wanted = manifest.metadata.annotations[WORKLOAD_COMPONENT_ANNOTATION];
  return (
    deletionTimestamp === undefined &&
    annotations?.[WORKLOAD_COMPONENT_ANNOTATION] === wanted &&
    (managedFields ?? []).some(
      ({ manager }) => manager === PORTAL_CREATE_MANAGER,
    )
  );
}
