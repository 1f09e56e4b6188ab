import { Version, parseVersion } from './version';
import { Comparator } from './VersionRange';

/** `1.2.3-rc.1`, `1.2` or `1.x`, as a range names it; a part may be missing or `x`. */
export interface PartialVersion {
  major?: string;
  minor?: string;
  patch?: string;
  prerelease?: string;
}

/** Operators of ranges, in the spelling of npm. */
export type RangeOperator =
  | ''
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '~'
  | '^';

/** Lower than every prerelease: `2.0.0-0` as an upper bound shuts out 2.0.0-rc.1. */
export const lowestPrerelease = '0';

/**
 * The bounds that an operator and a partial version stand for, as npm's
 * documentation of ranges defines them.
 *
 * @param prereleases - lower bounds of partial versions then begin at the
 *   first prerelease
 */
export function boundsOf(
  operator: RangeOperator,
  partial: PartialVersion,
  prereleases: boolean,
): Comparator[] {
  const { major, minor, patch } = partial;
  if (major === undefined) {
    return operator === '<' || operator === '>' ? nothing() : [];
  }
  if (operator === '^' || operator === '~') {
    return [
      atLeast(partial, prereleases),
      below(operator === '^' ? nextBreaking(partial) : nextMinor(partial)),
    ];
  }
  if (minor !== undefined && patch !== undefined) {
    const bound = operator === '' || operator === '!=' ? '=' : operator;
    return [{ operator: bound, version: versionOf(partial) }];
  }
  switch (operator) {
    case '<':
      return [below(partial)];
    case '<=':
      return [below(nextMinor(partial))];
    case '>':
      return [atLeast(nextMinor(partial), prereleases)];
    case '>=':
      return [atLeast(partial, prereleases)];
    default:
      return [atLeast(partial, prereleases), below(nextMinor(partial))];
  }
}

/** The bounds of `from - to`, both included as far as they are written. */
export function hyphenBounds(
  from: PartialVersion,
  to: PartialVersion,
  prereleases: boolean,
): Comparator[] {
  const lower =
    from.major === undefined
      ? []
      : [
          atLeast(
            prereleases && from.prerelease === undefined
              ? { ...from, prerelease: lowestPrerelease }
              : from,
            prereleases,
          ),
        ];
  if (to.major === undefined) {
    return lower;
  }
  if (to.minor === undefined || to.patch === undefined) {
    return [...lower, below(nextMinor(to))];
  }
  if (prereleases && to.prerelease === undefined) {
    return [...lower, below({ ...to, patch: increment(to.patch) })];
  }
  return [...lower, { operator: '<=', version: versionOf(to) }];
}

function nothing(): Comparator[] {
  return [below({ major: '0' })];
}

function atLeast(partial: PartialVersion, prereleases: boolean): Comparator {
  const whole = partial.patch !== undefined;
  const version = versionOf(
    whole || !prereleases
      ? partial
      : { ...partial, prerelease: lowestPrerelease },
  );
  return { operator: '>=', version };
}

function below(partial: PartialVersion): Comparator {
  return {
    operator: '<',
    version: versionOf({ ...partial, prerelease: lowestPrerelease }),
  };
}

/** The version after all that `~` or a partial version includes. */
function nextMinor({ major = '0', minor }: PartialVersion): PartialVersion {
  return minor === undefined
    ? { major: increment(major) }
    : { major, minor: increment(minor) };
}

/** The version after all that `^` includes: the first number not 0 grows. */
function nextBreaking({
  major = '0',
  minor,
  patch,
}: PartialVersion): PartialVersion {
  if (major !== '0' || minor === undefined) {
    return { major: increment(major) };
  }
  if (minor !== '0' || patch === undefined) {
    return { major, minor: increment(minor) };
  }
  return { major, minor, patch: increment(patch) };
}

function increment(digits: string): string {
  return String(BigInt(digits) + BigInt(1));
}

function versionOf({
  major = '0',
  minor = '0',
  patch = '0',
  prerelease,
}: PartialVersion): Version {
  const release = `${major}.${minor}.${patch}`;
  const text = prerelease === undefined ? release : `${release}-${prerelease}`;
  const version = parseVersion(text);
  if (!version) {
    throw new Error(`Bound ${text} of a range is no version`);
  }
  return version;
}
