import {
  Rollout,
  RolloutState,
} from '@slipway/backstage-plugin-image-registry-common';
import { failedBefore } from './failedBefore';

const KEY = 'sandbox/shop/Deployment/web/web';

function rollout(
  state: RolloutState,
  digest = 'sha256:new',
  targetKey = KEY,
): Rollout {
  return { targetKey, state, image: { digest } } as Rollout;
}

describe('failedBefore', () => {
  it.each<[string, Rollout[], boolean]>([
    ['failed', [rollout('failed')], true],
    ['was returned', [rollout('rolled-back')], true],
    ['succeeded since', [rollout('succeeded'), rollout('failed')], false],
    ['failed since', [rollout('failed'), rollout('succeeded')], true],
    ['was cancelled since', [rollout('cancelled'), rollout('failed')], true],
    ['is under way', [rollout('progressing')], false],
    ['failed elsewhere', [rollout('failed', 'sha256:new', 'other')], false],
    ['is another one', [rollout('failed', 'sha256:old')], false],
    ['was never deployed', [], false],
  ])('tells of a digest that %s', (_, rollouts, expected) => {
    expect(failedBefore(rollouts, KEY, 'sha256:new')).toBe(expected);
  });
});
