import { compareText } from '../candidateOrder';

const zero = 48;
const nine = 57;

/** Most digits of which every number is exact in a float. */
export const exactDigits = 15;

/** Whether a code unit is one of `0` to `9`. */
export function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}

/** Where the digits end that begin at an index. */
export function endOfDigits(text: string, from: number): number {
  let at = from;
  while (at < text.length && isDigit(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

/** Digits without the zeros before them; the last digit stays. */
export function withoutLeadingZeros(digits: string): string {
  let at = 0;
  while (at < digits.length - 1 && digits.charCodeAt(at) === zero) {
    at++;
  }
  return at === 0 ? digits : digits.slice(at);
}

/** Order of digits without leading zeros by their value, of any length. */
export function compareDigits(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}
