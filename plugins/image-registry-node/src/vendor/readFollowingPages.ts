import { RegistryPage } from '../provider/RegistryProvider';
import { listingDoubts } from './listingDoubts';
import { CollectedPage, PageCollector } from './PageCollector';

/** One page of an API whose pages each tell where the next one is. */
export interface FollowingPage<T> extends CollectedPage<T> {
  /**
   * Token, cursor or URL of the next page; absent or empty on the last one. A
   * URL has to pass `sameHostUrl` first.
   */
  next?: string;
}

/** How an API whose pages lead to each other is read. */
export interface FollowingPagesOptions<T> {
  /** Pages that are read at most. */
  mostPages: number;
  /**
   * Makes items of a page at once, so that nothing else of it is kept.
   * @param next - as the page before gave it; undefined for the first one
   */
  read(next: string | undefined): Promise<FollowingPage<T>>;
  /** What an item is told apart by. Default: its repository, tag or name. */
  keyOf?(item: T): string;
}

/**
 * Reads all pages of an API whose pages lead to each other. What cannot be
 * read to its end or repeats itself says so with `complete: false`.
 *
 * @throws RegistryError when the first page fails
 */
export async function readFollowingPages<T>({
  mostPages,
  read,
  keyOf,
}: FollowingPagesOptions<T>): Promise<RegistryPage<T>> {
  const pages = new PageCollector<T>(keyOf);
  const asked = new Set<string>();
  let page = await read(undefined);
  pages.add(page);
  while (page.next && !pages.isCut) {
    if (asked.has(page.next)) {
      pages.cut(listingDoubts.repeatedPage());
    } else if (asked.size + 1 >= mostPages) {
      pages.cut(listingDoubts.onlyFirst(pages.count));
    } else {
      asked.add(page.next);
      try {
        page = await read(page.next);
        pages.add(page);
      } catch (error) {
        pages.cutBy(error);
      }
    }
  }
  return pages.finish();
}
