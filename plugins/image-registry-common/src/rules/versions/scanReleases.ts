import { isImageTag } from '../artifactTags';
import type { TagCandidate } from '../CompiledRule';
import { ASK, refusal, REFUSED, TagScan } from '../orders/scan';
import { lowestPrerelease } from './rangeBounds';
import { Comparator, ComparatorSet } from './VersionRange';
import { orderOfRelease, packedLimit } from './version';

const zero = 48;
const dash = 45;
const dot = 46;
const upperV = 86;
const lowerV = 118;
/** Behind the last character. */
const noMore = -1;

// In a loop, what another module exports is a call at each use until the loop
// is compiled.
const limit = packedLimit;
const asked = ASK;
const refused = REFUSED;

/** What the scan refuses by, in the order of their indexes. */
export const scanRefusals = [
  'out-of-range',
  'unreadable',
  'partial',
  'leading-zero',
  'prerelease',
] as const;
const outOfRange = standsFor('out-of-range');
const unreadable = standsFor('unreadable');
const partial = standsFor('partial');
const leadingZero = standsFor('leading-zero');
const prerelease = standsFor('prerelease');
/** For a prerelease of 0.0.0 until its reason is named; less for later ones. */
const firstPrerelease = refusal(scanRefusals.length);

const identifier = String.raw`(?!0[0-9]+(?:\.|$))[0-9A-Za-z-]+`;
/** Of what begins with three numbers and a dash: whether it is a prerelease. */
const prereleasePattern = new RegExp(
  String.raw`^[^-]+-${identifier}(?:\.${identifier})*$`,
);

/** Releases from one number to below another, see {@link orderOfRelease}. */
interface ReleaseInterval {
  from: number;
  below: number;
}

/**
 * Reads many tags against a range in one loop: releases whose numbers fit are
 * placed, others are refused, where places are asked for with the reason, and
 * the few that it cannot tell are left to be asked.
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
): TagScan | undefined {
  const intervals = intervalsOf(sets, boundsOfReleases);
  const ofPrereleases = intervalsOf(sets, boundsOfPrereleases);
  if (
    !intervals ||
    !ofPrereleases ||
    rule.partialVersions ||
    rule.buildMetadata
  ) {
    return undefined;
  }
  const takesPrereleases =
    rule.prereleases || sets.some(set => set.comparators.some(takesPrerelease));
  return (candidates, offer, orders) =>
    placeReleases(candidates, {
      offer,
      orders,
      intervals,
      ofPrereleases,
      takesPrereleases,
    });
}

/** The place of each release, and why other tags are refused. */
function placeReleases(
  candidates: readonly TagCandidate[],
  context: {
    offer: (position: number) => number;
    orders?: Float64Array;
    intervals: ReleaseInterval[];
    ofPrereleases: ReleaseInterval[];
    /** The rule may take some: they are left to be asked. */
    takesPrereleases: boolean;
  },
): void {
  const { offer, orders, intervals, ofPrereleases, takesPrereleases } = context;
  const [{ from, below } = { from: 0, below: 0 }, ...others] = intervals;
  // With places, what lies outside is read to its end as well: why it does. And
  // a range of prereleases alone is no interval of releases.
  const readsAll = orders !== undefined || takesPrereleases;
  const majors = readsAll ? { from: 0, to: Infinity } : majorsOf(intervals);
  const { to: mostMajor } = majors;
  let leastMajor = majors.from;
  let least = 0;
  for (let index = 0; index < candidates.length; index++) {
    const { tag } = candidates[index];
    let order = readRelease(tag, leastMajor, mostMajor);
    if (order >= 0) {
      if (!(order >= from && order < below) && !isWithin(others, order)) {
        order = outOfRange;
      }
    } else if (takesPrereleases && order <= firstPrerelease) {
      order = asked;
    } else if (orders && order < refused) {
      order = nameRefusal(tag, order, ofPrereleases);
    }
    if (orders) {
      orders[index] = order;
    }
    if (order >= least || order === asked) {
      least = offer(index);
      if (!orders) {
        leastMajor = Math.max(leastMajor, majorOf(least));
      }
    }
  }
}

/**
 * Reads the three numbers of a tag, and why it is none that this loop places.
 * It allocates nothing and calls only for characters.
 *
 * @param leastMajor - what is lower is refused, and what is above `mostMajor`,
 *   without reading on
 * @returns the order of a release; `firstPrerelease` less that order for what
 *   has a dash behind the numbers; else what stands for a refusal, or for asking
 */
function readRelease(
  tag: string,
  leastMajor: number,
  mostMajor: number,
): number {
  const { length } = tag;
  let dots = 0;
  let start = 0;
  let major = 0;
  let minor = 0;
  let value = 0;
  /** Whether one of the numbers so far has a leading zero. */
  let zeroLed = false;
  for (let at = 0; ; at++) {
    const code = at < length ? tag.charCodeAt(at) : noMore;
    const digit = code - zero;
    if (digit >= 0 && digit <= 9) {
      zeroLed ||= value === 0 && at > start;
      value = value * 10 + digit;
    } else if (at === 0 && (code === lowerV || code === upperV)) {
      start = 1;
    } else if (
      at === start ||
      (code === dot ? dots === 2 : code !== dash && code !== noMore)
    ) {
      return unreadable;
    } else if (code === noMore && (zeroLed || dots < 2)) {
      return zeroLed ? leadingZero : partial;
    } else if (value >= limit) {
      return asked;
    } else if (code === dot) {
      if (dots === 0 && (value < leastMajor || value > mostMajor)) {
        return refused;
      }
      major = minor;
      minor = value;
      value = 0;
      dots++;
      start = at + 1;
    } else if (zeroLed || dots < 2) {
      return refused;
    } else {
      const order = (major * limit + minor) * limit + value;
      return code === dash ? firstPrerelease - order : order;
    }
  }
}

/**
 * @param found - what stands for a refusal if an image can have the tag
 * @returns what stands for the reason
 */
function nameRefusal(
  tag: string,
  found: number,
  ofPrereleases: ReleaseInterval[],
): number {
  if (!isImageTag(tag)) {
    return refused;
  }
  if (found > firstPrerelease) {
    return found;
  }
  if (!prereleasePattern.test(tag)) {
    return refused;
  }
  return isWithin(ofPrereleases, firstPrerelease - found)
    ? prerelease
    : outOfRange;
}

/** The first numbers that the releases have; `to` is one of them or the next. */
function majorsOf(intervals: readonly ReleaseInterval[]) {
  return {
    from: majorOf(Math.min(...intervals.map(({ from }) => from))),
    to: majorOf(Math.max(...intervals.map(({ below }) => below))),
  };
}

function majorOf(order: number): number {
  return Math.floor(order / limit / limit);
}

/** Hoisted: the constants above are made by it. */
function standsFor(why: (typeof scanRefusals)[number]): number {
  return refusal(scanRefusals.indexOf(why));
}

function isWithin(intervals: readonly ReleaseInterval[], order: number) {
  // Compiled into the loop above, so without an iterator: they are large.
  for (let index = 0; index < intervals.length; index++) {
    const { from, below } = intervals[index];
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
