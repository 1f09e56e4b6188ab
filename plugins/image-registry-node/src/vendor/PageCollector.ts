import { RegistryError } from '../provider/RegistryError';
import { RegistryPage } from '../provider/RegistryProvider';

/** What one page of a vendor's API came to. */
export interface CollectedPage<T> {
  items: T[];
  /**
   * Entries as the vendor counts them, where not each became one item: an
   * artifact with two tags, an entry without a name. Default: the items.
   */
  count?: number;
}

/** The names by which repositories, tags and namespaces are told apart. */
export function nameOf(item: unknown): string {
  if (typeof item === 'string') {
    return item;
  }
  const { repository, tag, name } = (item ?? {}) as Record<string, unknown>;
  const found = repository ?? tag ?? name;
  return typeof found === 'string' ? found : JSON.stringify(item);
}

/**
 * Puts the pages of a listing together: each item once, and a page that
 * brings nothing new ends it, because some servers answer every page with the
 * first.
 */
export class PageCollector<T> {
  readonly #items = new Map<string, T>();
  readonly #keyOf: (item: T) => string;
  #count = 0;
  #reason: string | undefined;

  constructor(keyOf: (item: T) => string = nameOf) {
    this.#keyOf = keyOf;
  }

  /** Entries so far, as the vendor counts them. */
  get count(): number {
    return this.#count;
  }

  /** True when the listing cannot become whole any more. */
  get isCut(): boolean {
    return this.#reason !== undefined;
  }

  add({ items, count = items.length }: CollectedPage<T>): void {
    const before = this.#items.size;
    for (const item of items) {
      const key = this.#keyOf(item);
      // The first one stays: it is of the page that is read first.
      if (!this.#items.has(key)) {
        this.#items.set(key, item);
      }
    }
    this.#count += count;
    if (items.length > 0 && this.#items.size === before) {
      this.cut('The registry gave entries of an earlier page again');
    }
  }

  /** The first reason is the one that is told. */
  cut(reason: string): void {
    this.#reason ??= reason;
  }

  /** @throws what was thrown, unless it is the registry's failure */
  cutBy(error: unknown): void {
    if (!(error instanceof RegistryError)) {
      throw error;
    }
    this.cut(`A page could not be read: ${error.message}`);
  }

  finish(): RegistryPage<T> {
    const items = [...this.#items.values()];
    return this.#reason === undefined
      ? { items, totalItems: items.length, complete: true }
      : { items, complete: false, reason: this.#reason };
  }
}
