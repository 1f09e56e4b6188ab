import type { WorkloadVolume } from '../api/workloads';

/** A volume by claim as a pod lists it. */
export function claimVolume({ name, claim, readOnly }: WorkloadVolume): object {
  return {
    name,
    persistentVolumeClaim: {
      claimName: claim,
      ...(readOnly && { readOnly }),
    },
  };
}

/** A volume as a container mounts it. */
export function volumeMount({
  name,
  mountPath,
  readOnly,
}: WorkloadVolume): object {
  return { name, mountPath, ...(readOnly && { readOnly }) };
}

/** What a claim that is made asks for. */
export function claimSpec(create: NonNullable<WorkloadVolume['create']>) {
  return {
    accessModes: [create.accessMode ?? 'ReadWriteOnce'],
    resources: { requests: { storage: create.size } },
    ...(create.storageClass && { storageClassName: create.storageClass }),
  };
}

/** Whether a claim is made that one node at a time may mount. */
export function hasExclusiveVolume(
  volumes: readonly WorkloadVolume[],
): boolean {
  return volumes.some(
    ({ create }) =>
      create && (create.accessMode ?? 'ReadWriteOnce') === 'ReadWriteOnce',
  );
}
