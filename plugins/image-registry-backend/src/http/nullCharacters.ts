import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';

/** True when a text anywhere in a value holds U+0000, which PostgreSQL cannot store. */
export function holdsNullCharacter(value: unknown): boolean {
  if (typeof value === 'string') {
    return value.includes('\u0000');
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some(holdsNullCharacter)
  );
}

/** Refuses paths with U+0000: an id or a key with it would fail in the database. */
export const refuseNullCharacters: RequestHandler = (request, _, next) => {
  next(
    request.path.includes('%00')
      ? new InputError('The path must not hold the character U+0000')
      : undefined,
  );
};
