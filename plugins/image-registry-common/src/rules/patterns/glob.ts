import { InvalidRuleError } from '../InvalidRuleError';
import { ruleReasons } from '../reasons';
import { compilePattern } from './compilePattern';

/**
 * Makes a glob ready to be matched against whole tags, in linear time.
 *
 * @param path - of the field, for the error
 * @throws InvalidRuleError with the place that is wrong
 */
export function compileGlob(
  glob: string,
  path: string,
): (tag: string) => boolean {
  const expression = expressionOfGlob(glob, path);
  if (/[?[]/.test(glob)) {
    const pattern = compilePattern(expression, path);
    return tag => pattern.test(tag);
  }
  const [start, ...others] = glob.split('*');
  const end = others.pop();
  return end === undefined
    ? tag => tag === glob
    : tag => holdsInOrder(tag, start, others, end);
}

/** Whether texts stand in a tag one after the other, the outer two at its ends. */
function holdsInOrder(
  tag: string,
  start: string,
  between: readonly string[],
  end: string,
): boolean {
  if (!tag.startsWith(start)) {
    return false;
  }
  let at = start.length;
  for (const text of between) {
    const found = tag.indexOf(text, at);
    if (found < 0) {
      return false;
    }
    at = found + text.length;
  }
  return at + end.length <= tag.length && tag.endsWith(end);
}

/**
 * The RE2 expression of a glob: `*` stands for any characters, `?` for one,
 * `[a-f]` for one of a class, `[!a-f]` or `[^a-f]` for one that is not. Tags
 * hold none of these characters themselves.
 *
 * @param path - of the field, for the error
 * @throws InvalidRuleError with the place that is wrong
 */
export function expressionOfGlob(glob: string, path: string): string {
  let expression = '';
  let at = 0;
  while (at < glob.length) {
    const character = glob[at];
    if (character === '*') {
      expression += '.*';
    } else if (character === '?') {
      expression += '.';
    } else if (character === '[') {
      const end = endOfClass(glob, at, path);
      expression += classOf(glob.slice(at + 1, end));
      at = end;
    } else if (/[A-Za-z0-9_-]/.test(character)) {
      expression += character;
    } else if (character === '.') {
      expression += '\\.';
    } else {
      throw new InvalidRuleError(
        path,
        ruleReasons.invalidPattern(
          `"${character}" cannot occur in a tag and stands for nothing in a glob`,
        ),
        { position: at, length: character.length },
      );
    }
    at++;
  }
  return expression;
}

function endOfClass(glob: string, from: number, path: string): number {
  const match = /^\[[!^]?([A-Za-z0-9._-]+)\]/.exec(glob.slice(from));
  const backwards = match ? backwardsRange(match[1]) : undefined;
  if (!match || backwards !== undefined) {
    throw new InvalidRuleError(
      path,
      ruleReasons.invalidPattern(
        backwards === undefined
          ? 'a class such as [a-f] is expected here'
          : `${backwards} ends before it begins`,
      ),
      { position: from, length: match?.[0].length ?? glob.length - from },
    );
  }
  return from + match[0].length - 1;
}

function backwardsRange(characters: string): string | undefined {
  const ranges = characters.match(/.-./g) ?? [];
  return ranges.find(range => range[0] > range[2]);
}

function classOf(characters: string): string {
  const negated = /^[!^]/.test(characters);
  const plain = negated ? characters.slice(1) : characters;
  // A dash at either end stands for itself in both syntaxes.
  return `[${negated ? '^' : ''}${plain}]`;
}
