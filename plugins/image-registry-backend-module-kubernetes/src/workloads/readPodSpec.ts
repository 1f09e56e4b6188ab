import { WorkloadRef } from '@slipway/backstage-plugin-image-registry-common';
import { ClusterClient } from '../clusters';
import { PodSpec, WorkloadObject } from './objects';
import { workloadPath } from './paths';
import { withReferenced } from './referenced';
import { workloadTypes } from './workloadTypes';

/**
 * The pod specification of a workload, read now.
 * @throws DriverError `not-found` when the workload does not exist
 */
export async function readPodSpec(
  client: ClusterClient,
  ref: WorkloadRef,
  signal?: AbortSignal,
): Promise<PodSpec> {
  const type = workloadTypes[ref.kind];
  const read = await client.json<WorkloadObject>({
    path: workloadPath(type, ref),
    signal,
  });
  return type.podSpec(await withReferenced(client, read, signal)) ?? {};
}
