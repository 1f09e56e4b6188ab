import { RE2JS, RE2JSSyntaxException } from 're2js';
import { InvalidRuleError, TextSpan } from '../InvalidRuleError';
import { ruleReasons } from '../reasons';
import { closedExpression } from './closedExpression';
import {
  isDeterministic,
  nativeSource,
  repeatsGroup,
  sizeOf,
} from './Expression';
import { outlineOf } from './outline';
import { readExpression } from './readExpression';
import { TagPattern } from './TagPattern';

/** Characters of an expression, counts written out, up to which it is native. */
const mostNative = 1000;

/**
 * Makes an RE2 expression ready to be matched against whole tags. Expressions
 * in which the next character always tells the way are left to the native
 * engine, which then needs linear time like RE2 and a fraction of it.
 *
 * @param path - of the field that holds it, for the error
 * @throws InvalidRuleError with the place that is wrong
 */
export function compilePattern(pattern: string, path: string): TagPattern {
  return nativePattern(pattern) ?? re2Pattern(pattern, path);
}

/** Undefined when the native engine might need more than linear time. */
export function nativePattern(pattern: string): TagPattern | undefined {
  const read = readExpression(pattern);
  if (
    !read ||
    sizeOf(read.expression) > mostNative ||
    repeatsGroup(read.expression) ||
    !isDeterministic(read.expression)
  ) {
    return undefined;
  }
  const native = new RegExp(`^(?:${nativeSource(read.expression)})$`);
  return {
    groups: read.groups,
    test: tag => native.test(tag),
    capture: tag => native.exec(tag) ?? undefined,
  };
}

/** Any expression that RE2 knows. */
export function re2Pattern(pattern: string, path: string): TagPattern {
  const expression = compileExpression(pattern, path);
  // Anchored by itself, RE2 often needs one state at a time for the groups.
  const anchored = RE2JS.compile(`^(?:${closedExpression(pattern)})$`);
  const count = expression.groupCount();
  return {
    // re2js 2.8.6 forgets the names in (?:a{2}(?P<name>b))?, but not here.
    groups: groupNames(anchored),
    test: tag => expression.testExact(tag),
    capture: tag => {
      if (!expression.testExact(tag)) {
        return undefined;
      }
      const matcher = anchored.matcher(tag);
      return matcher.matches()
        ? Array.from(
            { length: count + 1 },
            (_, group) => matcher.group(group) ?? undefined,
          )
        : undefined;
    },
  };
}

function groupNames(expression: RE2JS): (string | undefined)[] {
  const names: (string | undefined)[] = new Array(expression.groupCount()).fill(
    undefined,
  );
  for (const [name, group] of Object.entries(expression.namedGroups())) {
    names[group - 1] = name;
  }
  return names;
}

function compileExpression(pattern: string, path: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) {
      const part = error.getPattern() ?? '';
      const problem = error.getDescription();
      throw new InvalidRuleError(
        path,
        ruleReasons.invalidPattern(
          part === '' || part === pattern ? problem : `${problem}: ${part}`,
        ),
        placeOf(pattern, part, problem),
      );
    }
    throw error;
  }
}

/** RE2 names the part that is wrong but not its place. */
function placeOf(pattern: string, part: string, problem: string): TextSpan {
  const parenthesis = unbalancedParenthesis(pattern);
  if (part === pattern && parenthesis !== undefined) {
    return { position: parenthesis, length: 1 };
  }
  if (part !== '') {
    return {
      position: Math.max(pattern.indexOf(part), 0),
      length: part.length,
    };
  }
  return problem.includes('end of expression')
    ? { position: pattern.length - 1, length: 1 }
    : { position: 0, length: pattern.length };
}

function unbalancedParenthesis(pattern: string): number | undefined {
  const open: number[] = [];
  for (const { character, at } of outlineOf(pattern).marks) {
    if (character === '(') {
      open.push(at);
    } else if (character === ')' && open.pop() === undefined) {
      return at;
    }
  }
  return open.pop();
}
