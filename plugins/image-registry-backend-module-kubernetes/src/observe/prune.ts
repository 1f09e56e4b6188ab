import {
  Container,
  PodObject,
  PodSpec,
  ReplicaSetObject,
  WorkloadObject,
} from '../workloads/objects';

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

/** Keeps all of a workload but who wrote what. */
export function pruneWorkload(workload: WorkloadObject): WorkloadObject {
  return {
    ...workload,
    metadata: { ...workload.metadata, managedFields: undefined },
  };
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
