import { RegistryPage } from '../provider/RegistryProvider';
import { listingDoubts } from './listingDoubts';
import { CollectedPage, PageCollector } from './PageCollector';

/** One page of an API that numbers its pages from 1. */
export interface NumberedPage<T> extends CollectedPage<T> {
  /** Entries on all pages together; absent when the API does not say. */
  total?: number;
}

/** How an API that numbers its pages is read. */
export interface NumberedPagesOptions<T> {
  pageSize: number;
  /** Pages that are read at most. */
  mostPages: number;
  /**
   * Pages that are under way at once after the first, where the API tells how
   * many there are. Default 4: of 100 entries each they hold less than one
   * page of a registry's own API.
   */
  pagesAtOnce?: number;
  /** Makes items of a page at once, so that nothing else of it is kept. */
  read(page: number): Promise<NumberedPage<T>>;
  /** What an item is told apart by. Default: its repository, tag or name. */
  keyOf?(item: T): string;
}

/**
 * Reads all pages of an API that numbers them. What cannot be read to its end,
 * repeats itself, moves between pages meanwhile or comes short of its own count
 * says so with `complete: false`. An API that does not count, or not even what
 * it gives, is asked for its first page again at the end, which shows what was pushed or deleted there.
 *
 * @throws RegistryError when the first page fails
 */
export async function readNumberedPages<T>(
  options: NumberedPagesOptions<T>,
): Promise<RegistryPage<T>> {
  const pages = new PageCollector<T>(options.keyOf);
  const first = await options.read(1);
  pages.add(first);
  // Who counts fewer than came on one page does not know how many there are.
  if (first.total === undefined || first.total < pages.count) {
    await readUntilShort(options, pages, first);
  } else {
    await readCounted(options, pages, first.total);
  }
  return pages.finish();
}

/** Some pages at once, put together in their order. */
async function readCounted<T>(
  { pageSize, mostPages, pagesAtOnce = 4, read }: NumberedPagesOptions<T>,
  pages: PageCollector<T>,
  total: number,
): Promise<void> {
  const existing = Math.ceil(total / pageSize);
  const wanted = Math.min(existing, mostPages);
  // Whoever counts more than there is would be asked for nothing 1 000 times.
  let isOver = false;
  for (
    let page = 2;
    page <= wanted && !pages.isCut && !isOver;
    page += pagesAtOnce
  ) {
    const batch = Array.from(
      { length: Math.min(pagesAtOnce, wanted - page + 1) },
      (_, index) => read(page + index),
    );
    for (const result of await Promise.allSettled(batch)) {
      if (result.status === 'rejected') {
        pages.cutBy(result.reason);
      } else {
        const { count, items } = result.value;
        isOver ||= (count ?? items.length) === 0;
        const isRepeating = pages.add(result.value);
        if (isRepeating || (result.value.total ?? total) !== total) {
          pages.distrust(listingDoubts.changed());
        }
      }
    }
  }
  if (existing > mostPages && !isOver) {
    pages.cut(listingDoubts.onlyFirstOf(mostPages * pageSize, total));
  } else if (pages.count < total) {
    // What is deleted meanwhile moves others to a page that was read already.
    pages.cut(listingDoubts.short(pages.count, total));
  }
}

async function readUntilShort<T>(
  { pageSize, mostPages, read }: NumberedPagesOptions<T>,
  pages: PageCollector<T>,
  first: NumberedPage<T>,
): Promise<void> {
  let { count = first.items.length } = first;
  let page = 2;
  for (; count >= pageSize && !pages.isCut; page++) {
    if (page > mostPages) {
      pages.cut(listingDoubts.onlyFirst(pages.count));
      return;
    }
    try {
      const next = await read(page);
      count = next.count ?? next.items.length;
      if (pages.add(next)) {
        pages.distrust(listingDoubts.changed());
      }
    } catch (error) {
      pages.cutBy(error);
    }
  }
  if (page > 2 && pages.isTrusted) {
    await readFirstAgain(read, pages, first);
  }
}

/** What is deleted on a page that was read moves others past the reader. */
async function readFirstAgain<T>(
  read: NumberedPagesOptions<T>['read'],
  pages: PageCollector<T>,
  first: NumberedPage<T>,
): Promise<void> {
  try {
    if (!pages.isSame(first, await read(1))) {
      pages.distrust(listingDoubts.changed());
    }
  } catch (error) {
    pages.cutBy(error);
  }
}
