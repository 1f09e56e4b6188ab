import { maxSatisfying } from 'semver';
import { TagCandidate } from '../src/rules';
import { mixedTags } from './mixedTags';

/** What the yardstick is called in the pages. */
export const YARDSTICK = 'node-semver maxSatisfying';

/**
 * What it took, warm, over the 50 000 tags on the machine that the limits were
 * set on, in ms: a slower machine is given more time by as much.
 */
export const YARDSTICK_MS = 83;

const RUNS = 7;

/** What other people's code does with the same tags. */
export function yardstick(tags: TagCandidate[]): string | null {
  return maxSatisfying(
    tags.map(({ tag }) => tag),
    '>=1.0.0',
  );
}

/** How much slower this machine is than that of the limits; 1 at least. */
export function slownessOf(warmMedianMs: number): number {
  return Math.max(1, warmMedianMs / YARDSTICK_MS);
}

/** The same, measured here. */
export function measureSlowness(): number {
  const tags = mixedTags();
  const times = Array.from({ length: RUNS + 1 }, () => {
    const begin = performance.now();
    yardstick(tags);
    return performance.now() - begin;
  });
  const warm = times.slice(1).sort((a, b) => a - b);
  return slownessOf(warm[Math.floor(RUNS / 2)]);
}
