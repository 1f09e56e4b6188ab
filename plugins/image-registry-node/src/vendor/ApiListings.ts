import {
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ListOptions,
  RegistryCallOptions,
  RegistryPage,
} from '../provider/RegistryProvider';
import { callOptions } from './callOptions';
import { checkFindings } from './checkFindings';
import { NumberedPage } from './readNumberedPages';
import { searchPage } from './searchPage';
import { VendorListing } from './vendorCheck';

/** The first of all repositories, and how many there are. */
export interface RepositorySample {
  repository?: string;
  total: number;
}

/**
 * A vendor's own API, as far as it lists. Vendors with several editions have
 * one for each.
 */
export interface ListingApi {
  namespaces(options: RegistryCallOptions): Promise<RegistryPage<string>>;
  /** Of one namespace, or of all. */
  repositories(
    namespace: string | undefined,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>>;
  /** At most one repository and how many there are, in one request. */
  sample(
    namespace: string | undefined,
    options: RegistryCallOptions,
  ): Promise<RepositorySample>;
  tags(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>>;
}

/** What {@link ApiListings} are made of. */
export interface ApiListingsParts {
  /** What browsing is limited to. */
  namespace?: string;
  /** The vendor's word for namespaces, in the plural. */
  places: string;
  /** Finds the API to ask; throws a RegistryError naming the operation. */
  find(operation: string, options: RegistryCallOptions): Promise<ListingApi>;
}

/**
 * The listings of a client whose vendor has an API for them: inside the
 * registry's namespace, searched here, as that API cannot.
 */
export class ApiListings {
  readonly #parts: ApiListingsParts;

  constructor(parts: ApiListingsParts) {
    this.#parts = parts;
  }

  async namespaces(options: ListOptions): Promise<RegistryPage<string>> {
    const { namespace, places, find } = this.#parts;
    if (namespace) {
      return { items: [namespace], totalItems: 1, complete: true };
    }
    const api = await find(`list the ${places}`, options);
    return searchPage(
      await api.namespaces(callOptions(options)),
      options.search,
    );
  }

  async repositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const namespace = options.namespace ?? this.#parts.namespace;
    const api = await this.#parts.find('list the repositories', options);
    return searchPage(
      await api.repositories(namespace, callOptions(options)),
      options.search,
    );
  }

  async tags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const api = await this.#parts.find(
      `list the tags of ${repository}`,
      options,
    );
    return searchPage(
      await api.tags(repository, callOptions(options)),
      options.search,
    );
  }

  /** What the check's step `list` says; one request. */
  async check(options: RegistryCallOptions): Promise<VendorListing> {
    const { namespace, find } = this.#parts;
    const api = await find('list the repositories', options);
    const { repository, total } = await api.sample(
      namespace,
      callOptions(options),
    );
    return {
      ...checkFindings.listed(total, namespace),
      ...(repository && { sample: repository }),
    };
  }
}

/** A sample of a page that was asked to hold one repository. */
export function sampleOf({
  items,
  total,
}: NumberedPage<RepositoryItem>): RepositorySample {
  return {
    total: total ?? items.length,
    ...(items[0] && { repository: items[0].repository }),
  };
}
