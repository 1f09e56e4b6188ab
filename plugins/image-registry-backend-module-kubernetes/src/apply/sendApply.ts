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
import { imageOwners } from './fieldOwners';

/**
 * Sends one server-side apply of a change to a workload just read.
 * @throws DriverError; `field-conflict` carries the owners as the workload
 * tells them
 */
export async function sendApply(
  client: ClusterClient,
  read: ReadWorkload,
  change: ImageChange,
  options: { dryRun?: boolean; signal?: AbortSignal } = {},
): Promise<WorkloadObject> {
  try {
    return await client.json<WorkloadObject>({
      method: 'PATCH',
      path: workloadPath(read.type, change.target),
      query: {
        fieldManager: PORTAL_FIELD_MANAGER,
        force: change.force || undefined,
        dryRun: options.dryRun ? 'All' : undefined,
      },
      apply: applyBody(read, change, options),
      signal: options.signal,
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
  { type, workload, list }: ReadWorkload,
  { target }: ImageChange,
): DriverError {
  const known = imageOwners(type, workload, list, target.container);
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
