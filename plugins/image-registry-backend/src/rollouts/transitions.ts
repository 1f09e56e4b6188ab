import { RolloutState } from '@slipway/backstage-plugin-image-registry-common';

/**
 * From which state which may follow. `queued` and `waiting` hold nothing;
 * from `applying` on the target is the rollout's until a final state, or until
 * it is known that nothing was written.
 */
const transitions: Record<RolloutState, readonly RolloutState[]> = {
  queued: [
    'waiting',
    'applying',
    'failed',
    'superseded',
    'cancelled',
    'rejected',
  ],
  waiting: [
    'queued',
    'applying',
    'failed',
    'superseded',
    'cancelled',
    'rejected',
  ],
  applying: [
    'progressing',
    'failed',
    'queued',
    'waiting',
    'superseded',
    'cancelled',
  ],
  progressing: ['succeeded', 'failed', 'rolling-back'],
  'rolling-back': ['rolled-back', 'failed'],
  succeeded: [],
  failed: [],
  'rolled-back': [],
  superseded: [],
  cancelled: [],
  rejected: [],
};

/** Whether a rollout may go from one state to another. */
export function mayFollow(from: RolloutState, to: RolloutState): boolean {
  return transitions[from].includes(to);
}

/** Whether nothing follows a state. */
export function isFinal(state: RolloutState): boolean {
  return transitions[state].length === 0;
}
