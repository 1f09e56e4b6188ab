/** Waits between looks at a policy that stays blocked, in ms. */
const FIRST_LOOK_WAIT_MS = 60_000;
const LONGEST_LOOK_WAIT_MS = 60 * 60_000;

/** Milliseconds until a policy that stayed blocked is looked at again. */
export function lookBackoffMs(attempts: number): number {
  return Math.min(
    LONGEST_LOOK_WAIT_MS,
    FIRST_LOOK_WAIT_MS * 2 ** Math.min(attempts, 10),
  );
}
