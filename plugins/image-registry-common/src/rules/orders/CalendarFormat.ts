import { InvalidRuleError } from '../InvalidRuleError';
import { ruleReasons } from '../reasons';

/** The parts of a format that stand for something, as calver.org names them. */
export const calendarTokens = [
  'YYYY',
  'YY',
  '0Y',
  'MM',
  '0M',
  'WW',
  '0W',
  'DD',
  '0D',
  'MAJOR',
  'MINOR',
  'MICRO',
  'MODIFIER',
] as const;

/** {@inheritDoc calendarTokens} */
export type CalendarToken = (typeof calendarTokens)[number];

/** A part of a format, in the order of writing. */
export type CalendarPart =
  | { kind: 'literal'; text: string }
  | { kind: 'token'; token: CalendarToken }
  /** What follows may be missing. */
  | { kind: 'optional' };

/** Digits that a token has at least and at most, and its greatest value. */
export const tokenLimits: Readonly<
  Record<
    Exclude<CalendarToken, 'MODIFIER'>,
    { least: number; most: number; from: number; to: number }
  >
> = {
  YYYY: { least: 4, most: 4, from: 0, to: Infinity },
  YY: { least: 1, most: 3, from: 0, to: Infinity },
  '0Y': { least: 2, most: 2, from: 0, to: Infinity },
  MM: { least: 1, most: 2, from: 1, to: 12 },
  '0M': { least: 2, most: 2, from: 1, to: 12 },
  WW: { least: 1, most: 2, from: 1, to: 53 },
  '0W': { least: 2, most: 2, from: 1, to: 53 },
  DD: { least: 1, most: 2, from: 1, to: 31 },
  '0D': { least: 2, most: 2, from: 1, to: 31 },
  MAJOR: { least: 1, most: Infinity, from: 0, to: Infinity },
  MINOR: { least: 1, most: Infinity, from: 0, to: Infinity },
  MICRO: { least: 1, most: Infinity, from: 0, to: Infinity },
};

/** What a token measures; a format may hold each measure once. */
export function measureOf(token: CalendarToken): string {
  switch (token) {
    case 'YYYY':
    case 'YY':
    case '0Y':
      return 'year';
    case 'MM':
    case '0M':
      return 'month';
    case 'WW':
    case '0W':
      return 'week';
    case 'DD':
    case '0D':
      return 'day';
    default:
      return token;
  }
}

/**
 * Reads a format such as `YYYY.0M.MICRO` or `YYYY0M0D[-MODIFIER]`.
 * @throws InvalidRuleError with the place that is wrong
 */
export function parseCalendarFormat(format: string): CalendarPart[] {
  const parts: CalendarPart[] = [];
  const measures = new Set<string>();
  let open = 0;
  /** The token that ends here. */
  let before: CalendarToken | undefined;
  let at = 0;
  while (at < format.length) {
    const rest = format.slice(at);
    const token = calendarTokens.find(known => rest.startsWith(known));
    if (/^\]+$/.test(rest) && rest.length === open) {
      open = 0;
      break;
    }
    if (before === 'MODIFIER') {
      throw invalid('nothing may follow MODIFIER', at, format.length - at);
    }
    if (token) {
      if (measures.has(measureOf(token))) {
        throw invalid(`${token} repeats what was there`, at, token.length);
      }
      refuseRunningOn(before, token, at);
      measures.add(measureOf(token));
      parts.push({ kind: 'token', token });
      before = token;
      at += token.length;
    } else {
      const [character] = rest;
      if (character === '[') {
        open++;
        parts.push({ kind: 'optional' });
      } else if (/[0-9A-Za-z._-]/.test(character)) {
        if (/[0-9]/.test(character)) {
          refuseRunningOn(before, character, at);
        }
        addLiteral(parts, character);
        before = undefined;
      } else {
        throw invalid(
          character === ']'
            ? '"]" may only stand at the end'
            : `"${character}" cannot occur in a tag`,
          at,
        );
      }
      at++;
    }
  }
  if (open > 0) {
    throw invalid('"[" is not closed', format.lastIndexOf('['));
  }
  if (measures.size === 0) {
    throw invalid(
      'it names no part of a date and no number, such as YYYY or MICRO',
      0,
      format.length,
    );
  }
  return parts;
}

function addLiteral(parts: CalendarPart[], character: string): void {
  const last = parts[parts.length - 1];
  if (last?.kind === 'literal') {
    last.text += character;
  } else {
    parts.push({ kind: 'literal', text: character });
  }
}

/** Two tokens side by side can only be told apart when the first is fixed. */
function refuseRunningOn(
  before: CalendarToken | undefined,
  next: string,
  at: number,
): void {
  if (
    before !== undefined &&
    (next === 'MODIFIER' || (before !== 'MODIFIER' && isVariable(before)))
  ) {
    throw invalid(
      `nobody can tell where ${before} ends and ${next} begins; put something between them`,
      at,
      next.length,
    );
  }
}

function isVariable(token: Exclude<CalendarToken, 'MODIFIER'>): boolean {
  return tokenLimits[token].least !== tokenLimits[token].most;
}

function invalid(problem: string, position: number, length = 1) {
  return new InvalidRuleError('format', ruleReasons.invalidFormat(problem), {
    position,
    length,
  });
}
