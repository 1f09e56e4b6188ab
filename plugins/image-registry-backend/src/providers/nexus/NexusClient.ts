import {
  CheckStep,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  callOptions,
  checkFindings,
  ListOptions,
  MadeWebhook,
  NewWebhook,
  OciRegistryClient,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  searchPage,
  VendorListing,
  webhookPlaces,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { listOption } from '../options';
import { putWebhooks } from './capabilities';
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
import { NexusRepositories, NexusRepository } from './repositories';

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

  async createWebhook(
    webhook: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    if (!this.#own) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not make the webhook: the address of its API is not known`,
        { hint: advise('nexus-enter-api', 'Fill in the API address') },
      );
    }
    const { api, repositories } = this.#own;
    const call = callOptions(options);
    return putWebhooks(
      api,
      this.#sourcesOf(webhook, await repositories.list(call)),
      webhook,
      call,
    );
  }

  /** The repositories of Nexus whose events tell of what is pulled here. */
  #sourcesOf(
    { place, repositories = [] }: Pick<NewWebhook, 'place' | 'repositories'>,
    known: readonly NexusRepository[],
  ): string[] {
    const { repository, routing } = this.#place;
    const behind = listOption(this.connection.options.sourceRepositories);
    const named =
      routing === 'path'
        ? webhookPlaces({ place, repositories }, repository)
        : [repository ?? []].flat();
    // Globs such as `*/web` name no repository.
    const wanted = named.filter(name => !name.includes('*'));
    const sources = wanted.length
      ? wanted.flatMap(name => (isGroup(name, known) ? behind : [name]))
      : known.filter(({ type }) => type !== 'group').map(({ name }) => name);
    if (!sources.length || (routing !== 'path' && !wanted.length)) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not make the webhook: the repository whose events it would tell of is not known`,
        {
          hint: advise(
            'nexus-enter-name',
            'Fill in the Repository Name; of a group, also the repositories behind it',
          ),
        },
      );
    }
    return [...new Set(sources)];
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
        ...checkFindings.namesAlone('nexus'),
        sample: page.items[0],
      };
    }
    if (repository === undefined) {
      const list = await this.#own.repositories.list(options);
      return {
        ...(this.#place.routing === 'path'
          ? checkFindings.imageRepositories(list.length)
          : checkFindings.namesAlone('nexus-name')),
        sample: list[0]?.name,
      };
    }
    const image = await this.#own.repositories.firstImage(repository, options);
    return {
      ...checkFindings.repository(repository),
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

function isGroup(name: string, known: readonly NexusRepository[]): boolean {
  return known.some(each => each.name === name && each.type === 'group');
}
