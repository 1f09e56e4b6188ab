import { RegistryError } from '../provider/RegistryError';
import { repeatThrottled } from './repeatThrottled';

function failing(error: unknown, times: number) {
  let calls = 0;
  return {
    call: async () => {
      calls += 1;
      if (calls <= times) {
        throw error;
      }
      return calls;
    },
    calls: () => calls,
  };
}

const told = new RegistryError('rate-limited', 'too many', { status: 200 });

describe('repeatThrottled', () => {
  it('calls again after a limit that is told in a body', async () => {
    const { call } = failing(told, 1);
    await expect(repeatThrottled(call)).resolves.toBe(2);
  });

  it('gives up after the third time', async () => {
    const { call, calls } = failing(told, 9);
    await expect(repeatThrottled(call)).rejects.toBe(told);
    expect(calls()).toBe(3);
  });

  it.each([
    new RegistryError('rate-limited', 'told by its status', { status: 429 }),
    new RegistryError('forbidden', 'not a limit', { status: 400 }),
    new Error('not of a registry'),
  ])('leaves %s alone', async error => {
    const { call, calls } = failing(error, 9);
    await expect(repeatThrottled(call)).rejects.toBe(error);
    expect(calls()).toBe(1);
  });

  it('stops waiting when nobody waits any more', async () => {
    const stopped = new AbortController();
    const { call, calls } = failing(told, 9);
    const waiting = repeatThrottled(call, { signal: stopped.signal });
    stopped.abort();
    await expect(waiting).rejects.toThrow();
    expect(calls()).toBe(1);
  });
});
