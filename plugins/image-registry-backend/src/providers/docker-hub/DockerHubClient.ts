import {
  CheckStep,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  callOptions,
  checkFindings,
  checkStep,
  ListOptions,
  OciRegistryClient,
  readNumberedPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  remedies,
  searchPage,
  Shaped,
  skippedStep,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { HubApi, hubRepositoryPage, hubTagPage } from './HubApi';
import { toRepositoryItem, toTagItem } from './items';

const PAGE_SIZE = 100;
/** Each page is a request against the API's own limit. */
const MOST_PAGES = 50;
const OFFICIAL = 'library';

/** How organization access tokens begin; there is no user with namespaces. */
const ORGANIZATION_TOKEN = 'dckr_oat_';

/** How Docker Hub's registry asks to be signed in to. */
const CHALLENGE =
  'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"';

/**
 * The image by which Docker lets everybody see what is left of the limit.
 * https://docs.docker.com/docker-hub/usage/pulls/
 */
const RATE_LIMIT_PROBE = {
  repository: 'ratelimitpreview/test',
  reference: 'latest',
};

/** Docker Hub: its API for listings, the OCI protocol for images. */
export class DockerHubClient extends OciRegistryClient {
  readonly #api: HubApi;
  readonly #namespace: string | undefined;
  readonly #username: string | undefined;

  constructor(connection: RegistryConnection) {
    super(connection, { title: 'Docker Hub' });
    this.#api = new HubApi(connection);
    this.#namespace = connection.namespace;
    this.#username = connection.credentials?.username;
  }

  /**
   * With an account: the sign-in of the API, one entry of its list, a token to
   * pull with, and a HEAD that tells how many pulls are left. Four requests;
   * the last one shows that the registry answers.
   */
  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    if (!this.#username) {
      const ping = await this.checkPing(options);
      return this.#listAndPull([ping, anonymous(ping)], options);
    }
    const [authenticate, list, pull] = await this.#listAndPull(
      [await checkStep('authenticate', () => this.#api.signIn(options))],
      options,
    );
    const ping: CheckStep =
      pull.ok && !pull.skipped
        ? { name: 'ping', ok: true, durationMs: pull.durationMs }
        : await this.checkPing(options);
    return [ping, authenticate, list, pull];
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
    const items = pages.flatMap(page => page.items);
    const cut = pages.find(page => !page.complete);
    return searchPage(
      cut
        ? { items, complete: false, reason: cut.reason }
        : { items, totalItems: items.length, complete: true },
      options.search,
    );
  }

  /**
   * With times, sizes and platforms as the API tells them. Where a repository
   * has more tags than are read from the API, the protocol adds their names.
   */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const path = tagsPath(repository);
    const operation = `list the tags of ${repository}`;
    let total = 0;
    let read = 0;
    const page = await readNumberedPages<TagItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async number => {
        const { count, results } = await this.#api.get(
          `${path}?page=${number}&page_size=${PAGE_SIZE}`,
          hubTagPage,
          operation,
          callOptions(options),
        );
        total = count ?? total;
        read += 1;
        const entries = entriesOf(results, operation);
        return {
          items: entries.flatMap(toTagItem),
          count: entries.length,
          total: count,
        };
      },
    });
    // After a page that failed, tags without a push time would look older than
    // those that have one; only beyond the limit they are.
    const isCutByLimit = read === MOST_PAGES && total > MOST_PAGES * PAGE_SIZE;
    return searchPage(
      isCutByLimit ? await this.#withAllNames(repository, page, options) : page,
      options.search,
    );
  }

  /** Adds the names that the API was not asked for. */
  async #withAllNames(
    repository: string,
    detailed: RegistryPage<TagItem>,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>> {
    const names = await super.listTags(repository, callOptions(options));
    const details = new Map(detailed.items.map(item => [item.tag, item]));
    return {
      ...names,
      items: names.items.map(item => details.get(item.tag) ?? item),
    };
  }

  #listAndPull(
    first: CheckStep[],
    options: RegistryCallOptions,
  ): Promise<CheckStep[]> {
    const namespace = this.#namespace ?? this.#username ?? OFFICIAL;
    return withVendorSteps(first, {
      list: async () => {
        const { count, results } = await this.#repositoryPage(
          namespace,
          1,
          1,
          options,
        );
        const name = results?.[0]?.name;
        return {
          ...checkFindings.listed(count ?? results?.length ?? 0, namespace),
          ...(name && { sample: `${namespace}/${name}` }),
        };
      },
      pull: async repository => {
        // Saves the request that would only be refused with it.
        this.expectChallenge(CHALLENGE);
        await this.assertMayPullByProbe(
          repository,
          RATE_LIMIT_PROBE,
          callOptions(options),
        );
      },
    });
  }

  #repositories(
    namespace: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return readNumberedPages<RepositoryItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async number => {
        const { count, results } = await this.#repositoryPage(
          namespace,
          number,
          PAGE_SIZE,
          options,
        );
        const entries = entriesOf(
          results,
          `list the repositories of ${namespace}`,
        );
        return {
          items: entries.flatMap(each => toRepositoryItem(namespace, each)),
          count: entries.length,
          total: count,
        };
      },
    });
  }

  #repositoryPage(
    namespace: string,
    page: number,
    size: number,
    options: RegistryCallOptions,
  ): Promise<Shaped<typeof hubRepositoryPage>> {
    return this.#api.get(
      `/v2/namespaces/${encodeURIComponent(
        namespace,
      )}/repositories?page=${page}&page_size=${size}`,
      hubRepositoryPage,
      `list the repositories of ${namespace}`,
      callOptions(options),
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
    if (this.connection.credentials?.password?.startsWith(ORGANIZATION_TOKEN)) {
      return [this.#username];
    }
    const { namespaces = [] } = await this.#api.get(
      '/v2/repositories/namespaces',
      { namespaces: ['text'] },
      'list the namespaces of the account',
      callOptions(options),
    );
    return namespaces.length ? namespaces : [this.#username];
  }
}

function anonymous(ping: CheckStep): CheckStep {
  return ping.ok
    ? {
        ...skippedStep('authenticate', true),
        ...checkFindings.anonymous(),
      }
    : skippedStep('authenticate');
}

/** @throws RegistryError when there is no list: none is not an empty one */
function entriesOf<T>(results: T[] | undefined, operation: string): T[] {
  if (!results) {
    throw new RegistryError(
      'invalid-response',
      `Docker Hub: could not ${operation}: the answer holds no list`,
      { hint: remedies.tryLater },
    );
  }
  return results;
}

function tagsPath(repository: string): string {
  const [namespace, name, ...rest] = repository.includes('/')
    ? repository.split('/')
    : [OFFICIAL, repository];
  if (rest.length) {
    throw new RegistryError(
      'not-found',
      `Docker Hub: ${repository} cannot exist: repositories there have a namespace and a name`,
      {
        hint: advise(
          'hub-shorter-name',
          'Leave out the host, and what stands between',
        ),
      },
    );
  }
  return `/v2/namespaces/${encodeURIComponent(
    namespace,
  )}/repositories/${encodeURIComponent(name)}/tags`;
}
