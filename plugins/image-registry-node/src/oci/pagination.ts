import { RegistryError } from '../provider/RegistryError';
import {
  RegistryCallOptions,
  RegistryPage,
} from '../provider/RegistryProvider';
import { RegistryHttpResponse } from '../transport';
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

interface ServerPage {
  items: string[];
  /** Items as the server counted them. */
  count: number;
  /** The last that is a text, for `last`. */
  last?: string;
  /** Query of the next page, from Link. */
  next?: string;
}

function pageQuery(size: number, last?: string): string {
  const query = new URLSearchParams({ n: String(size) });
  if (last !== undefined) {
    query.set('last', last);
  }
  return query.toString();
}

async function readServerPage(
  session: OciSession,
  listing: PagedListing,
  query: string,
  options: RegistryCallOptions,
): Promise<ServerPage> {
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
  const sent = listing.read(response);
  return {
    items: sent.filter(listing.isItem),
    count: sent.length,
    last: sent.findLast(item => typeof item === 'string') as string | undefined,
    next: nextPageQuery(response.headers.link, response.url),
  };
}

/**
 * Reads a whole listing. What cannot be read to its end is returned as far as
 * it came, with `complete: false` and the reason.
 *
 * Goes on by Link; without one only while a full page brings something new,
 * because old servers answer every page with everything.
 *
 * @throws RegistryError when the first page fails
 */
export async function readWholeListing(
  session: OciSession,
  listing: PagedListing,
  options: RegistryCallOptions,
  limits: ListingLimits = defaultListingLimits,
): Promise<RegistryPage<string>> {
  const seen = new Set<string>();
  const asked = new Set<string>();
  const incomplete = (reason: string) => ({
    items: [...seen],
    complete: false,
    reason,
  });
  let query: string | undefined = pageQuery(listing.largestPage);
  // A server that gives Links says with their absence that this was the last page.
  let followsLinks = false;
  while (query !== undefined) {
    if (asked.has(query)) {
      return incomplete(
        'The registry gave the same page as the next one again',
      );
    }
    if (asked.size >= limits.pages || seen.size >= limits.items) {
      return incomplete(
        `The listing was cut after ${seen.size} entries in ${asked.size} pages`,
      );
    }
    let page: ServerPage;
    try {
      page = await readServerPage(session, listing, query, options);
    } catch (error) {
      if (asked.size === 0 || !(error instanceof RegistryError)) {
        throw error;
      }
      return incomplete(`A later page could not be read: ${error.message}`);
    }
    asked.add(query);
    const before = seen.size;
    page.items.forEach(item => seen.add(item));
    const isNew = seen.size > before;
    if (page.next !== undefined) {
      followsLinks = true;
      if (page.items.length > 0 && !isNew) {
        return incomplete('The registry gave entries of an earlier page again');
      }
      query = page.next;
    } else if (!followsLinks && isNew && page.count === listing.largestPage) {
      query = pageQuery(listing.largestPage, page.last);
    } else {
      query = undefined;
    }
  }
  return { items: [...seen], totalItems: seen.size, complete: true };
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
  const page = await readServerPage(session, listing, cursor.query, options);
  if (cursor.probe !== undefined && page.items.includes(cursor.probe)) {
    // `last` was ignored: this is the first page again, and there is no other.
    return { items: [], complete: true };
  }
  if (page.next === cursor.query) {
    return {
      ...cutPage(page, limit, cursor, undefined),
      complete: false,
      reason: 'The registry gave the same page as the next one again',
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
