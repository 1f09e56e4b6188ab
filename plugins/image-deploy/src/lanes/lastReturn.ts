import { Rollout } from '@slipway/backstage-plugin-image-registry-common';

/**
 * The newest rollout of a target after which something else ran than before:
 * rolling it back is what "Roll back" means. A failed one counts, since the
 * workload was changed by it, too.
 *
 * @param rollouts - newest first
 */
export function lastReturn(
  rollouts: Rollout[],
  targetKey: string,
): Rollout | undefined {
  return rollouts.find(
    rollout =>
      rollout.targetKey === targetKey &&
      (rollout.state === 'succeeded' || rollout.state === 'failed') &&
      canReturn(rollout),
  );
}

/** Whether a rollout began, and it is known what ran before it. */
export function canReturn(rollout: Rollout): boolean {
  return (
    rollout.startedAt !== undefined &&
    rollout.previous?.digest !== undefined &&
    rollout.previous.digest !== rollout.image.digest
  );
}
