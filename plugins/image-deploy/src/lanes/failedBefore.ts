import { Rollout } from '@slipway/backstage-plugin-image-registry-common';

/**
 * Whether the newest rollout of a digest to a target failed there: the
 * automation does not try that digest again.
 *
 * @param rollouts - newest first
 */
export function failedBefore(
  rollouts: Rollout[],
  targetKey: string,
  digest: string | undefined,
): boolean {
  const last = rollouts.find(
    rollout =>
      rollout.targetKey === targetKey &&
      rollout.image.digest === digest &&
      ['succeeded', 'failed', 'rolled-back'].includes(rollout.state),
  );
  return last !== undefined && last.state !== 'succeeded';
}
