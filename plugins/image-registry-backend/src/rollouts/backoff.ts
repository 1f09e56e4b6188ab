/** Milliseconds until the next attempt: doubling, at most a minute, spread. */
export function backoffMs(attempts: number): number {
  const base = Math.min(60_000, 500 * 2 ** Math.min(attempts, 10));
  return Math.round(base * (0.75 + Math.random() / 2));
}
