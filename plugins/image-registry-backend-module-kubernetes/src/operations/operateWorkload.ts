import {
  PORTAL_FIELD_MANAGER,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  OperatedWorkload,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { WorkloadObject } from '../workloads/objects';
import { workloadPath } from '../workloads/paths';
import { ReadWorkload, readWorkload } from '../workloads/readWorkload';

/** Status updates change the resourceVersion too, so it is tried again. */
const ATTEMPTS = 4;

/** What an operation writes; undefined when it is so already. */
export type Operation = (read: ReadWorkload) => object | undefined;

/**
 * Writes one operation as a merge patch under the portal's field manager. It is
 * kept apart from the images, which are applied: an apply does not undo it.
 * @throws DriverError
 */
export async function operateWorkload(
  client: ClusterClient,
  target: TargetRef,
  operation: Operation,
  signal?: AbortSignal,
): Promise<OperatedWorkload> {
  for (let attempt = 1; ; attempt++) {
    const read = await readWorkload(client, target, signal);
    requirePresent(read.workload, target);
    const patch = operation(read);
    if (!patch) {
      return describe(read.workload);
    }
    try {
      return describe(await send(client, read, patch, signal));
    } catch (error) {
      const mayRepeat =
        error instanceof DriverError &&
        error.code === 'stale' &&
        attempt < ATTEMPTS;
      if (!mayRepeat) {
        throw error;
      }
    }
  }
}

function send(
  client: ClusterClient,
  { type, workload: { metadata } }: ReadWorkload,
  patch: object,
  signal: AbortSignal | undefined,
): Promise<WorkloadObject> {
  const { uid, resourceVersion } = metadata;
  const given: { metadata?: object } = patch;
  return client.json<WorkloadObject>({
    method: 'PATCH',
    path: workloadPath(type, metadata),
    query: { fieldManager: PORTAL_FIELD_MANAGER },
    merge: { ...patch, metadata: { ...given.metadata, uid, resourceVersion } },
    signal,
  });
}

function requirePresent(
  { metadata }: WorkloadObject,
  { kind, namespace, name }: TargetRef,
): void {
  if (metadata.deletionTimestamp !== undefined) {
    throw new DriverError(
      'not-found',
      `${kind} ${namespace}/${name} is being deleted.`,
    );
  }
}

function describe({ metadata, spec }: WorkloadObject): OperatedWorkload {
  return {
    resourceVersion: metadata.resourceVersion,
    generation: metadata.generation ?? 0,
    ...(spec.replicas !== undefined && { replicas: spec.replicas }),
  };
}
