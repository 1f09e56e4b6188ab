import { listFields } from '../apply/fieldOwners';
import { containerLists } from '../workloads/containers';
import {
  Container,
  FieldsV1,
  ManagedFieldsEntry,
  PodObject,
  PodSpec,
  ReplicaSetObject,
  WorkloadObject,
} from '../workloads/objects';
import { withoutLastApplied } from '../workloads/withoutLastApplied';
import { WorkloadType } from '../workloads/WorkloadType';

/** In an entry that holds a container, but not its image. */
const noImage: FieldsV1 = {};

/**
 * What a watch keeps of its objects. A namespace may have thousands of pods,
 * and most of an object is never looked at.
 */

/** Keeps of a pod what its state is told by. */
export function prunePod({ metadata, spec, status }: PodObject): PodObject {
  return {
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      creationTimestamp: metadata.creationTimestamp,
      deletionTimestamp: metadata.deletionTimestamp,
      labels: metadata.labels,
      ownerReferences: metadata.ownerReferences,
    },
    spec: prunePodSpec(spec),
    status: status && {
      phase: status.phase,
      reason: status.reason,
      message: status.message,
      startTime: status.startTime,
      conditions: status.conditions,
      containerStatuses: status.containerStatuses,
      initContainerStatuses: status.initContainerStatuses,
    },
  };
}

/** Keeps of a ReplicaSet its owner, its revision and its images. */
export function pruneReplicaSet({
  metadata,
  spec,
}: ReplicaSetObject): ReplicaSetObject {
  return {
    metadata: { ...metadata, managedFields: undefined },
    spec: { template: { spec: prunePodSpec(spec?.template?.spec ?? {}) } },
  };
}

/** Keeps of a workload all but the fields that nobody asks the writers of. */
export function pruneWorkload(
  type: WorkloadType,
): (workload: WorkloadObject) => WorkloadObject {
  return workload => ({
    ...workload,
    metadata: {
      ...workload.metadata,
      annotations: withoutLastApplied(workload.metadata.annotations),
      managedFields: workload.metadata.managedFields?.map(entry =>
        pruneWriter(type, entry),
      ),
    },
  });
}

/** Who writes is always told; of what is written, images are asked about. */
function pruneWriter(
  type: WorkloadType,
  entry: ManagedFieldsEntry,
): ManagedFieldsEntry {
  const lists = containerLists.flatMap(list => {
    const fields = listFields(entry, type, list);
    return fields ? [[`f:${list}`, pruneList(fields)] as const] : [];
  });
  const podSpec: FieldsV1 = Object.fromEntries(lists);
  return {
    manager: entry.manager,
    operation: entry.operation,
    subresource: entry.subresource,
    time: entry.time,
    ...(lists.length > 0 && {
      fieldsV1: type.podSpecPath.reduceRight(
        (inner, key): FieldsV1 => ({ [`f:${key}`]: inner }),
        podSpec,
      ),
    }),
  };
}

function pruneList(fields: FieldsV1): FieldsV1 {
  return Object.fromEntries(
    Object.entries(fields).map(([container, written]) => [
      container,
      written['f:image'] ? { 'f:image': written['f:image'] } : noImage,
    ]),
  );
}

function prunePodSpec({ containers, initContainers }: PodSpec): PodSpec {
  return {
    containers: containers?.map(pruneContainer),
    initContainers: initContainers?.map(pruneContainer),
  };
}

function pruneContainer({ name, image }: Container): Container {
  return { name, image };
}
