import { InvalidRuleError } from '../InvalidRuleError';
import { ruleReasons } from '../reasons';
import type { TagKey } from '../tagRule';
import { compilePattern } from './compilePattern';
import { TagPattern } from './TagPattern';

/** Text as it is, or the number of a group. */
type TemplatePart = string | number;

/** Takes the part out of a tag that a rule compares. */
export interface TagKeyReader {
  /** Undefined when the expression does not match; may be empty. */
  read(tag: string): string | undefined;
}

/**
 * Makes a key ready for use.
 * @throws InvalidRuleError when the expression or the template cannot be read
 */
export function compileKey({ pattern, template }: TagKey): TagKeyReader {
  const compiled = compilePattern(pattern, 'key.pattern');
  const parts =
    template === undefined
      ? [groupOfKey(compiled, pattern)]
      : parseTemplate(template, compiled);
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'number') {
    return {
      read: tag => {
        const groups = compiled.capture(tag);
        return groups && (groups[only] ?? '');
      },
    };
  }
  return {
    read: tag => {
      const groups = compiled.capture(tag);
      return (
        groups &&
        parts
          .map(part => (typeof part === 'string' ? part : groups[part] ?? ''))
          .join('')
      );
    },
  };
}

function groupOfKey({ groups }: TagPattern, pattern: string): number {
  const named = groups.indexOf('key');
  if (named >= 0) {
    return named + 1;
  }
  if (groups.length === 1) {
    return 1;
  }
  throw new InvalidRuleError(
    'key.pattern',
    ruleReasons.invalidKey(
      groups.length === 0
        ? 'it has no group in parentheses that says what to compare'
        : 'of several groups one must be named key, or a template must say how to use them',
    ),
    { position: 0, length: pattern.length },
  );
}

/** Go's spelling: `$name` takes as many letters, digits and `_` as follow. */
function parseTemplate(
  template: string,
  { groups }: TagPattern,
): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < template.length) {
    const rest = template.slice(at);
    const literal = /^[^$]+|^\$\$/.exec(rest)?.[0];
    if (literal !== undefined) {
      parts.push(literal === '$$' ? '$' : literal);
      at += literal.length;
    } else {
      const written = /^\$(?:\{(\w+)\}|(\w+))/.exec(rest);
      if (!written) {
        throw invalidTemplate('the name of a group is expected behind $', {
          position: at,
          length: 1,
        });
      }
      const name = written[1] ?? written[2];
      const group = numberOfGroup(name, groups);
      if (group === undefined) {
        throw invalidTemplate(`the expression has no group ${name}`, {
          position: at,
          length: written[0].length,
        });
      }
      parts.push(group);
      at += written[0].length;
    }
  }
  return parts;
}

/** By its number, 0 for the whole tag, or by its name. */
function numberOfGroup(
  name: string,
  groups: TagPattern['groups'],
): number | undefined {
  if (/^\d+$/.test(name)) {
    return Number(name) <= groups.length ? Number(name) : undefined;
  }
  const index = groups.indexOf(name);
  return index < 0 ? undefined : index + 1;
}

function invalidTemplate(
  problem: string,
  span: { position: number; length: number },
): InvalidRuleError {
  return new InvalidRuleError(
    'key.template',
    ruleReasons.invalidKey(problem),
    span,
  );
}
