import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tries until an attempt succeeds. A late machine is no failure, so deadlines
 * are generous; what is measured is measured elsewhere.
 *
 * @throws the last attempt's error when the time is over
 */
export async function eventually<T>(
  attempt: () => Promise<T> | T,
  options: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<T> {
  const { timeoutMs = 120_000, intervalMs = 100 } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await sleep(intervalMs);
    }
  }
}
