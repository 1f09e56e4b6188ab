import {
  AppliedChange,
  DriverError,
  ImageChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { WorkloadObject } from '../workloads/objects';
import { ReadWorkload, readWorkload } from '../workloads/readWorkload';
import { sendApply } from './sendApply';
import { rolloutSequence } from './rolloutSequence';

/** Status updates change the resourceVersion too, so it is tried again. */
const ATTEMPTS = 4;

/**
 * Writes the image of one container by server-side apply.
 * @throws DriverError see DriverErrorCode
 */
export async function applyImage(
  client: ClusterClient,
  change: ImageChange,
  signal?: AbortSignal,
): Promise<AppliedChange> {
  for (let attempt = 1; ; attempt++) {
    const read = await readWorkload(client, change.target, signal);
    requireSameWorkload(read.workload, change);
    requireNotSuperseded(read.workload, change);
    if (isApplied(read, change)) {
      return describe(read.workload);
    }
    requireFresh(read.workload, change);
    try {
      const written = await sendApply(client, read, change, { signal });
      return { ...describe(written), previousImage: read.container.image };
    } catch (error) {
      const mayRepeat =
        error instanceof DriverError &&
        error.code === 'stale' &&
        change.resourceVersion === undefined &&
        attempt < ATTEMPTS;
      if (!mayRepeat) {
        throw error;
      }
    }
  }
}

function requireSameWorkload(
  { metadata }: WorkloadObject,
  { target, uid }: ImageChange,
): void {
  if (uid !== undefined && uid !== metadata.uid) {
    throw new DriverError(
      'not-found',
      `${target.kind} ${target.namespace}/${target.name} was deleted and made anew; it is not the one that was chosen.`,
    );
  }
  if (metadata.deletionTimestamp !== undefined) {
    throw new DriverError(
      'not-found',
      `${target.kind} ${target.namespace}/${target.name} is being deleted.`,
    );
  }
}

function requireNotSuperseded(
  { metadata }: WorkloadObject,
  { target, sequence }: ImageChange,
): void {
  const stored = rolloutSequence(metadata.annotations, target.container);
  if (stored !== undefined && stored > sequence) {
    throw new DriverError(
      'superseded',
      `A newer rollout (${stored}) has written ${target.kind} ${target.namespace}/${target.name} already; this one is ${sequence}.`,
    );
  }
}

/** True when this very rollout has written the image already. */
function isApplied(
  { workload, container }: ReadWorkload,
  { target, image, sequence }: ImageChange,
): boolean {
  const { annotations } = workload.metadata;
  return (
    rolloutSequence(annotations, target.container) === sequence &&
    container.image === image
  );
}

function requireFresh(
  { metadata }: WorkloadObject,
  { target, resourceVersion }: ImageChange,
): void {
  if (
    resourceVersion !== undefined &&
    resourceVersion !== metadata.resourceVersion
  ) {
    throw new DriverError(
      'stale',
      `${target.kind} ${target.namespace}/${target.name} has changed since it was read.`,
    );
  }
}

function describe({ metadata }: WorkloadObject): AppliedChange {
  return {
    resourceVersion: metadata.resourceVersion,
    uid: metadata.uid,
    generation: metadata.generation ?? 0,
  };
}
