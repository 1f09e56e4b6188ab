import {
  CheckStep,
  isArtifactTag,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ListOptions,
  OciRegistryClient,
  readNumberedPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { HubApi, HubPage, HubRepository, HubTag } from './HubApi';
import { toRepositoryItem, toTagItem } from './items';

const PAGE_SIZE = 100;
/** Each page is a request against the API's own limit. */
const MOST_PAGES = 50;
const OFFICIAL = 'library';

/** Docker Hub: its API for listings, the OCI protocol for images. */
export class DockerHubClient extends OciRegistryClient {
  readonly #api: HubApi;
  readonly #namespace: string | undefined;
  readonly #username: string | undefined;

  constructor(connection: RegistryConnection, apiUrl: string) {
    super(connection, { title: 'Docker Hub' });
    this.#api = new HubApi(connection, apiUrl);
    this.#namespace = connection.namespace;
    this.#username = connection.credentials?.username;
  }

  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    return withVendorSteps(await this.checkSignIn(options), {
      list: async () => {
        const [namespace] = await this.#namespaces(options);
        const { count, results = [] } = await this.#repositoryPage(
          namespace,
          1,
          1,
          options,
        );
        return {
          message: `${count ?? results.length} in ${namespace}`,
          ...(results[0]?.name && {
            sample: `${namespace}/${results[0].name}`,
          }),
        };
      },
      pull: async repository => {
        await this.oci.listTags(repository, { ...options, limit: 1 });
      },
    });
  }

  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    const items = await this.#namespaces(options);
    return { items, totalItems: items.length, complete: true };
  }

  /** Of one namespace, or of all that the account has. */
  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const namespaces = options.namespace
      ? [options.namespace]
      : await this.#namespaces(options);
    const pages = await Promise.all(
      namespaces.map(namespace => this.#repositories(namespace, options)),
    );
    const incomplete = pages.find(page => !page.complete);
    const search = options.search?.toLowerCase() ?? '';
    const items = pages
      .flatMap(page => page.items)
      .filter(({ repository }) => repository.includes(search));
    return {
      items,
      totalItems: items.length,
      complete: !incomplete,
      ...(incomplete?.reason && { reason: incomplete.reason }),
    };
  }

  /**
   * With times, sizes and platforms as the API tells them. Where a repository
   * has more tags than are read from the API, the protocol adds the names.
   */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const path = tagsPath(repository);
    const page = await readNumberedPages<HubTag>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async number => {
        const { count, results } = await this.#api.get<HubPage<HubTag>>(
          `${path}?page=${number}&page_size=${PAGE_SIZE}`,
          `list the tags of ${repository}`,
          options,
        );
        return { items: results ?? [], total: count };
      },
    });
    const detailed = new Map(
      page.items
        .filter(({ name }) => name && isTag(name) && !isArtifactTag(name))
        .map(tag => [tag.name!, toTagItem(tag)]),
    );
    const names = page.complete
      ? { items: [...detailed.keys()], complete: true }
      : await super.listTags(repository, {
          signal: options.signal,
          priority: options.priority,
        });
    const search = options.search?.toLowerCase() ?? '';
    const tags = names.items.map(each =>
      typeof each === 'string' ? each : each.tag,
    );
    const items = tags
      .filter(tag => tag.toLowerCase().includes(search))
      .map(tag => detailed.get(tag) ?? { tag });
    return {
      items,
      totalItems: items.length,
      complete: names.complete,
      ...('reason' in names && names.reason && { reason: names.reason }),
    };
  }

  async #repositories(
    namespace: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const page = await readNumberedPages<HubRepository>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async number => {
        const { count, results } = await this.#repositoryPage(
          namespace,
          number,
          PAGE_SIZE,
          options,
        );
        return { items: results ?? [], total: count };
      },
    });
    return {
      ...page,
      items: page.items.flatMap(each => toRepositoryItem(namespace, each)),
    };
  }

  #repositoryPage(
    namespace: string,
    page: number,
    size: number,
    options: RegistryCallOptions,
  ): Promise<HubPage<HubRepository>> {
    return this.#api.get(
      `/v2/namespaces/${encodeURIComponent(
        namespace,
      )}/repositories?page=${page}&page_size=${size}`,
      `list the repositories of ${namespace}`,
      options,
    );
  }

  /** The one that is set, else the account's own, else the official images. */
  async #namespaces(options: RegistryCallOptions): Promise<string[]> {
    if (this.#namespace) {
      return [this.#namespace];
    }
    if (!this.#username) {
      return [OFFICIAL];
    }
    const own = await this.#api.get<{ namespaces?: unknown }>(
      '/v2/repositories/namespaces',
      'list the namespaces of the account',
      options,
    );
    const names = Array.isArray(own.namespaces)
      ? own.namespaces.filter(name => typeof name === 'string')
      : [];
    return names.length ? names : [this.#username];
  }
}

function tagsPath(repository: string): string {
  const [namespace, name, ...rest] = repository.includes('/')
    ? repository.split('/')
    : [OFFICIAL, repository];
  if (rest.length) {
    throw new RegistryError(
      'not-found',
      `Docker Hub: ${repository} cannot exist: repositories there have a namespace and a name`,
    );
  }
  return `/v2/namespaces/${encodeURIComponent(
    namespace,
  )}/repositories/${encodeURIComponent(name)}/tags`;
}
