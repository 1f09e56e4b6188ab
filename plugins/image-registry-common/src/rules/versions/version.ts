import { compareText } from '../candidateOrder';
import { compareDigits, exactDigits } from '../orders/digits';
import { compareNaturally } from '../orders/text';

/** A semantic version, read from a tag or made for a bound of a range. */
export interface Version {
  /** As written; the exact digits are read from it when `long`. */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** A number has more digits than a float holds exactly. */
  readonly long: boolean;
  /** Index in `text` where the prerelease begins; 0: there is none. */
  readonly prereleaseAt: number;
  /** Index in `text` where the version ends and build metadata may follow. */
  readonly end: number;
}

/** Spellings that are read although semver.org does not know them. */
export interface VersionSpelling {
  /** Takes missing numbers for zero: `1.2` for 1.2.0. */
  partial?: boolean;
  /** Takes `1.2.3_5` for 1.2.3+5: a tag cannot hold the `+`. */
  build?: boolean;
}

const dot = 46;
const dash = 45;
const zero = 48;
const nine = 57;
const upperV = 86;
const lowerV = 118;

const strict: VersionSpelling = {};

/**
 * Reads `1.2.3` or `1.2.3-rc.1`, with or without a leading `v`, numbers of
 * any length. One pass without a regular expression: it runs on every tag.
 *
 * @returns undefined when the text is no version
 */
export function parseVersion(
  text: string,
  spelling: VersionSpelling = strict,
): Version | undefined {
  const { length } = text;
  const first = text.charCodeAt(0);
  let at = first === lowerV || first === upperV ? 1 : 0;
  let major = 0;
  let minor = 0;
  let patch = 0;
  let long = false;
  let parts = 0;
  for (;;) {
    const start = at;
    let value = 0;
    for (; at < length; at++) {
      const digit = text.charCodeAt(at) - zero;
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    const digits = at - start;
    if (digits === 0 || (digits > 1 && text.charCodeAt(start) === zero)) {
      return undefined;
    }
    long ||= digits > exactDigits;
    parts++;
    if (parts === 1) {
      major = value;
    } else if (parts === 2) {
      minor = value;
    } else {
      patch = value;
      break;
    }
    if (at === length || text.charCodeAt(at) !== dot) {
      break;
    }
    at++;
  }
  if (parts < 3 && !spelling.partial) {
    return undefined;
  }
  if (at === length) {
    return { text, major, minor, patch, long, prereleaseAt: 0, end: length };
  }
  const end = endOfVersion(text, spelling);
  const prereleaseAt = at < end ? at + 1 : 0;
  return end >= at &&
    (prereleaseAt === 0 || isPrerelease(text, at, end)) &&
    (end === length || isBuild(text, end + 1))
    ? { text, major, minor, patch, long, prereleaseAt, end }
    : undefined;
}

/** Where build metadata begins, if it may be there; else the end. */
function endOfVersion(text: string, { build }: VersionSpelling): number {
  const at = build ? text.indexOf('_') : -1;
  return at < 0 ? text.length : at;
}

/** Whether a text begins like a version: most that are none don't. */
export function mayBeVersion(text: string): boolean {
  const first = text.charCodeAt(0);
  return first <= nine || first === lowerV || first === upperV;
}

/** Why {@link parseVersion} read no version; for the explanation only. */
export function whyNoVersion(
  text: string,
): 'unreadable' | 'partial' | 'leading-zero' {
  if (/^[vV]?[0-9]+(?:\.[0-9]+){0,2}(?:-[0-9A-Za-z.-]+)?$/.test(text)) {
    if (/^[vV]?(?:[0-9]+\.)*0[0-9]/.test(text)) {
      return 'leading-zero';
    }
    if (parseVersion(text, { partial: true })) {
      return 'partial';
    }
  }
  return 'unreadable';
}

/**
 * Order of versions by semver.org's rule 11: numbers as numbers, a
 * prerelease before its release, build metadata ignored.
 */
export function compareVersions(a: Version, b: Version): number {
  const release = compareReleases(a, b);
  if (release !== 0) {
    return release;
  }
  if (a.prereleaseAt === 0 || b.prereleaseAt === 0) {
    return (a.prereleaseAt === 0 ? 1 : 0) - (b.prereleaseAt === 0 ? 1 : 0);
  }
  return comparePrereleases(a, b);
}

/** Order of the three numbers alone. */
export function compareReleases(a: Version, b: Version): number {
  if (a.long || b.long) {
    return compareLongReleases(a, b);
  }
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

const packedBits = 17;
/** Below it, each of the three numbers has a place in {@link orderOfRelease}. */
export const packedLimit = 2 ** packedBits;

/**
 * A number in the order of the three numbers, prereleases aside.
 * @returns undefined when they are too large for one exact float
 */
export function orderOfRelease(version: Version): number | undefined {
  const { major, minor, patch } = version;
  return major < packedLimit && minor < packedLimit && patch < packedLimit
    ? (major * packedLimit + minor) * packedLimit + patch
    : undefined;
}

/** Whether the spelling without `v` stands before the other. */
export function preferPlain(a: string, b: string): number {
  return (a.charCodeAt(0) <= nine ? 1 : 0) - (b.charCodeAt(0) <= nine ? 1 : 0);
}

/**
 * Of several spellings of one version the newest is, in this order: the one
 * without `v`, the one with all three numbers, the one with the later build,
 * the greater by code units.
 */
export function compareSpellings(a: Version, b: Version): number {
  return (
    preferPlain(a.text, b.text) ||
    a.end - b.end ||
    compareNaturally(a.text.slice(a.end), b.text.slice(b.end)) ||
    compareText(a.text, b.text)
  );
}

function compareLongReleases(a: Version, b: Version): number {
  const numbersA = releaseDigits(a);
  const numbersB = releaseDigits(b);
  for (let part = 0; part < 3; part++) {
    const order = compareDigits(numbersA[part] ?? '0', numbersB[part] ?? '0');
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

function releaseDigits({ text, prereleaseAt, end }: Version): string[] {
  const start = text.charCodeAt(0) > nine ? 1 : 0;
  return text
    .slice(start, prereleaseAt === 0 ? end : prereleaseAt - 1)
    .split('.');
}

function comparePrereleases(a: Version, b: Version): number {
  const partsA = a.text.slice(a.prereleaseAt, a.end).split('.');
  const partsB = b.text.slice(b.prereleaseAt, b.end).split('.');
  const shared = Math.min(partsA.length, partsB.length);
  for (let part = 0; part < shared; part++) {
    const order = compareIdentifiers(partsA[part], partsB[part]);
    if (order !== 0) {
      return order;
    }
  }
  return partsA.length - partsB.length;
}

/** Numbers come before words. */
function compareIdentifiers(a: string, b: string): number {
  const numberA = isNumber(a);
  const numberB = isNumber(b);
  if (numberA && numberB) {
    return compareDigits(a, b);
  }
  if (numberA !== numberB) {
    return numberA ? -1 : 1;
  }
  return compareText(a, b);
}

function isNumber(identifier: string): boolean {
  return /^[0-9]+$/.test(identifier);
}

/** Whether a dash and identifiers joined by dots fill a part of the text. */
function isPrerelease(text: string, from: number, end: number): boolean {
  if (text.charCodeAt(from) !== dash) {
    return false;
  }
  let start = from + 1;
  let onlyDigits = true;
  for (let at = start; at <= end; at++) {
    const code = at === end ? dot : text.charCodeAt(at);
    if (code === dot) {
      const length = at - start;
      if (
        length === 0 ||
        (onlyDigits && length > 1 && text.charCodeAt(start) === zero)
      ) {
        return false;
      }
      start = at + 1;
      onlyDigits = true;
    } else if (code < zero || code > nine) {
      if (!isLetterOrDash(code)) {
        return false;
      }
      onlyDigits = false;
    }
  }
  return true;
}

/** Whether the rest is build metadata as semver.org has it. */
function isBuild(text: string, from: number): boolean {
  return /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/.test(text.slice(from));
}

function isLetterOrDash(code: number): boolean {
  return (
    code === dash || (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
  );
}
