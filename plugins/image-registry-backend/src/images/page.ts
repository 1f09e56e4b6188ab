import { Listing } from '@slipway/backstage-plugin-image-registry-common';
import { decodeCursor, encodeCursor } from '../http';
import { CachedListing } from './ListingCache';

const DEFAULT_LIMIT = 100;

/** How a page is asked for. */
export interface PageQuery {
  limit?: number;
  cursor?: string;
}

/**
 * Cuts a page. The cursor names the last item of the page before, so that a
 * listing that was read again meanwhile goes on at the right place.
 *
 * @param nameOf - what identifies an item
 * @throws InputError for a cursor of another listing's making
 */
export function cutPage<T>(
  listing: Pick<CachedListing<unknown>, 'complete' | 'reason' | 'readAt'>,
  items: readonly T[],
  nameOf: (item: T) => string,
  { limit = DEFAULT_LIMIT, cursor }: PageQuery,
): Listing<T> {
  const start = startOf(items, nameOf, cursor);
  const end = start + limit;
  const page = items.slice(start, end);
  return {
    items: page,
    totalItems: items.length,
    ...(end < items.length && {
      nextCursor: encodeCursor([end, nameOf(items[end - 1])]),
    }),
    complete: listing.complete,
    ...(listing.reason !== undefined && {
      reason: listing.reason.message,
      because: listing.reason,
    }),
    readAt: listing.readAt,
  };
}

function startOf<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  cursor: string | undefined,
): number {
  const [offset, last] = decodeCursor(cursor, 2) ?? [0, undefined];
  const start = Math.max(0, Number(offset) || 0);
  if (
    last === undefined ||
    (items[start - 1] && nameOf(items[start - 1]) === last)
  ) {
    return start;
  }
  const found = items.findIndex(item => nameOf(item) === last);
  return found < 0 ? start : found + 1;
}
