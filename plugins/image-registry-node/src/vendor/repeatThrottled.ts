import { setTimeout as sleep } from 'node:timers/promises';
import { RegistryError } from '../provider/RegistryError';

/** Milliseconds before the second and the third attempt, at least. */
const DELAYS_MS = [400, 1200];

/**
 * Repeats a call whose vendor tells its limit in the body, with a status that
 * the transport cannot know it by: some clouds throttle with 200 or 400.
 *
 * @param call - signs anew each time; has to be safe to repeat
 */
export async function repeatThrottled<T>(
  call: () => Promise<T>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= DELAYS_MS.length || !isToldInBody(error)) {
        throw error;
      }
      // Those who were throttled together must not come back together.
      const delay = DELAYS_MS[attempt] * (1 + Math.random() / 2);
      await sleep(delay, undefined, { signal });
    }
  }
}

/** The transport waits for a 429 itself. */
function isToldInBody(error: unknown): boolean {
  return (
    error instanceof RegistryError &&
    error.code === 'rate-limited' &&
    error.status !== undefined &&
    error.status <= 400
  );
}
