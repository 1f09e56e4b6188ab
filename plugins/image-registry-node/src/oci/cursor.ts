import { InputError } from '@backstage/errors';

/**
 * Where a listing goes on. Holds a query only, never a host or path, so that
 * a forged cursor reaches nothing but pages of the same listing.
 */
export interface Cursor {
  /** Query of the server's page. */
  query: string;
  /** A Link led here: the server will say by a missing one that it ends. */
  linked?: boolean;
  /** `last` that was computed by us because the server gave no Link. */
  probe?: string;
  /** Items of that page which were delivered already. */
  offset?: number;
  /** The last of them, to find the place again when the page has changed. */
  after?: string;
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

/** What each field may hold; all but the first may be absent. */
const fields: Readonly<Record<keyof Cursor, (value: unknown) => boolean>> = {
  query: value => isText(value, 2048),
  linked: value => typeof value === 'boolean',
  probe: value => isText(value, 512),
  offset: value => Number.isSafeInteger(value) && Number(value) >= 0,
  after: value => isText(value, 512),
};

function isCursor(value: unknown): value is Cursor {
  return (
    typeof value === 'object' &&
    value !== null &&
    'query' in value &&
    Object.entries(value).every(
      ([name, held]) =>
        Object.hasOwn(fields, name) && fields[name as keyof Cursor](held),
    )
  );
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws InputError when it is not a cursor of ours */
export function decodeCursor(text: string): Cursor {
  const cursor = parsed(Buffer.from(text, 'base64url').toString('utf8'));
  if (!isCursor(cursor)) {
    throw new InputError('cursor is not one that a listing gave');
  }
  return cursor;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
