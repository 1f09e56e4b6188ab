import { randomUUID } from 'node:crypto';

/** Hex digits of the time, and where a UUID's random part after them begins. */
const TIME_DIGITS = 12;
const RANDOM_FROM = 15;

/**
 * A UUID of version 7 (RFC 9562): those made later sort later, to the
 * millisecond. In the order in which they are made, the rows of a group stand
 * side by side in an index, and a commit writes few of its pages.
 */
export function orderedId(now = Date.now()): string {
  const time = now.toString(16).padStart(TIME_DIGITS, '0');
  const random = randomUUID().slice(RANDOM_FROM);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random}`;
}
