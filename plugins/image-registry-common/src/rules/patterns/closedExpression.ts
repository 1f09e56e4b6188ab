/**
 * The expression with the end of a quotation that it leaves open: RE2 reads
 * `\\Qa.b` to its end, so nothing could be written behind it.
 */
export function closedExpression(expression: string): string {
  let at = 0;
  while (at < expression.length) {
    if (expression[at] !== '\\') {
      at++;
    } else if (expression[at + 1] !== 'Q') {
      at += 2;
    } else {
      const end = expression.indexOf('\\E', at + 2);
      if (end < 0) {
        return `${expression}\\E`;
      }
      at = end + 2;
    }
  }
  return expression;
}
