import { setTimeout as delay } from 'timers/promises';

/** Waits, or returns early when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0 && !signal.aborted) {
    await delay(ms, undefined, { signal }).catch(() => undefined);
  }
}
