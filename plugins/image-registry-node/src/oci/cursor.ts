import { InputError } from '@backstage/errors';
import { z } from 'zod';

const cursorSchema = z.strictObject({
  /** Query of the server's page. */
  query: z.string().max(2048),
  /** A Link led here: the server will say by a missing one that it ends. */
  linked: z.boolean().optional(),
  /** `last` that was computed by us because the server gave no Link. */
  probe: z.string().max(512).optional(),
  /** Items of that page which were delivered already. */
  offset: z.int().min(0).optional(),
  /** The last of them, to find the place again when the page has changed. */
  after: z.string().max(512).optional(),
});

/**
 * Where a listing goes on. Holds a query only, never a host or path, so that
 * a forged cursor reaches nothing but pages of the same listing.
 */
export type Cursor = z.infer<typeof cursorSchema>;

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws InputError when it is not a cursor of ours */
export function decodeCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
  } catch (error) {
    throw new InputError('cursor is not one that a listing gave', error);
  }
}

/** Where to go on in a list that may have changed since. */
export function resumeAt(items: readonly string[], cursor: Cursor): number {
  const { offset = 0, after } = cursor;
  if (after === undefined || items[offset - 1] === after) {
    return offset;
  }
  const found = items.indexOf(after);
  return found === -1 ? Math.min(offset, items.length) : found + 1;
}
