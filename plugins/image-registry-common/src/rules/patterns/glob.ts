import { InvalidRuleError } from '../InvalidRuleError';
import { ruleReasons } from '../reasons';

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
  const backwards = match && backwardsRange(match[1]);
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
