import { because } from '@slipway/backstage-plugin-image-registry-node';
import { z } from 'zod';
import { FieldProblem, invalidInput, unknownField } from './invalidInput';
import { holdsNullCharacter } from './nullCharacters';

function describePath(path: PropertyKey[]): string {
  return path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/**
 * Checks an input against its schema.
 *
 * @param what - what is checked, for the sentence: `body` or `query`
 * @throws InputError naming each wrong field; never with the value given,
 * which may be a secret
 */
export function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
  what: 'body' | 'query' = 'body',
): z.infer<T> {
  const result = schema.safeParse(value ?? {});
  if (result.success && holdsNullCharacter(result.data)) {
    const reason = because(
      'null-character',
      'must not hold the character U+0000',
    );
    throw invalidInput(what, [{ path: '', reason }]);
  }
  if (result.success) {
    return result.data;
  }
  throw invalidInput(what, result.error.issues.map(problemOf));
}

function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  const path = describePath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map(key => (path ? `${path}.${key}` : key));
    return unknownField(keys.join(', '));
  }
  const { message } = issue;
  return {
    path,
    reason: because('value-invalid', message, { detail: message }),
  };
}
