import type { TagCandidate } from '../CompiledRule';
import { ASK, refusal, REFUSED, TagScan } from '../orders/scan';
import { lowestPrerelease } from './rangeBounds';
import { Comparator, ComparatorSet } from './VersionRange';
import { orderOfRelease, packedLimit, parseVersion } from './version';

const zero = 48;
const dash = 45;
const dot = 46;
const upperV = 86;
const lowerV = 118;
const outOfRange = refusal(0);
const unreadable = refusal(1);
/** What the scan refuses by, in the order of their indexes. */
export const scanRefusals = ['out-of-range', 'unreadable'] as const;
/** A release whose order has not been looked at yet. */
const isPlaced = refusal(scanRefusals.length);

/** Releases from one number to below another, see {@link orderOfRelease}. */
interface ReleaseInterval {
  from: number;
  below: number;
}

/** A scan, and why it refused what it did not name a reason for. */
export interface ReleaseScan {
  readonly scan: TagScan;
  /**
   * Of a prerelease without comparing it to each bound.
   * @returns undefined when the tag is none, when its numbers are too large,
   *   or when the rule may take some
   */
  whyRefused(tag: string): 'prerelease' | 'out-of-range' | undefined;
}

/**
 * Reads many tags against a range in one loop: releases whose numbers fit are
 * placed or refused, what cannot be a version is refused, the few others are
 * left to be asked.
 *
 * @returns undefined where the rule or its range says more than intervals can
 */
export function scanReleases(
  sets: readonly ComparatorSet[],
  rule: {
    prereleases?: boolean;
    partialVersions?: boolean;
    buildMetadata?: boolean;
  },
): ReleaseScan | undefined {
  const intervals = intervalsOf(sets, boundsOfReleases);
  if (!intervals || rule.partialVersions || rule.buildMetadata) {
    return undefined;
  }
  const ofPrereleases = intervalsOf(sets, boundsOfPrereleases) ?? [];
  const takesPrereleases =
    rule.prereleases || sets.some(set => set.comparators.some(takesPrerelease));
  const prerelease = takesPrereleases ? ASK : REFUSED;
  return {
    scan: (candidates, offer, orders) =>
      placeReleases(candidates, { offer, orders, intervals, prerelease }),
    whyRefused: tag => {
      const version = takesPrereleases ? undefined : parseVersion(tag);
      const order = version?.prereleaseAt ? orderOfRelease(version) : undefined;
      if (order === undefined) {
        return undefined;
      }
      return isWithin(ofPrereleases, order) ? 'prerelease' : 'out-of-range';
    },
  };
}

/**
 * The place of each release. One loop over characters that hardly calls and
 * allocates anything: it is compiled while it runs for the first time, and
 * until then each number beyond 31 bits would be an object.
 */
function placeReleases(
  candidates: readonly TagCandidate[],
  context: {
    offer: (position: number) => number;
    orders?: Float64Array;
    intervals: ReleaseInterval[];
    /** What stands for a prerelease. */
    prerelease: number;
  },
): void {
  const { offer, orders, intervals, prerelease } = context;
  const [{ from, below } = { from: 0, below: 0 }, ...others] = intervals;
  // What another file exports is a call at each use, until it is compiled.
  const limit = packedLimit;
  const ask = ASK;
  const refused = REFUSED;
  // With places, what lies outside is read to its end as well: why it does. And
  // a range of prereleases alone is no interval of releases.
  const readsAll = orders !== undefined || prerelease === ask;
  const majors = readsAll ? { from: 0, to: Infinity } : majorsOf(intervals);
  const { to: mostMajor } = majors;
  let leastMajor = majors.from;
  let least = 0;
  for (let index = 0; index < candidates.length; index++) {
    const { tag } = candidates[index];
    const { length } = tag;
    let code = tag.charCodeAt(0);
    let at = code === lowerV || code === upperV ? 1 : 0;
    let dots = 0;
    let start = at;
    let major = 0;
    let minor = 0;
    let value = 0;
    let result = refused;
    for (; ; at++) {
      code = at < length ? tag.charCodeAt(at) : -1;
      const digit = code - zero;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        continue;
      }
      const digits = at - start;
      if (digits === 0) {
        result = unreadable;
        break;
      }
      if (digits > 1 && tag.charCodeAt(start) === zero) {
        break;
      }
      if (value >= limit) {
        result = ask;
        break;
      }
      if (code === dot && dots < 2) {
        if (dots === 0 && (value < leastMajor || value > mostMajor)) {
          break;
        }
        major = minor;
        minor = value;
        value = 0;
        dots++;
        start = at + 1;
        continue;
      }
      if (code !== -1 && code !== dash) {
        result = unreadable;
      } else if (dots === 2) {
        result = code === dash ? prerelease : isPlaced;
      }
      break;
    }
    if (result === isPlaced) {
      const order = (major * limit + minor) * limit + value;
      result =
        (order >= from && order < below) || isWithin(others, order)
          ? order
          : outOfRange;
    }
    if (orders) {
      orders[index] = result;
    }
    if (result >= least || result === ask) {
      least = offer(index);
      if (!orders) {
        leastMajor = Math.max(leastMajor, Math.floor(least / limit / limit));
      }
    }
  }
}

/** The first numbers that the releases have; `to` is one of them or the next. */
function majorsOf(intervals: readonly ReleaseInterval[]) {
  const major = (order: number) => Math.floor(order / packedLimit ** 2);
  return {
    from: major(Math.min(...intervals.map(({ from }) => from))),
    to: major(Math.max(...intervals.map(({ below }) => below))),
  };
}

function isWithin(intervals: readonly ReleaseInterval[], order: number) {
  for (const { from, below } of intervals) {
    if (order >= from && order < below) {
      return true;
    }
  }
  return false;
}

/** Undefined when a set excludes versions, or a bound has a number too large. */
function intervalsOf(
  sets: readonly ComparatorSet[],
  boundsOf: (comparator: Comparator) => ReleaseInterval | undefined,
): ReleaseInterval[] | undefined {
  const intervals: ReleaseInterval[] = [];
  for (const { comparators, excluded } of sets) {
    const bounds = comparators.map(boundsOf);
    if (excluded.length > 0 || bounds.includes(undefined)) {
      return undefined;
    }
    const interval = { from: 0, below: Infinity };
    for (const bound of bounds) {
      interval.from = Math.max(interval.from, bound?.from ?? 0);
      interval.below = Math.min(interval.below, bound?.below ?? Infinity);
    }
    if (interval.from < interval.below) {
      intervals.push(interval);
    }
  }
  return intervals;
}

/** A prerelease as a bound stands right before its release. */
function boundsOfReleases({
  operator,
  version,
}: Comparator): ReleaseInterval | undefined {
  const order = orderOfRelease(version);
  if (order === undefined) {
    return undefined;
  }
  const after = version.prereleaseAt === 0 ? order + 1 : order;
  switch (operator) {
    case '<':
      return { from: 0, below: order };
    case '<=':
      return { from: 0, below: after };
    case '>':
      return { from: after, below: Infinity };
    case '>=':
      return { from: order, below: Infinity };
    default:
      return { from: order, below: after };
  }
}

/** Whether a bound lets in prereleases that it names; none is below `X-0`. */
function takesPrerelease({ operator, version }: Comparator): boolean {
  const { text, prereleaseAt, end } = version;
  return (
    prereleaseAt !== 0 &&
    !(operator === '<' && text.slice(prereleaseAt, end) === lowestPrerelease)
  );
}

/** The releases whose prereleases keep a bound that names none of them. */
function boundsOfPrereleases({
  operator,
  version,
}: Comparator): ReleaseInterval | undefined {
  switch (operator) {
    case '<':
      return boundsOfReleases({ operator: '<=', version });
    case '>=':
      return boundsOfReleases({ operator: '>', version });
    case '=':
      return { from: 0, below: 0 };
    default:
      return boundsOfReleases({ operator, version });
  }
}
