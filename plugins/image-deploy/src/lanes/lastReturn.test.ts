import {
  createRollout,
  createTarget,
  digestOf,
} from '../__testUtils__/fixtures';
import { lastReturn } from './lastReturn';

const target = createTarget();
const succeeded = createRollout(target, { id: 'succeeded' });

describe('lastReturn', () => {
  it('is the newest rollout of the target that changed what runs', () => {
    const other = createRollout(createTarget({ ref: { name: 'api' } }));
    const queued = createRollout(target, { id: 'queued', state: 'queued' });
    const failed = createRollout(target, { id: 'failed', state: 'failed' });
    expect(lastReturn([other, queued, succeeded], target.key)).toBe(succeeded);
    expect(lastReturn([failed, succeeded], target.key)).toBe(failed);
  });

  it.each(['applying', 'progressing', 'rolling-back'] as const)(
    'is one that is %s: its image may be what is seen to run',
    state => {
      const underWay = createRollout(target, { id: 'under-way', state });
      expect(lastReturn([underWay, succeeded], target.key)).toBe(underWay);
    },
  );

  it.each(['waiting', 'superseded', 'cancelled', 'rejected'] as const)(
    'is not one that is %s',
    state => {
      const other = createRollout(target, { id: 'other', state });
      expect(lastReturn([other, succeeded], target.key)).toBe(succeeded);
    },
  );

  it('is not one that waited, and failed before it began', () => {
    const waited = createRollout(target, {
      state: 'failed',
      startedAt: undefined,
    });
    expect(lastReturn([waited, succeeded], target.key)).toBe(succeeded);
  });

  it('is not one before which the same or something unknown ran', () => {
    const first = createRollout(target, { previous: undefined });
    const same = createRollout(target, {
      previous: { ...succeeded.previous!, digest: digestOf('a') },
    });
    expect(lastReturn([first, same], target.key)).toBeUndefined();
  });
});
