import { outlineOf } from './outline';

/**
 * The expression with the end of a quotation that it leaves open: RE2 reads
 * `\\Qa.b` to its end, so nothing could be written behind it.
 */
export function closedExpression(expression: string): string {
  return outlineOf(expression).quotesToEnd ? `${expression}\\E` : expression;
}
