import { compareReleases, compareVersions, Version } from './version';

/** One bound that a version must keep. */
export interface Comparator {
  operator: '<' | '<=' | '>' | '>=' | '=';
  version: Version;
}

/** What stands between two `||`: everything must hold. */
export interface ComparatorSet {
  comparators: Comparator[];
  /** A version that keeps all bounds of one of these is excluded (`!=`). */
  excluded: Comparator[][];
}

/** How a version stands to a range. */
export type RangeVerdict = 'in-range' | 'out-of-range' | 'prerelease';

/**
 * Where a version stands. By npm's rule a prerelease is in a range only if
 * the range names a prerelease of the same three numbers.
 *
 * @param prereleases - true takes prereleases like any other version
 * @returns `prerelease` when nothing but that rule excludes it
 */
export function testRange(
  sets: readonly ComparatorSet[],
  version: Version,
  prereleases: boolean,
): RangeVerdict {
  let verdict: RangeVerdict = 'out-of-range';
  for (const set of sets) {
    if (
      keepsAll(set.comparators, version) &&
      !set.excluded.some(bounds => keepsAll(bounds, version))
    ) {
      if (
        version.prereleaseAt === 0 ||
        prereleases ||
        namesPrereleaseOf(set.comparators, version)
      ) {
        return 'in-range';
      }
      verdict = 'prerelease';
    }
  }
  return verdict;
}

function keepsAll(comparators: Comparator[], version: Version): boolean {
  for (const comparator of comparators) {
    if (!keeps(comparator, version)) {
      return false;
    }
  }
  return true;
}

function keeps(comparator: Comparator, version: Version): boolean {
  const order = compareVersions(version, comparator.version);
  switch (comparator.operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return order === 0;
  }
}

function namesPrereleaseOf(
  comparators: Comparator[],
  version: Version,
): boolean {
  return comparators.some(
    comparator =>
      comparator.version.prereleaseAt !== 0 &&
      compareReleases(comparator.version, version) === 0,
  );
}
