/** A character that shapes an expression, and does not stand for itself. */
export interface Mark {
  character: '(' | ')' | '|';
  at: number;
}

/** As in `[[:alpha:]_]`. */
const namedClass = /\[:\^?[a-z]+:\]/y;

export interface Outline {
  /** In their order; none of an escape, a class or a quotation. */
  marks: Mark[];
  /** Whether a `\Q` has no `\E`: RE2 quotes up to the end then. */
  quotesToEnd: boolean;
}

/**
 * The brackets and bars of an RE2 expression that mean something, whether or
 * not the expression is valid.
 */
export function outlineOf(expression: string): Outline {
  const marks: Mark[] = [];
  let at = 0;
  while (at < expression.length) {
    const character = expression[at];
    if (expression.startsWith('\\Q', at)) {
      const end = expression.indexOf('\\E', at + 2);
      if (end < 0) {
        return { marks, quotesToEnd: true };
      }
      at = end + 2;
    } else if (character === '\\') {
      at += 2;
    } else if (character === '[') {
      at = endOfClass(expression, at);
    } else {
      if (character === '(' || character === ')' || character === '|') {
        marks.push({ character, at });
      }
      at++;
    }
  }
  return { marks, quotesToEnd: false };
}

/** @param from - index of the bracket that opens it */
function endOfClass(expression: string, from: number): number {
  // A bracket that comes first closes nothing.
  let at = from + 1 + firstInClass(expression.slice(from + 1, from + 3));
  while (at < expression.length && expression[at] !== ']') {
    namedClass.lastIndex = at;
    if (namedClass.test(expression)) {
      at = namedClass.lastIndex;
    } else {
      at += expression[at] === '\\' ? 2 : 1;
    }
  }
  return at + 1;
}

function firstInClass(start: string): number {
  return /^\^?\]?/.exec(start)![0].length;
}
