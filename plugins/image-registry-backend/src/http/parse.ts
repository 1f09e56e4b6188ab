import { InputError } from '@backstage/errors';
import { z } from 'zod';
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
    throw new InputError(`Invalid ${what}: must not hold the character U+0000`);
  }
  if (result.success) {
    return result.data;
  }
  const sentences = result.error.issues.map(issue => {
    const path = describePath(issue.path);
    if (issue.code === 'unrecognized_keys') {
      const keys = issue.keys.map(key => (path ? `${path}.${key}` : key));
      return `unknown field ${keys.join(', ')}`;
    }
    return path ? `${path}: ${issue.message}` : issue.message;
  });
  throw new InputError(`Invalid ${what}: ${sentences.join('; ')}`);
}
