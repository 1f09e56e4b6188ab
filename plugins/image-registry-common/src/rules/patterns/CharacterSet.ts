/** A set of ASCII characters, one bit each: tags have no others. */
export type CharacterSet = bigint;

const size = 128;

export const noCharacter: CharacterSet = BigInt(0);
const one = BigInt(1);
const every: CharacterSet = (one << BigInt(size)) - one;

/** Characters from one code to another, both included. */
export function range(from: number, to: number): CharacterSet {
  return ((one << BigInt(to - from + 1)) - one) << BigInt(from);
}

export function single(code: number): CharacterSet {
  return range(code, code);
}

export function complement(set: CharacterSet): CharacterSet {
  return every & ~set;
}

export function overlap(a: CharacterSet, b: CharacterSet): boolean {
  return (a & b) !== noCharacter;
}

const digits = range(48, 57);
const upper = range(65, 90);
const lower = range(97, 122);
const caseDistance = BigInt(32);

/** RE2's classes, which are ASCII only. */
export const namedSets: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: complement(digits),
  w: digits | upper | lower | single(95),
  W: complement(digits | upper | lower | single(95)),
};

/** What RE2's dot stands for. */
export const notNewline: CharacterSet = complement(single(10));

/** The set with the other case of each letter. */
export function ignoringCase(set: CharacterSet): CharacterSet {
  return (
    set | ((set & upper) << caseDistance) | ((set & lower) >> caseDistance)
  );
}

/** Preferred in examples, before all others. */
const plainCharacters = '01ax.-_bcdefghijklmnopqrstuvwyz23456789';

/** One character of a set, empty when it has none that tags have. */
export function characterOf(set: CharacterSet): string {
  const characters = [...plainCharacters, ...plainCharacters.toUpperCase()];
  return (
    characters.find(character =>
      overlap(set, single(character.charCodeAt(0))),
    ) ?? ''
  );
}

/** The set as a class of a native expression. */
export function sourceOf(set: CharacterSet): string {
  let source = '';
  for (let code = 0; code < size; code++) {
    if (overlap(set, single(code))) {
      let last = code;
      while (last + 1 < size && overlap(set, single(last + 1))) {
        last++;
      }
      source += last === code ? hex(code) : `${hex(code)}-${hex(last)}`;
      code = last;
    }
  }
  return `[${source}]`;
}

function hex(code: number): string {
  return `\\x${code.toString(16).padStart(2, '0')}`;
}
