import { setTimeout as delay } from 'timers/promises';

/** Waits until something is so. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  deadlineMs: number = 10_000,
): Promise<void> {
  const until = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > until) {
      throw new Error(`Not so within ${deadlineMs} ms: ${condition}`);
    }
    await delay(5);
  }
}
