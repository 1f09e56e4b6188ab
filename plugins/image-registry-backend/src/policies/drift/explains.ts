import { RolloutImage } from '@slipway/backstage-plugin-image-registry-common';
import { StoredRollout } from '../../rollouts';

/**
 * Whether the history tells already why this runs: it was seen before, or a
 * rollout that failed left what ran before it.
 */
export function explains(last: StoredRollout, image: RolloutImage): boolean {
  if (last.cause === 'outside') {
    return (
      last.image.reference === image.reference &&
      last.image.digest === (image.digest ?? '')
    );
  }
  const { previous } = last;
  return (
    last.state !== 'succeeded' &&
    (previous === undefined ||
      previous.reference === image.reference ||
      previous.digest === image.digest)
  );
}
