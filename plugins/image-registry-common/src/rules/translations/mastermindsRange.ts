import { Reason } from '../../reason';
import { notes } from './notes';

/** A range of Go's Masterminds/semver, in our spelling. */
export interface TranslatedRange {
  range: string;
  /** Masterminds takes prereleases as soon as the range names one. */
  prereleases?: true;
  notes: Reason[];
}

/** What looks like a prerelease: a dash right behind a number or an `x`. */
const prerelease = /(?<=[0-9xX*])-[0-9A-Za-z][0-9A-Za-z.-]*/;
/** The same behind one or two numbers, or behind a placeholder. */
const prereleaseOfPartial =
  /((?:^|[\s,|=<>~^!vV])(?:[0-9]+|[xX*])(?:\.(?:[0-9]+|[xX*]))?(?:\.[xX*])?)-[0-9A-Za-z][0-9A-Za-z.-]*/g;

/** Fewer than three numbers. */
const partial =
  /(?<![0-9A-Za-z.+-])[vV]?[0-9]+(?:\.[0-9]+)?(?:\.[xX*]){0,2}(?![0-9A-Za-z.+*-])/;

/** Says a range of Masterminds/semver v3 in npm's syntax. */
export function translateMastermindsRange(range: string): TranslatedRange {
  const text = range.trim() === '' ? '*' : range.trim();
  if (!prerelease.test(text)) {
    return { range: text, notes: [] };
  }
  return {
    range: text.replace(prereleaseOfPartial, '$1'),
    prereleases: true,
    notes: [
      ...(partial.test(text) ? [notes.prereleaseBound()] : []),
      ...(text.split('||').every(set => prerelease.test(set))
        ? []
        : [notes.prereleaseAlternatives()]),
    ],
  };
}
