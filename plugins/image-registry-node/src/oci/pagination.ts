import { RegistryError } from '../provider/RegistryError';
import {
  RegistryCallOptions,
  RegistryPage,
} from '../provider/RegistryProvider';
import { RegistryHttpResponse } from '../transport';
import { listingDoubts } from '../vendor/listingDoubts';
import { Cursor, decodeCursor, encodeCursor, resumeAt } from './cursor';
import { nextPageQuery } from './linkHeader';
import { OciSession } from './OciSession';

/** A listing that a registry serves in pages. */
export interface PagedListing {
  /** Below `/v2/`, without query. */
  path: string;
  scopes: string[];
  operation: string;
  /** Most items that may be asked for at once. */
  largestPage: number;
  /** The items as sent: registries put `null` and worse among them. */
  read(response: RegistryHttpResponse): unknown[];
  /** What of them counts. */
  isItem(item: unknown): item is string;
  /** Makes an error of an answer of 400 and above. */
  refuse(response: RegistryHttpResponse): RegistryError;
}

/** What is at most read for one whole listing. */
export interface ListingLimits {
  pages: number;
  items: number;
}

export const defaultListingLimits: ListingLimits = {
  pages: 1_000,
  items: 200_000,
};

/** 100 000 tags of the longest kind fit into this many bytes. */
const pageMaxBytes = 16 * 1024 * 1024;

/** One page as a server sent it. */
export interface ServerPage {
  items: string[];
  /** Items as the server counted them. */
  count: number;
  /** The last that is a text, for `last`. */
  last?: string;
  /** Query of the next page, from Link. */
  next?: string;
}

/** Asks for so many items after the last one. */
export function pageQuery(size: number, last?: string): string {
  const query = new URLSearchParams({ n: String(size) });
  if (last !== undefined) {
    query.set('last', last);
  }
  return query.toString();
}

/**
 * Asks for one page.
 * @throws RegistryError when it is refused
 */
export async function askServerPage(
  session: OciSession,
  listing: PagedListing,
  query: string,
  options: RegistryCallOptions,
): Promise<RegistryHttpResponse> {
  const send = (text: string) =>
    session.send({
      path: text ? `${listing.path}?${text}` : listing.path,
      scopes: listing.scopes,
      operation: listing.operation,
      maxBytes: pageMaxBytes,
      acceptStatuses: [400, 404, 405, 501],
      signal: options.signal,
      priority: options.priority,
    });
  let response = await send(query);
  if (response.status === 400 && /^n=\d+$/.test(query)) {
    // Some servers know no page sizes, or not this one.
    response = await send('');
  }
  if (response.status >= 400) {
    throw listing.refuse(response);
  }
  return response;
}

/** @throws RegistryError when it is not what a registry answers */
export function readServerPage(
  listing: PagedListing,
  response: RegistryHttpResponse,
): ServerPage {
  const sent = listing.read(response);
  return {
    // Nearly always all of them, and then there is nothing to copy.
    items: sent.every(listing.isItem) ? sent : sent.filter(listing.isItem),
    count: sent.length,
    last: sent.findLast(item => typeof item === 'string') as string | undefined,
    next: nextPageQuery(response.headers.link, response.url),
  };
}

/** Cuts what a page holds beyond the limit, and says where to go on. */
function cutPage(
  page: ServerPage,
  limit: number,
  cursor: Cursor,
  next: Cursor | undefined,
): RegistryPage<string> {
  const start = resumeAt(page.items, cursor);
  const end = start + limit;
  const goesOn: Cursor | undefined =
    end < page.items.length
      ? { ...cursor, offset: end, after: page.items[end - 1] }
      : next;
  const isWhole = !next && !cursor.probe && page.count > limit;
  return {
    items: page.items.slice(start, end),
    nextCursor: goesOn && encodeCursor(goesOn),
    totalItems: isWhole ? page.items.length : undefined,
    complete: true,
  };
}

/**
 * Reads one page of at most `limit` items. Where the server does not page,
 * its whole list is cut here.
 *
 * @throws RegistryError
 * @throws InputError when the cursor is not ours
 */
export async function readListingPage(
  session: OciSession,
  listing: PagedListing,
  request: { limit: number; cursor?: string },
  options: RegistryCallOptions,
): Promise<RegistryPage<string>> {
  const limit = Math.max(1, Math.min(request.limit, listing.largestPage));
  const cursor: Cursor = request.cursor
    ? decodeCursor(request.cursor)
    : { query: pageQuery(limit) };
  const page = readServerPage(
    listing,
    await askServerPage(session, listing, cursor.query, options),
  );
  if (cursor.probe !== undefined && page.items.includes(cursor.probe)) {
    // `last` was ignored: this is the first page again, and there is no other.
    return { items: [], complete: true };
  }
  if (page.next === cursor.query) {
    return {
      ...cutPage(page, limit, cursor, undefined),
      complete: false,
      reason: listingDoubts.repeatedPage(),
    };
  }
  let next: Cursor | undefined;
  if (page.next !== undefined) {
    next = { query: page.next, linked: true };
  } else if (
    !cursor.linked &&
    page.count === limit &&
    page.last !== undefined
  ) {
    next = { query: pageQuery(limit, page.last), probe: page.last };
  }
  return cutPage(page, limit, cursor, next);
}
