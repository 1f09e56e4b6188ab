import { setImmediate as nextTurn } from 'node:timers/promises';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '../provider/RegistryError';
import {
  RegistryCallOptions,
  RegistryPage,
} from '../provider/RegistryProvider';
import { RegistryHttpResponse } from '../transport';
import { listingDoubts } from '../vendor/listingDoubts';
import { DistinctNames } from './DistinctNames';
import { nextPageQuery } from './linkHeader';
import { OciSession } from './OciSession';
import {
  ListingLimits,
  PagedListing,
  ServerPage,
  askServerPage,
  defaultListingLimits,
  pageQuery,
  readServerPage,
} from './pagination';

/**
 * Asks for pages, the next one before this one is read: a Link tells where it
 * is, so that reading takes place while the registry is thinking.
 */
class PagesAhead {
  private readonly stop = new AbortController();
  private readonly options: RegistryCallOptions;
  private upcoming?: { query: string; page: Promise<RegistryHttpResponse> };

  constructor(
    private readonly session: OciSession,
    private readonly listing: PagedListing,
    { signal, priority }: RegistryCallOptions,
    private readonly maySend: (query: string) => boolean,
  ) {
    const own = this.stop.signal;
    this.options = {
      priority,
      signal: signal ? AbortSignal.any([signal, own]) : own,
    };
  }

  /** @throws RegistryError when the page cannot be had, or not be read */
  async get(query: string): Promise<ServerPage> {
    const response = await (this.upcoming?.query === query
      ? this.upcoming.page
      : this.ask(query));
    this.upcoming = undefined;
    const next = nextPageQuery(response.headers.link, response.url);
    if (next !== undefined && next !== query && this.maySend(next)) {
      const page = this.ask(next);
      // Its failure is told when the page is got, if it ever is.
      page.catch(() => undefined);
      this.upcoming = { query: next, page };
      // The request leaves in this turn, and reading would hold it up.
      await nextTurn();
    }
    return readServerPage(this.listing, response);
  }

  /** Gives up what was asked for and is not needed. */
  end(): void {
    if (this.upcoming) {
      this.stop.abort();
    }
  }

  private ask(query: string): Promise<RegistryHttpResponse> {
    return askServerPage(this.session, this.listing, query, this.options);
  }
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
  const seen = new DistinctNames();
  const asked = new Set<string>();
  const incomplete = (reason: Reason) => ({
    items: seen.all(),
    complete: false,
    reason,
  });
  const pages = new PagesAhead(
    session,
    listing,
    options,
    // This page is not among those that were asked for yet.
    next => !asked.has(next) && asked.size + 1 < limits.pages,
  );
  let query: string | undefined = pageQuery(listing.largestPage);
  // A server that gives Links says with their absence that this was the last page.
  let followsLinks = false;
  try {
    while (query !== undefined) {
      if (asked.has(query)) {
        return incomplete(listingDoubts.repeatedPage());
      }
      if (asked.size >= limits.pages || seen.size >= limits.items) {
        return incomplete(listingDoubts.onlyFirst(seen.size));
      }
      let page: ServerPage;
      try {
        page = await pages.get(query);
      } catch (error) {
        if (asked.size === 0 || !(error instanceof RegistryError)) {
          throw error;
        }
        return incomplete(listingDoubts.pageUnread(error.message));
      }
      asked.add(query);
      const isNew = seen.add(page.items);
      if (page.next !== undefined) {
        followsLinks = true;
        if (page.items.length > 0 && !isNew) {
          return incomplete(listingDoubts.repeatedEntries());
        }
        query = page.next;
      } else if (!followsLinks && isNew && page.count === listing.largestPage) {
        query = pageQuery(listing.largestPage, page.last);
      } else {
        query = undefined;
      }
    }
    return { items: seen.all(), totalItems: seen.size, complete: true };
  } finally {
    pages.end();
  }
}
