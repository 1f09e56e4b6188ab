import { compareText } from '../candidateOrder';
import { ruleReasons } from '../reasons';
import {
  CalendarPart,
  CalendarToken,
  measureOf,
  parseCalendarFormat,
  tokenLimits,
} from './CalendarFormat';
import { compareDigits, endOfDigits, withoutLeadingZeros } from './digits';
import { compareNaturally } from './text';
import { TagOrder } from './TagOrder';

/** What a tag says in a calendar format, what weighs most first. */
export interface CalendarVersion {
  /** Digits without leading zeros; undefined where an optional end is missing. */
  readonly numbers: readonly (string | undefined)[];
  readonly modifier?: string;
}

const dateMeasures = ['year', 'month', 'week', 'day'];

/**
 * Calendar versions in one format. A later date is newer wherever its parts
 * stand; a missing number is lower than any, and a tag without a modifier is
 * newer than with one.
 *
 * @throws InvalidRuleError when the format cannot be read
 */
export function calendarOrder(format: string): TagOrder<CalendarVersion> {
  const parts = parseCalendarFormat(format);
  const weights = placesByWeight(parts);
  const read = (text: string) => readCalendarVersion(parts, weights, text);
  const differs = ruleReasons.calendarDiffers(format);
  return {
    description: `the latest version by ${format}`,
    accepted: ruleReasons.calendarMatches(format),
    read,
    whyNot: () => differs,
    measure: read,
    compare: compareCalendarVersions,
  };
}

/** For the numbers in the order of writing: their place among the compared. */
function placesByWeight(parts: CalendarPart[]): number[] {
  const measures = parts.flatMap(part =>
    part.kind === 'token' && part.token !== 'MODIFIER'
      ? [measureOf(part.token)]
      : [],
  );
  const firstOfDate = measures.findIndex(one => dateMeasures.includes(one));
  const weightOf = (measure: string, index: number): [number, number] =>
    dateMeasures.includes(measure)
      ? [firstOfDate, dateMeasures.indexOf(measure)]
      : [index, 0];
  const byWeight = measures
    .map((measure, index) => ({ index, weight: weightOf(measure, index) }))
    .sort((a, b) => a.weight[0] - b.weight[0] || a.weight[1] - b.weight[1]);
  const places: number[] = [];
  byWeight.forEach(({ index }, place) => {
    places[index] = place;
  });
  return places;
}

function readCalendarVersion(
  parts: CalendarPart[],
  places: number[],
  text: string,
): CalendarVersion | undefined {
  const numbers: (string | undefined)[] = new Array(places.length).fill(
    undefined,
  );
  let modifier: string | undefined;
  let at = 0;
  let read = 0;
  for (const part of parts) {
    if (part.kind === 'optional') {
      if (at === text.length) {
        return { numbers };
      }
    } else if (part.kind === 'literal') {
      if (!text.startsWith(part.text, at)) {
        return undefined;
      }
      at += part.text.length;
    } else if (part.token === 'MODIFIER') {
      if (!/^[0-9A-Za-z._-]+$/.test(text.slice(at))) {
        return undefined;
      }
      modifier = text.slice(at);
      at = text.length;
    } else {
      const digits = readToken(part.token, text, at);
      if (digits === undefined) {
        return undefined;
      }
      numbers[places[read]] = withoutLeadingZeros(digits);
      read++;
      at += digits.length;
    }
  }
  return at === text.length ? { numbers, modifier } : undefined;
}

function readToken(
  token: Exclude<CalendarToken, 'MODIFIER'>,
  text: string,
  from: number,
): string | undefined {
  const { least, most, from: lowest, to: highest } = tokenLimits[token];
  const digits = text.slice(
    from,
    Math.min(endOfDigits(text, from), from + most),
  );
  const padded = token.startsWith('0') || token === 'YYYY';
  const written = Number(digits);
  return digits.length >= least &&
    written >= lowest &&
    written <= highest &&
    (padded || most === Infinity || digits === '0' || digits[0] !== '0')
    ? digits
    : undefined;
}

function compareCalendarVersions(
  a: CalendarVersion,
  b: CalendarVersion,
): number {
  for (let place = 0; place < a.numbers.length; place++) {
    const order = compareOptional(a.numbers[place], b.numbers[place]);
    if (order !== 0) {
      return order;
    }
  }
  if (a.modifier === undefined || b.modifier === undefined) {
    return (
      (a.modifier === undefined ? 1 : 0) - (b.modifier === undefined ? 1 : 0)
    );
  }
  return (
    compareNaturally(a.modifier, b.modifier) ||
    compareText(a.modifier, b.modifier)
  );
}

function compareOptional(a: string | undefined, b: string | undefined): number {
  return compareDigits(a ?? '', b ?? '');
}
