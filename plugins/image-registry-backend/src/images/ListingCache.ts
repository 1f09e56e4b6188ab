import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryPage } from '@slipway/backstage-plugin-image-registry-node';
import { BoundedMap } from './BoundedMap';

/** A listing read whole, and when. */
export interface CachedListing<T> {
  items: readonly T[];
  complete: boolean;
  reason?: Reason;
  /** ISO 8601. */
  readAt: string;
  /** Orders of the items that were asked for, made once each. */
  ordered(order: string, sort: (items: readonly T[]) => T[]): readonly T[];
}

const LIFE_MS = 60_000;
/** What a fault cut short is soon read again. */
const INCOMPLETE_LIFE_MS = 10_000;

interface Kept<T> {
  listing: CachedListing<T>;
  until: number;
}

/**
 * Whole listings, kept for a minute, so that searching, sorting and paging
 * ask the registry once. Those who ask at the same time wait for one reading.
 */
export class ListingCache<T> {
  readonly #kept: BoundedMap<Kept<T>>;
  readonly #reading = new Map<string, Promise<CachedListing<T>>>();

  /** @param maxBytes - of all listings together */
  constructor(maxBytes: number) {
    this.#kept = new BoundedMap(maxBytes);
  }

  /** @param options - `refresh`: do not take what was kept */
  async get(
    key: string,
    read: () => Promise<RegistryPage<T>>,
    options: { refresh?: boolean } = {},
  ): Promise<CachedListing<T>> {
    const kept = options.refresh ? undefined : this.peek(key);
    if (kept) {
      return kept;
    }
    const reading = this.#reading.get(key) ?? this.#read(key, read);
    this.#reading.set(key, reading);
    try {
      return await reading;
    } finally {
      this.#reading.delete(key);
    }
  }

  /** The listing when it is kept, without reading. */
  peek(key: string): CachedListing<T> | undefined {
    const kept = this.#kept.get(key);
    return kept && kept.until > Date.now() ? kept.listing : undefined;
  }

  async #read(
    key: string,
    read: () => Promise<RegistryPage<T>>,
  ): Promise<CachedListing<T>> {
    const page = await read();
    const listing = toListing(page);
    this.#kept.set(key, {
      listing,
      until: Date.now() + (page.complete ? LIFE_MS : INCOMPLETE_LIFE_MS),
    });
    return listing;
  }
}

function toListing<T>({
  items,
  complete,
  reason,
}: RegistryPage<T>): CachedListing<T> {
  const orders = new Map<string, T[]>();
  return {
    items,
    complete,
    ...(reason !== undefined && { reason }),
    readAt: new Date().toISOString(),
    ordered(order, sort) {
      const ordered = orders.get(order) ?? sort(items);
      orders.set(order, ordered);
      return ordered;
    },
  };
}
