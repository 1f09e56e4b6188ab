import { InputError } from '@backstage/errors';
import { holdsNullCharacter } from './nullCharacters';

const MADE_UP = 'Invalid query: cursor: was not given by this route';

/** Makes an opaque cursor of the values that the next page starts after. */
export function encodeCursor(values: ReadonlyArray<string | number>): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The values of a cursor that {@link encodeCursor} made.
 * @throws InputError when it was made up or cut
 */
export function decodeCursor(
  cursor: string | undefined,
  length: number,
): Array<string | number> | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  try {
    const values: unknown = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every(v => typeof v === 'string' || typeof v === 'number') &&
      !holdsNullCharacter(values)
    ) {
      return values;
    }
  } catch {
    // falls through to the sentence below
  }
  throw new InputError(MADE_UP);
}

/**
 * The row after which the next page starts.
 * @throws InputError when the cursor was made up or cut
 */
export function sequenceOfCursor(
  cursor: string | undefined,
): number | undefined {
  const values = decodeCursor(cursor, 1);
  const sequence = values?.[0];
  if (sequence !== undefined && !Number.isSafeInteger(sequence)) {
    throw new InputError(MADE_UP);
  }
  return sequence === undefined ? undefined : Number(sequence);
}
