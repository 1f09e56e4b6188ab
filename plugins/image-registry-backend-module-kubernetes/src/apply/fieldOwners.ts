import { FieldOwner } from '@slipway/backstage-plugin-image-registry-common';
import { ContainerList } from '../workloads/containers';
import {
  FieldsV1,
  ManagedFieldsEntry,
  WorkloadObject,
} from '../workloads/objects';
import { WorkloadType } from '../workloads/WorkloadType';

/** Everyone who owns the image of one container of a workload. */
export function imageOwners(
  type: WorkloadType,
  workload: WorkloadObject,
  list: ContainerList,
  container: string,
): FieldOwner[] {
  return (workload.metadata.managedFields ?? [])
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
  let fields: FieldsV1 | undefined = entry.fieldsV1;
  for (const key of [...type.podSpecPath, list]) {
    fields = fields?.[`f:${key}`];
  }
  return itemNamed(fields, container)?.['f:image'] !== undefined;
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
