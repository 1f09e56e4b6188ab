import {
  FieldOwner,
  PORTAL_FIELD_MANAGER,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  ImageChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { WorkloadObject } from '../workloads/objects';
import { workloadPath } from '../workloads/paths';
import { ReadWorkload } from '../workloads/readWorkload';
import { applyBody } from './applyBody';
import { containerChanges } from './containerImages';
import { imageOwners } from './fieldOwners';
import { hasAtomicContainers, patchOperations } from './patchOperations';

/** How a change is sent. */
export interface SendOptions {
  dryRun?: boolean;
  signal?: AbortSignal;
  /** Told each remark of the cluster. */
  onWarning?: (text: string) => void;
}

/**
 * Sends one change to a workload just read, as a server-side apply wherever
 * the cluster can merge one.
 * @returns the object that holds the template, as it is then
 * @throws DriverError; `field-conflict` carries the owners as the workload
 * tells them
 */
export async function sendApply(
  client: ClusterClient,
  read: ReadWorkload,
  change: ImageChange,
  { dryRun, signal, onWarning }: SendOptions = {},
): Promise<WorkloadObject> {
  const { source } = read;
  const atomic = hasAtomicContainers(source);
  try {
    return await client.json<WorkloadObject>({
      method: 'PATCH',
      path: workloadPath(source.type, source.workload.metadata),
      query: {
        fieldManager: PORTAL_FIELD_MANAGER,
        force: (!atomic && change.force) || undefined,
        dryRun: dryRun ? 'All' : undefined,
      },
      ...(atomic
        ? { operations: patchOperations(read, change, { dryRun }) }
        : { apply: applyBody(read, change, { dryRun }) }),
      signal,
      onWarning,
    });
  } catch (error) {
    if (error instanceof DriverError && error.code === 'field-conflict') {
      throw withTimes(error, read, change);
    }
    throw error;
  }
}

/** The refusal names managers only; the workload knows since when. */
function withTimes(
  error: DriverError,
  read: ReadWorkload,
  change: ImageChange,
): DriverError {
  const { type, workload } = read.source;
  const known = containerChanges(read, change).flatMap(({ list, container }) =>
    imageOwners(type, workload, list, container.name),
  );
  const owners = (error.owners ?? []).map<FieldOwner>(
    owner =>
      known.find(
        ({ manager, operation }) =>
          manager === owner.manager && operation === owner.operation,
      ) ?? owner,
  );
  return new DriverError('field-conflict', error.message, {
    owners,
    cause: error,
  });
}
