import { compareText } from '../candidateOrder';
import { ruleReasons } from '../reasons';
import {
  compareDigits,
  endOfDigits,
  exactDigits,
  withoutLeadingZeros,
} from './digits';
import { TagOrder } from './TagOrder';

const dot = 46;

/** A number as its digits: no float, whatever its length. */
export interface DecimalNumber {
  /** Without leading zeros. */
  readonly integer: string;
  /** Without trailing zeros; empty for a whole number. */
  readonly fraction: string;
}

/** Reads `20260102030405678` or `1.50`; no sign, no exponent. */
export function readNumber(text: string): DecimalNumber | undefined {
  const end = endOfDigits(text, 0);
  if (end === 0) {
    return undefined;
  }
  const integer = withoutLeadingZeros(text.slice(0, end));
  if (end === text.length) {
    return { integer, fraction: '' };
  }
  if (
    text.charCodeAt(end) !== dot ||
    end + 1 === text.length ||
    endOfDigits(text, end + 1) !== text.length
  ) {
    return undefined;
  }
  return { integer, fraction: text.slice(end + 1).replace(/0+$/, '') };
}

/** Order by value, digit by digit. */
export function compareNumbers(a: DecimalNumber, b: DecimalNumber): number {
  return (
    compareDigits(a.integer, b.integer) || compareText(a.fraction, b.fraction)
  );
}

/** Numbers by their value. */
export const numericOrder: TagOrder<DecimalNumber> = {
  description: 'the highest number',
  accepted: ruleReasons.numberRead(),
  read: readNumber,
  whyNot: () => ruleReasons.numberUnreadable(),
  measure: readNumber,
  compare: compareNumbers,
  numberOf: ({ integer, fraction }) =>
    fraction === '' && integer.length <= exactDigits
      ? Number(integer)
      : undefined,
};
