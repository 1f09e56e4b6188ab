import { RequestPriority } from '../provider/RegistryProvider';

/** How patient a request is, by its priority; all in milliseconds. */
export interface Patience {
  /** Attempts in all, the first included. */
  attempts: number;
  /** Delay before the second attempt; doubled for each further one. */
  firstDelayMs: number;
  /** The longest wait that a registry may ask for before it is an error. */
  longestWaitMs: number;
}

/** A person does not wait; what nobody looks at may. */
export const patienceByPriority: Readonly<Record<RequestPriority, Patience>> = {
  interactive: { attempts: 3, firstDelayMs: 150, longestWaitMs: 3_000 },
  webhook: { attempts: 4, firstDelayMs: 250, longestWaitMs: 10_000 },
  background: { attempts: 5, firstDelayMs: 500, longestWaitMs: 60_000 },
};

/**
 * Delay before the given retry (1 for the first), with full jitter in its
 * upper half, so that clients that failed together do not return together.
 */
export function backoffMs(
  patience: Patience,
  retry: number,
  random: () => number = Math.random,
): number {
  const whole = Math.min(
    patience.firstDelayMs * 2 ** (retry - 1),
    patience.longestWaitMs,
  );
  return Math.round(whole / 2 + (whole / 2) * random());
}

/** Servers round their seconds; nobody returns in the instant itself. In ms. */
const leastSpreadMs = 50;
/** Those who wait for a second or two are spread over this, in ms. */
const leastWindowMs = 500;

/**
 * A wait that a server asked for, with jitter beyond it and never before it:
 * who waited for the same instant, in this process or another, does not
 * return in the same millisecond.
 *
 * @returns milliseconds: 50 to 500 more than asked, up to a tenth more for
 * waits above five seconds
 */
export function spreadMs(
  askedMs: number,
  random: () => number = Math.random,
): number {
  const windowMs = Math.max(leastWindowMs, askedMs / 10);
  return Math.ceil(
    askedMs + leastSpreadMs + (windowMs - leastSpreadMs) * random(),
  );
}

/** What a server may ask for beyond this, in ms, is a mistake or worse. */
export const longestRetryAfterMs = 60 * 60 * 1000;

/** Numbers above this are an instant in Unix seconds, not a distance. */
const firstPlausibleInstant = 1_000_000_000;

/**
 * What an answer says of when to ask again: `Retry-After`, or Docker Hub's
 * `X-Retry-After`, which is an instant.
 *
 * @returns milliseconds from now, as {@link parseRetryAfter} does
 */
export function retryAfterOf(
  headers: Readonly<Record<string, string>>,
  now: number = Date.now(),
): number | undefined {
  return parseRetryAfter(
    headers['retry-after'] || headers['x-retry-after'],
    now,
  );
}

/**
 * Reads `Retry-After`: seconds, an HTTP date, or an instant in Unix seconds.
 * @returns milliseconds from now, never negative, at most an hour
 */
export function parseRetryAfter(
  value: string | undefined,
  now: number = Date.now(),
): number | undefined {
  const text = value?.trim();
  if (!text) {
    return undefined;
  }
  if (/^\d+(\.\d+)?$/.test(text)) {
    const seconds = Number(text);
    const wait =
      seconds > firstPlausibleInstant
        ? Math.max(0, seconds * 1000 - now)
        : seconds * 1000;
    return Math.min(Math.ceil(wait), longestRetryAfterMs);
  }
  const at = Date.parse(text);
  return Number.isNaN(at)
    ? undefined
    : Math.min(Math.max(0, at - now), longestRetryAfterMs);
}
