import {
  CheckStep,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ListOptions,
  OciRegistryClient,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  searchPage,
  VendorListing,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { searchTags } from './components';
import { toOciCredentials } from './credentials';
import { NexusApi } from './NexusApi';
import { NexusCatalogs } from './NexusCatalogs';
import {
  joinName,
  NexusImage,
  NexusPlace,
  readPlace,
  splitName,
} from './place';
import { NexusRepositories } from './repositories';

const TITLE = 'Sonatype Nexus';

/** Answers by which an account or an instance has no search. */
const refusals: readonly unknown[] = [400, 401, 403, 404, 405, 501];

interface NexusOwn {
  api: NexusApi;
  repositories: NexusRepositories;
  catalogs: NexusCatalogs;
}

/**
 * Sonatype Nexus Repository 3: its search for times and digests, the OCI
 * protocol for names and images. Without the address of its API only the
 * latter.
 */
export class NexusClient extends OciRegistryClient {
  readonly #place: NexusPlace;
  /** Absent when only the connector is known. */
  readonly #own: NexusOwn | undefined;

  constructor(connection: RegistryConnection) {
    const place = readPlace(connection);
    super(
      {
        ...connection,
        trustedRealms: [
          ...(connection.trustedRealms ?? []),
          // A person wrote both: tokens of the one open the other.
          new URL(connection.address).host,
          ...(place.api ? [new URL(place.api).host] : []),
        ],
      },
      { title: TITLE, toOciCredentials },
    );
    this.#place = place;
    this.#own = place.api ? this.#connectApi(place.api) : undefined;
  }

  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const { repository } = this.#place;
    return withVendorSteps(await this.checkSignIn(options), {
      list: () => this.#tryList(options),
      pull: async sample => {
        await (this.#own && repository === undefined
          ? this.#own.repositories.firstImage(sample, options)
          : this.assertMayPull(sample, options));
      },
    });
  }

  /** The repositories; where the host stands for one, there is nothing to choose. */
  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    const { namespace } = this.connection;
    const isFixed = namespace || this.#place.routing !== 'path' || !this.#own;
    const items = isFixed
      ? [namespace ?? []].flat()
      : (await this.#own!.repositories.list(options))
          .map(({ name }) => name)
          .sort();
    return { items, totalItems: items.length, complete: true };
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const namespace = options.namespace ?? this.connection.namespace;
    const repository =
      this.#place.routing === 'path'
        ? namespace?.split('/')[0] || this.#place.repository
        : this.#place.repository;
    if (!this.#own || (this.#place.routing !== 'path' && !repository)) {
      return super.listRepositories(options);
    }
    const page =
      repository === undefined
        ? await this.#own.catalogs.all(options)
        : await this.#own.catalogs.one(repository, options);
    const items = page.items
      .filter(
        name =>
          !namespace || name === namespace || name.startsWith(`${namespace}/`),
      )
      .map(name => ({ repository: name }));
    return searchPage(
      {
        ...page,
        items,
        ...(page.totalItems !== undefined && { totalItems: items.length }),
      },
      options.search,
    );
  }

  /** Names as Docker lists them, with what the search knows of them. */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const { signal, priority } = options;
    const place = splitName(this.#place, repository);
    if (!this.#own || !place) {
      return super.listTags(repository, options);
    }
    const names = await super.listTags(repository, { signal, priority });
    const found = await this.#search(place, { signal, priority });
    const details = new Map(found?.items.map(item => [item.tag, item]));
    const reason = names.reason ?? found?.reason;
    return searchPage(
      {
        items: names.items.map(item => details.get(item.tag) ?? item),
        totalItems: names.items.length,
        complete: reason === undefined,
        ...(reason !== undefined && { reason }),
      },
      options.search,
    );
  }

  #connectApi(base: string): NexusOwn {
    const api = new NexusApi(this.connection, base);
    const repositories = new NexusRepositories(api);
    return {
      api,
      repositories,
      catalogs: new NexusCatalogs({
        connection: this.connection,
        place: this.#place,
        api: base,
        repositories,
        title: TITLE,
      }),
    };
  }

  async #tryList(options: RegistryCallOptions): Promise<VendorListing> {
    const { repository } = this.#place;
    if (!this.#own) {
      const page = await this.oci.listRepositories({ ...options, limit: 100 });
      return {
        message: 'By the Docker protocol alone',
        hint: 'Fill in the API address to see when tags were pushed',
        sample: page.items[0],
      };
    }
    if (repository === undefined) {
      const list = await this.#own.repositories.list(options);
      return {
        message: `${list.length} repositories for images`,
        sample: list[0]?.name,
        ...(this.#place.routing !== 'path' && {
          hint: 'Fill in the Repository Name of the connector to see when tags were pushed',
        }),
      };
    }
    const image = await this.#own.repositories.firstImage(repository, options);
    return {
      message: `The repository ${repository}`,
      ...(image && { sample: joinName(this.#place, { repository, image }) }),
    };
  }

  /** Undefined when the account may not search. */
  async #search(
    place: NexusImage,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem> | undefined> {
    try {
      return await searchTags(this.#own!.api, place, options);
    } catch (error) {
      if (error instanceof RegistryError && refusals.includes(error.status)) {
        return undefined;
      }
      throw error;
    }
  }
}
