import {
  FieldOwner,
  PORTAL_FIELD_MANAGER,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  ImageChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { cannotMerge } from '../clusters/unableServer';
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
  options: SendOptions = {},
): Promise<WorkloadObject> {
  try {
    if (hasAtomicContainers(read.source)) {
      return await send(client, read, change, { ...options, inSteps: true });
    }
    return await send(client, read, change, options).catch(error => {
      if (cannotMerge(error)) {
        return send(client, read, change, { ...options, inSteps: true });
      }
      throw error;
    });
  } catch (error) {
    if (error instanceof DriverError && error.code === 'field-conflict') {
      throw withTimes(error, read, change);
    }
    throw error;
  }
}

/** As an apply, or by steps that need no merging. */
async function send(
  client: ClusterClient,
  read: ReadWorkload,
  change: ImageChange,
  {
    dryRun,
    signal,
    onWarning,
    inSteps,
  }: SendOptions & { inSteps?: boolean } = {},
): Promise<WorkloadObject> {
  const { type, workload } = read.source;
  return client.json<WorkloadObject>({
    method: 'PATCH',
    path: workloadPath(type, workload.metadata),
    query: {
      fieldManager: PORTAL_FIELD_MANAGER,
      force: (!inSteps && change.force) || undefined,
      dryRun: dryRun ? 'All' : undefined,
    },
    ...(inSteps
      ? { operations: patchOperations(read, change, { dryRun }) }
      : { apply: applyBody(read, change, { dryRun }) }),
    signal,
    onWarning,
  });
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
