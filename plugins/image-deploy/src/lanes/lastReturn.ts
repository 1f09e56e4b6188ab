import {
  Rollout,
  RolloutState,
  runningRolloutStates,
} from '@slipway/backstage-plugin-image-registry-common';

/** Of these, what ran before may be running no more. */
const changingStates: readonly RolloutState[] = [
  ...runningRolloutStates,
  'succeeded',
  'failed',
];

/**
 * The newest rollout of a target after which something else ran than before:
 * rolling it back is what "Roll back" means. One that is under way counts, or
 * a person who sees its image would go back by two; and a failed one, since
 * the workload was changed by it, too.
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
      changingStates.includes(rollout.state) &&
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
