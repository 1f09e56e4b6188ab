import { compareText } from '../candidateOrder';
import { ruleReasons } from '../reasons';
import {
  compareDigits,
  endOfDigits,
  isDigit,
  withoutLeadingZeros,
} from './digits';
import { TagOrder } from './TagOrder';

/**
 * Order of texts whose numbers count as numbers: `b-9` before `b-10`. Zeros
 * before a number don't count, so `b-01` equals `b-1`.
 */
export function compareNaturally(a: string, b: string): number {
  let atA = 0;
  let atB = 0;
  while (atA < a.length && atB < b.length) {
    const codeA = a.charCodeAt(atA);
    const codeB = b.charCodeAt(atB);
    if (isDigit(codeA) && isDigit(codeB)) {
      const endA = endOfDigits(a, atA);
      const endB = endOfDigits(b, atB);
      const order = compareDigits(
        withoutLeadingZeros(a.slice(atA, endA)),
        withoutLeadingZeros(b.slice(atB, endB)),
      );
      if (order !== 0) {
        return order;
      }
      atA = endA;
      atB = endB;
    } else {
      if (codeA !== codeB) {
        return codeA - codeB;
      }
      atA++;
      atB++;
    }
  }
  return a.length - atA - (b.length - atB);
}

function textOrder(
  description: string,
  compare: TagOrder<string>['compare'],
): TagOrder<string> {
  const read = (text: string) => (text === '' ? undefined : text);
  return {
    description,
    accepted: ruleReasons.textOrdered(),
    read,
    whyNot: () => ruleReasons.keyEmpty(),
    measure: read,
    compare,
  };
}

/** Texts by the numbers in them. */
export const naturalOrder = textOrder(
  'the last tag in natural order',
  compareNaturally,
);

/** Texts by code units. */
export const alphabeticalOrder = textOrder(
  'the last tag in alphabetical order',
  compareText,
);
