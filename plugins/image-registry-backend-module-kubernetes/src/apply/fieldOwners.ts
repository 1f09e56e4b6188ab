import { FieldOwner } from '@slipway/backstage-plugin-image-registry-common';
import { ContainerList } from '../workloads/containers';
import {
  FieldsV1,
  ManagedFieldsEntry,
  WorkloadObject,
} from '../workloads/objects';
import { WorkloadType } from '../workloads/WorkloadType';

/**
 * Whom an API server calls the owner of all fields of an object that nobody is
 * known to have written: one from before Kubernetes 1.18, or with its
 * managedFields cleared. An apply without force conflicts with it.
 */
const BEFORE_FIRST_APPLY: FieldOwner = {
  manager: 'before-first-apply',
  operation: 'Update',
};

/** Everyone who owns the image of one container of a workload. */
export function imageOwners(
  type: WorkloadType,
  workload: WorkloadObject,
  list: ContainerList,
  container: string,
): FieldOwner[] {
  const { managedFields = [] } = workload.metadata;
  if (managedFields.length === 0) {
    return [BEFORE_FIRST_APPLY];
  }
  return managedFields
    .filter(entry => ownsImage(entry, type, list, container))
    .map(({ manager = 'unknown', operation, time }) => ({
      manager,
      operation,
      time,
    }));
}

/** True when this entry holds the image field of the container. */
export function ownsImage(
  entry: ManagedFieldsEntry,
  type: WorkloadType,
  list: ContainerList,
  container: string,
): boolean {
  const fields = listFields(entry, type, list);
  if (fields && Object.keys(fields).length === 0) {
    // The list is one value to the cluster.
    return true;
  }
  return itemNamed(fields, container)?.['f:image'] !== undefined;
}

/** What an entry says of a list of containers; empty when it holds all of it. */
export function listFields(
  entry: ManagedFieldsEntry,
  type: WorkloadType,
  list: ContainerList,
): FieldsV1 | undefined {
  let fields: FieldsV1 | undefined = entry.fieldsV1;
  for (const key of [...type.podSpecPath, list]) {
    fields = fields?.[`f:${key}`];
  }
  return fields;
}

/** An item of a list is keyed by JSON whose spelling is the server's. */
function itemNamed(
  items: FieldsV1 | undefined,
  name: string,
): FieldsV1 | undefined {
  return Object.entries(items ?? {}).find(([key]) => {
    if (!key.startsWith('k:')) {
      return false;
    }
    const identity: { name?: string } = JSON.parse(key.slice(2));
    return identity.name === name;
  })?.[1];
}
