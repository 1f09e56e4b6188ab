import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '../provider/RegistryError';
import { RegistryPage } from '../provider/RegistryProvider';
import { listingDoubts } from './listingDoubts';

/** What one page of a vendor's API came to. */
export interface CollectedPage<T> {
  items: T[];
  /**
   * Entries as the vendor counts them, where not each became one item: an
   * artifact with two tags, an entry without a name. Default: the items.
   */
  count?: number;
  /** Why entries of this page may be missing, where the vendor shows it. */
  doubt?: Reason;
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
  #reason: Reason | undefined;
  #isCut = false;

  constructor(keyOf: (item: T) => string = nameOf) {
    this.#keyOf = keyOf;
  }

  /** Entries so far, as the vendor counts them. */
  get count(): number {
    return this.#count;
  }

  /** True when reading on is of no use. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** True as long as nothing speaks against it that the listing is whole. */
  get isTrusted(): boolean {
    return this.#reason === undefined;
  }

  /** @returns whether the page held an entry of an earlier one */
  add({ items, count = items.length, doubt }: CollectedPage<T>): boolean {
    const fresh = new Map<string, T>();
    let isRepeating = false;
    for (const item of items) {
      const key = this.#keyOf(item);
      if (this.#items.has(key)) {
        isRepeating = true;
      } else if (!fresh.has(key)) {
        fresh.set(key, item);
      }
    }
    // The first one stays: it is of the page that is read first.
    fresh.forEach((item, key) => this.#items.set(key, item));
    this.#count += count;
    if (doubt !== undefined) {
      this.distrust(doubt);
    }
    if (isRepeating && fresh.size === 0) {
      this.cut(listingDoubts.repeatedEntries());
    }
    return isRepeating;
  }

  /**
   * Notes why entries may be missing; reading goes on, for what is there. The
   * first reason is the one that is told.
   */
  distrust(reason: Reason): void {
    this.#reason ??= reason;
  }

  /** Ends the reading. */
  cut(reason: Reason): void {
    this.distrust(reason);
    this.#isCut = true;
  }

  /** @throws what was thrown, unless it is the registry's failure */
  cutBy(error: unknown): void {
    if (!(error instanceof RegistryError)) {
      throw error;
    }
    this.cut(listingDoubts.pageUnread(error.message));
  }

  /** Whether two readings of one page hold the same entries, in any order. */
  isSame(one: CollectedPage<T>, other: CollectedPage<T>): boolean {
    const keysOf = ({ items, count = items.length }: CollectedPage<T>) =>
      JSON.stringify([count, items.map(this.#keyOf).sort()]);
    return keysOf(one) === keysOf(other);
  }

  finish(): RegistryPage<T> {
    const items = [...this.#items.values()];
    return this.#reason === undefined
      ? { items, totalItems: items.length, complete: true }
      : { items, complete: false, reason: this.#reason };
  }
}
