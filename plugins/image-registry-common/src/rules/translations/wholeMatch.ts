import { closedExpression } from '../patterns/closedExpression';
import { outlineOf } from '../patterns/outline';

/**
 * The expression that matches a whole tag exactly where another one is found
 * somewhere in it. Groups hold the same text: the leftmost match is preferred
 * in both.
 */
export function wholeMatch(expression: string): string {
  const searched = closedExpression(expression);
  if (hasAlternatives(searched)) {
    return `.*?(?:${searched}).*`;
  }
  const fromStart = searched.startsWith('^');
  const toEnd = searched.endsWith('$') && !isEscaped(searched, -1);
  const inner = searched.slice(fromStart ? 1 : 0, toEnd ? -1 : searched.length);
  const before = fromStart || inner.startsWith('.*') ? '' : '.*?';
  const after = toEnd || takesTheRest(inner) ? '' : '.*';
  return before === '' && after === '' ? inner : wrap(before, inner, after);
}

/**
 * The expression that matches a whole tag exactly where another one matches
 * its beginning, as Python's `re.match` does.
 */
export function wholeMatchOfPrefix(expression: string): string {
  const prefix = closedExpression(expression);
  return wholeMatch(
    hasAlternatives(prefix)
      ? `^(?:${prefix})`
      : `^${prefix.replace(/^\^/, '')}`,
  );
}

/** Whether `.*` ends it, also as the end of groups without alternatives. */
function takesTheRest(inner: string): boolean {
  let end = inner.length;
  while (inner[end - 1] === ')') {
    end--;
  }
  const open = inner.includes('|') ? inner : inner.slice(0, end);
  return open.endsWith('.*') && !isEscaped(open, -2);
}

function wrap(before: string, inner: string, after: string): string {
  // Flags such as (?i) hold up to the end of their group.
  return inner.startsWith('(?') && !/^\(\?(?:P?<|:)/.test(inner)
    ? `${before}(?:${inner})${after}`
    : `${before}${inner}${after}`;
}

/** Whether a character, counted from the end by a negative index, is escaped. */
function isEscaped(expression: string, index: number): boolean {
  const at = expression.length + index;
  let before = at;
  while (expression[before - 1] === '\\') {
    before--;
  }
  return (at - before) % 2 === 1;
}

/** Whether a `|` stands outside of all groups and classes. */
function hasAlternatives(expression: string): boolean {
  let depth = 0;
  for (const { character } of outlineOf(expression).marks) {
    if (character === '|' && depth === 0) {
      return true;
    }
    if (character !== '|') {
      depth += character === '(' ? 1 : -1;
    }
  }
  return false;
}
