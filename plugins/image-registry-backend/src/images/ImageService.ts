import {
  ImageDetails,
  ImageFindings,
  isDigest,
  Listing,
  Reason,
  RepositoryItem,
  TagItem,
  TagSort,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  RegistryClient,
  RegistryError,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService, StoredRegistry } from '../registries';
import { BoundedMap } from './BoundedMap';
import { CachedListing, ListingCache } from './ListingCache';
import { cutPage, PageQuery } from './page';
import { readFindings } from './readFindings';
import { orderTags } from './tagOrder';

/** What the caches hold at most, in bytes: 32 MiB together. */
const cacheBytes = {
  tags: 16 * 1024 * 1024,
  details: 8 * 1024 * 1024,
  repositories: 7 * 1024 * 1024,
  namespaces: 1024 * 1024,
};

/** Failures of a listing that leave typing the name. */
const listingImpossible: readonly string[] = ['unsupported', 'forbidden'];

/** Decides which repositories the caller may know of. */
export type IsVisible = (repository: string) => boolean;

type Inspected = Awaited<ReturnType<RegistryClient['inspect']>>;

/** Browses and inspects images. Who may see them is asked before. */
export class ImageService {
  readonly #registries: RegistryService;
  readonly #repositories = new ListingCache<RepositoryItem>(
    cacheBytes.repositories,
  );
  readonly #namespaces = new ListingCache<string>(cacheBytes.namespaces);
  readonly #tags = new ListingCache<TagItem>(cacheBytes.tags);
  /** A digest's details never change. */
  readonly #details = new BoundedMap<Inspected>(cacheBytes.details);
  readonly #inspecting = new Map<string, Promise<Inspected>>();

  static create(options: { registries: RegistryService }): ImageService {
    return new ImageService(options.registries);
  }

  private constructor(registries: RegistryService) {
    this.#registries = registries;
  }

  /**
   * Projects, organisations, or what else the vendor calls the place of
   * repositories; where it has no list of them, the first parts of the
   * repositories.
   */
  async namespaces(
    registry: StoredRegistry,
    query: PageQuery & { isVisible?: IsVisible },
  ): Promise<Listing<{ namespace: string }>> {
    const client = await this.#registries.client(registry.id);
    const listing =
      client.listNamespaces && !query.isVisible
        ? await this.#namespaces.get(keyOf(registry), () =>
            orNothing(() => client.listNamespaces!({})),
          )
        : namespacesOf(
            await this.repositoriesOf(registry),
            query.isVisible ?? (() => true),
          );
    const items = [...listing.items].sort().map(namespace => ({ namespace }));
    return cutPage(listing, items, item => item.namespace, query);
  }

  /** By name. */
  async repositories(
    registry: StoredRegistry,
    query: PageQuery & {
      search?: string;
      namespace?: string;
      isVisible?: IsVisible;
    },
  ): Promise<Listing<RepositoryItem>> {
    const { search = '', namespace, isVisible = () => true } = query;
    const listing = await this.repositoriesOf(registry, namespace);
    const wanted = search.trim().toLowerCase();
    const items = listing
      .ordered('name', each =>
        [...each].sort((a, b) => (a.repository < b.repository ? -1 : 1)),
      )
      .filter(
        ({ repository }) =>
          repository.includes(wanted) && isVisible(repository),
      );
    return cutPage(listing, items, item => item.repository, query);
  }

  /** All repositories of a registry, from the cache when they are there. */
  async repositoriesOf(
    registry: StoredRegistry,
    namespace?: string,
  ): Promise<CachedListing<RepositoryItem>> {
    const client = await this.#registries.client(registry.id);
    return this.#repositories.get(keyOf(registry, namespace), () =>
      orNothing(() => client.listRepositories({ namespace })),
    );
  }

  /** The newest first, by push time where the registry tells it. */
  async tags(
    registry: StoredRegistry,
    repository: string,
    query: PageQuery & { search?: string; sort?: TagSort; refresh?: boolean },
  ): Promise<Listing<TagItem>> {
    const listing = await this.tagsOf(registry, repository, query);
    const sort = query.sort ?? defaultSort(listing.items);
    const ordered = listing.ordered(sort, tags => orderTags(tags, sort));
    const wanted = query.search?.trim().toLowerCase();
    const items = wanted
      ? ordered.filter(({ tag }) => tag.toLowerCase().includes(wanted))
      : ordered;
    return cutPage(listing, items, item => item.tag, query);
  }

  /** All tags of a repository, from the cache when they are there. */
  async tagsOf(
    registry: StoredRegistry,
    repository: string,
    options: { refresh?: boolean } = {},
  ): Promise<CachedListing<TagItem>> {
    const client = await this.#registries.client(registry.id);
    return this.#tags.get(
      keyOf(registry, repository),
      () => client.listTags(repository, {}),
      { refresh: options.refresh },
    );
  }

  /**
   * Everything about one image. A tag is resolved first; what is told is of
   * the digest that it had then.
   *
   * @throws RegistryError with code `not-found` when it does not exist
   */
  async inspect(
    registry: StoredRegistry,
    repository: string,
    reference: string,
  ): Promise<ImageDetails> {
    const client = await this.#registries.client(registry.id);
    const tag = isDigest(reference) ? undefined : reference;
    const { digest } =
      tag === undefined
        ? { digest: reference }
        : await client.resolve(repository, reference);
    const details = await this.#detailsOf(
      keyOf(registry, `${repository}@${digest}`),
      () => client.inspect(repository, digest),
    );
    const listed = this.#tags
      .peek(keyOf(registry, repository))
      ?.items.find(item =>
        tag === undefined ? item.digest === digest : item.tag === tag,
      );
    return {
      ...details,
      registryId: registry.id,
      repository,
      ...(tag !== undefined && { tag }),
      digest,
      ...(listed?.pushedAt && { pushedAt: listed.pushedAt }),
      pullReference: this.#registries.pullReference(registry, {
        repository,
        tag,
        digest,
      }),
    };
  }

  /** Scan, signatures and room of an image, where the registry tells them. */
  async findings(
    registry: StoredRegistry,
    repository: string,
    digest: string,
  ): Promise<ImageFindings> {
    const client = await this.#registries.client(registry.id);
    const { platforms } = await this.#detailsOf(
      keyOf(registry, `${repository}@${digest}`),
      () => client.inspect(repository, digest),
    );
    return readFindings(client, {
      repository,
      digest,
      platformDigest: platforms[0]?.digest,
    });
  }

  /** Those who ask for one digest at the same time wait for one reading. */
  async #detailsOf(
    key: string,
    inspect: () => Promise<Inspected>,
  ): Promise<Inspected> {
    const known = this.#details.get(key);
    if (known) {
      return known;
    }
    const reading = this.#inspecting.get(key) ?? inspect();
    this.#inspecting.set(key, reading);
    try {
      const details = await reading;
      this.#details.set(key, details);
      return details;
    } finally {
      this.#inspecting.delete(key);
    }
  }
}

/** A change of the registry's settings leaves what was read before behind. */
function keyOf(registry: StoredRegistry, what: string = ''): string {
  return JSON.stringify([registry.id, registry.version, what]);
}

function defaultSort(tags: readonly TagItem[]): TagSort {
  return tags.some(({ pushedAt }) => pushedAt) ? 'pushed-desc' : 'natural-desc';
}

function namespacesOf(
  listing: CachedListing<RepositoryItem>,
  isVisible: IsVisible,
): Pick<CachedListing<string>, 'items' | 'complete' | 'reason' | 'readAt'> {
  const names = listing.items
    .filter(({ repository }) => isVisible(repository))
    .filter(({ repository }) => repository.includes('/'))
    .map(({ repository }) => repository.slice(0, repository.indexOf('/')));
  return {
    items: [...new Set(names)],
    complete: listing.complete,
    reason: listing.reason,
    readAt: listing.readAt,
  };
}

/** What to do, and why, in the registry's words. */
function noListing({ code, hint, message }: RegistryError): Reason {
  const detail = hint ? `${message}. ${hint}` : message;
  return code === 'forbidden'
    ? because('listing-not-allowed', detail, { detail })
    : because('listing-not-offered', detail, { detail });
}

/** A registry that lists nothing is still one whose images can be named. */
async function orNothing<T>(
  read: () => Promise<RegistryPage<T>>,
): Promise<RegistryPage<T>> {
  try {
    return await read();
  } catch (error) {
    if (
      !(error instanceof RegistryError) ||
      !listingImpossible.includes(error.code)
    ) {
      throw error;
    }
    return {
      items: [],
      complete: false,
      reason: noListing(error),
    };
  }
}
