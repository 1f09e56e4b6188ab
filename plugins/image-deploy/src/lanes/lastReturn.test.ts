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
