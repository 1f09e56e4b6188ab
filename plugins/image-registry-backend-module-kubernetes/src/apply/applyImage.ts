import {
  AppliedChange,
  DriverError,
  ImageChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { WorkloadObject } from '../workloads/objects';
import { ReadWorkload, readWorkload } from '../workloads/readWorkload';
import { containerChanges, containerImages } from './containerImages';
import { sendApply } from './sendApply';
import { rolloutSequence } from './rolloutSequence';

/** Status updates change the resourceVersion too, so it is tried again. */
const ATTEMPTS = 4;

/**
 * Writes the images of a workload's containers by server-side apply, all or
 * none of them.
 * @throws DriverError see DriverErrorCode
 */
export async function applyImage(
  client: ClusterClient,
  change: ImageChange,
  signal?: AbortSignal,
): Promise<AppliedChange> {
  for (let attempt = 1; ; attempt++) {
    const read = await readFirst(client, change, signal);
    requireSameWorkload(read.workload, change);
    requireNotSuperseded(read, change);
    if (isApplied(read, change)) {
      return describe(read.workload, read.source.workload);
    }
    requireFresh(read.source.workload, change);
    try {
      const written = await sendApply(client, read, change, { signal });
      const { referenced } = read.workload;
      return {
        ...describe(referenced ? read.workload : written, written),
        ...previousImages(read, change),
      };
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

/** What fails here fails before anything was sent. */
async function readFirst(
  client: ClusterClient,
  { target }: ImageChange,
  signal?: AbortSignal,
): Promise<ReadWorkload> {
  try {
    return await readWorkload(client, target, signal);
  } catch (error) {
    if (!(error instanceof DriverError)) {
      throw error;
    }
    const { code, message, owners, fields, reason, retryAfterMs } = error;
    const details = { owners, fields, reason, retryAfterMs, cause: error };
    throw new DriverError(code, message, { ...details, unsent: true });
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
  { source }: ReadWorkload,
  change: ImageChange,
): void {
  const { target, sequence, lastSequence = Infinity } = change;
  for (const { container } of containerImages(change)) {
    const stored = rolloutSequence(
      source.workload.metadata.annotations,
      container,
    );
    if (stored !== undefined && stored > sequence && stored <= lastSequence) {
      throw new DriverError(
        'superseded',
        `A newer rollout (${stored}) has written ${target.kind} ${target.namespace}/${target.name} already; this one is ${sequence}.`,
      );
    }
  }
}

/** True when this very rollout has written all its images already. */
function isApplied(read: ReadWorkload, change: ImageChange): boolean {
  const { annotations } = read.source.workload.metadata;
  return containerChanges(read, change).every(
    ({ container, image }) =>
      rolloutSequence(annotations, container.name) === change.sequence &&
      container.image === image,
  );
}

function previousImages(
  read: ReadWorkload,
  change: ImageChange,
): Pick<AppliedChange, 'previousImage' | 'previousOthers'> {
  const [target, ...others] = containerChanges(read, change);
  const previousOthers = others.map(({ container }) => ({
    container: container.name,
    image: container.image ?? '',
  }));
  return {
    previousImage: target.container.image,
    ...(previousOthers.length > 0 && { previousOthers }),
  };
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

function describe(
  { metadata }: WorkloadObject,
  template: WorkloadObject,
): AppliedChange {
  return {
    resourceVersion: template.metadata.resourceVersion,
    uid: metadata.uid,
    generation: template.metadata.generation ?? 0,
  };
}
