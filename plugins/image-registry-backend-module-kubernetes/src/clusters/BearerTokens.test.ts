import {
  ClusterSignInError,
  ClusterToken,
} from '@slipway/backstage-plugin-image-registry-node';
import { BearerTokens } from './BearerTokens';

/** A fetch that waits to be answered. */
interface Deferred {
  promise: Promise<ClusterToken>;
  resolve(token: ClusterToken): void;
  reject(error: Error): void;
}

/** Fetches that a test answers one by one. */
function setUp({ deadlineMs = 10_000 }: { deadlineMs?: number } = {}) {
  const clock = { now: 0 };
  const fetches: Deferred[] = [];
  const tokens = new BearerTokens(
    {
      fetch: () => {
        const fetch = deferred();
        fetches.push(fetch);
        return fetch.promise;
      },
    },
    { now: () => clock.now, deadlineMs },
  );
  return { clock, fetches, tokens };
}

function deferred(): Deferred {
  let resolve: Deferred['resolve'] = () => undefined;
  let reject: Deferred['reject'] = () => undefined;
  const promise = new Promise<ClusterToken>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

const MINUTE = 60_000;

describe('BearerTokens', () => {
  it('fetches once for all who ask at the same time', async () => {
    const { fetches, tokens } = setUp();
    const asked = [tokens.current(), tokens.current(), tokens.current()];
    expect(fetches).toHaveLength(1);
    fetches[0].resolve({ token: 'a', expiresAt: 14 * MINUTE });
    await expect(Promise.all(asked)).resolves.toEqual(['a', 'a', 'a']);
    await tokens.current();
    expect(fetches).toHaveLength(1);
  });

  it('goes on with the old one while it fetches in time', async () => {
    const { clock, fetches, tokens } = setUp();
    const first = tokens.current();
    fetches[0].resolve({ token: 'a', expiresAt: 14 * MINUTE });
    await first;
    clock.now = 12 * MINUTE - 1;
    await tokens.current();
    expect(fetches).toHaveLength(1);
    clock.now = 12 * MINUTE;
    await expect(tokens.current()).resolves.toBe('a');
    await expect(tokens.current()).resolves.toBe('a');
    expect(fetches).toHaveLength(2);
    fetches[1].resolve({ token: 'b', expiresAt: 26 * MINUTE });
    await fetches[1].promise;
    await new Promise(setImmediate);
    await expect(tokens.current()).resolves.toBe('b');
  });

  it('fetches in the last quarter of a short life', async () => {
    const { clock, fetches, tokens } = setUp();
    const first = tokens.current();
    fetches[0].resolve({ token: 'a', expiresAt: 60_000 });
    await first;
    clock.now = 44_999;
    await tokens.current();
    expect(fetches).toHaveLength(1);
    clock.now = 45_000;
    await tokens.current();
    expect(fetches).toHaveLength(2);
  });

  it('uses the old one to its end when there is no new one', async () => {
    const { clock, fetches, tokens } = setUp();
    const first = tokens.current();
    fetches[0].resolve({ token: 'a', expiresAt: 14 * MINUTE });
    await first;
    clock.now = 13 * MINUTE;
    await tokens.current();
    fetches[1].reject(new ClusterSignInError('it is down', 'Wait.'));
    await new Promise(setImmediate);
    await expect(tokens.current()).resolves.toBe('a');
    expect(fetches).toHaveLength(2);
    clock.now = 14 * MINUTE;
    const late = tokens.current();
    fetches[2].reject(new ClusterSignInError('it is down', 'Wait.'));
    await expect(late).rejects.toThrow('it is down. Wait.');
  });

  it('does not ask again at once after a failure', async () => {
    const { clock, fetches, tokens } = setUp();
    const first = tokens.current();
    fetches[0].reject(new ClusterSignInError('it is down', 'Wait.'));
    await expect(first).rejects.toThrow('it is down. Wait.');
    await expect(tokens.current()).rejects.toThrow('it is down. Wait.');
    expect(fetches).toHaveLength(1);
    clock.now = 5_000;
    const second = tokens.current();
    fetches[1].resolve({ token: 'a', expiresAt: 14 * MINUTE });
    await expect(second).resolves.toBe('a');
  });

  it('tells nothing of an error that was not written for people', async () => {
    const { fetches, tokens } = setUp();
    const first = tokens.current();
    fetches[0].reject(new TypeError('key dummy-secret'));
    const error: unknown = await first.catch(caught => caught);
    expect(String(error)).toContain('(TypeError)');
    expect(String(error)).not.toContain('dummy-secret');
    expect(error).not.toHaveProperty('cause');
  });

  it('does not wait for ever', async () => {
    const { tokens } = setUp({ deadlineMs: 1 });
    await expect(tokens.current()).rejects.toThrow('no token in time');
  });

  it('forgets the one that was refused, and only that', async () => {
    const { fetches, tokens } = setUp();
    expect(tokens.forget(undefined)).toBe(false);
    const first = tokens.current();
    fetches[0].resolve({ token: 'a', expiresAt: 14 * MINUTE });
    await first;
    expect(tokens.forget('a')).toBe(true);
    const second = tokens.current();
    expect(fetches).toHaveLength(2);
    fetches[1].resolve({ token: 'b', expiresAt: 14 * MINUTE });
    await second;
    // A slower call that was refused with the first one.
    expect(tokens.forget('a')).toBe(true);
    await expect(tokens.current()).resolves.toBe('b');
    expect(fetches).toHaveLength(2);
  });
});
