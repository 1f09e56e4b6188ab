import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadCounts } from './WorkloadType';

/** Nothing runs because it was asked to run nothing. */
export function scaledToZero(): Reason {
  return {
    code: 'scaled-to-zero',
    message: 'It is scaled to zero; it will start with the new image.',
  };
}

/** Pods change only when someone deletes them. */
export function onDelete({ updated, desired }: WorkloadCounts): Reason {
  return {
    code: 'on-delete',
    message: `The image is written; with the update strategy OnDelete each pod takes it when it is deleted by hand (${updated} of ${desired} have).`,
    params: { updated: String(updated), desired: String(desired) },
  };
}

/**
 * What is still missing for all pods to run the newest revision.
 * @returns undefined when nothing is
 */
export function missingReplicas(
  counts: WorkloadCounts,
  wanted: number = counts.desired,
): Reason | undefined {
  const { updated, current, desired } = counts;
  const params = { ...paramsOf(counts), wanted: String(wanted) };
  if (updated < wanted) {
    return {
      code: 'replicas-updating',
      message: `${updated} of ${wanted} pods are of the new version.`,
      params,
    };
  }
  if (wanted === desired && current > updated) {
    const old = current - updated;
    return {
      code: 'old-replicas-left',
      message: `${old} pods of the old version are still there.`,
      params: { ...params, old: String(old) },
    };
  }
  return unreadyReplicas(counts);
}

/**
 * What is still missing for all pods to serve, of whatever revision.
 * @returns undefined when nothing is
 */
export function unreadyReplicas(counts: WorkloadCounts): Reason | undefined {
  const { desired, ready, available } = counts;
  const params = paramsOf(counts);
  if (ready < desired) {
    return {
      code: 'replicas-not-ready',
      message: `${ready} of ${desired} pods are ready.`,
      params,
    };
  }
  if (available < desired) {
    return {
      code: 'replicas-not-available',
      message: `${available} of ${desired} pods have been ready for long enough.`,
      params,
    };
  }
  return undefined;
}

function paramsOf({ updated, ready, available, desired }: WorkloadCounts) {
  return {
    updated: String(updated),
    ready: String(ready),
    available: String(available),
    desired: String(desired),
  };
}
