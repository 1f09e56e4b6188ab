import { PodObject } from '../workloads/objects';
import { imageDigest } from './imageDigest';
import { containerStatuses, isReady } from './podState';

/** What the pods of one container really run. */
export interface RunningDigests {
  /** That of the ready pods, when they agree. */
  runningDigest?: string;
  /** All that were seen, sorted. */
  runningDigests: string[];
}

/** Reads the digests from the pods' status. */
export function runningDigests(
  pods: readonly PodObject[],
  container: string,
): RunningDigests {
  const all = new Set<string>();
  const ready = new Set<string>();
  for (const pod of pods) {
    const status = containerStatuses(pod).find(
      ({ name }) => name === container,
    );
    const digest = imageDigest(status?.imageID);
    if (digest) {
      all.add(digest);
      if (isReady(pod)) {
        ready.add(digest);
      }
    }
  }
  return {
    runningDigest: ready.size === 1 ? [...ready][0] : undefined,
    runningDigests: [...all].sort(),
  };
}
