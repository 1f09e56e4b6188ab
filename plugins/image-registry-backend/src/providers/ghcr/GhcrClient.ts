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
  failureFinding,
  ListOptions,
  MadeWebhook,
  NewWebhook,
  NumberedPage,
  OciRegistryClient,
  readNumberedPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  searchPage,
  skippedStep,
  VendorListing,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { entriesOf, GithubApi, GithubCall } from './GithubApi';
import { GithubHosts } from './githubHosts';
import { GithubOwners } from './GithubOwners';
import { makeHooks } from './hooks';
import {
  githubPackage,
  githubVersion,
  toRepositoryItem,
  toTagItems,
} from './items';
import { lastPage } from './lastPage';

const TITLE = 'GitHub Container Registry';
const PAGE_SIZE = 100;
/** Versions are many, as each platform and attestation is one: 10 000. */
const MOST_PAGES = 100;

/** GitHub's container registry: its API for listings, the OCI protocol for images. */
export class GhcrClient extends OciRegistryClient {
  readonly #api: GithubApi;
  readonly #owners: GithubOwners;
  readonly #hosts: GithubHosts;

  readonly #mostPages: number;

  /** @param mostPages - of the API that one listing reads */
  constructor(
    connection: RegistryConnection,
    hosts: GithubHosts,
    mostPages: number = MOST_PAGES,
  ) {
    super(connection, { title: TITLE });
    this.#hosts = hosts;
    this.#mostPages = mostPages;
    this.#api = new GithubApi(connection, hosts.apiUrl);
    this.#owners = new GithubOwners(this.#api);
  }

  /**
   * The API tells whether the token is right; the registry has the last word
   * on pulling, because it gives its own token for one repository only.
   */
  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const ping = await this.checkPing(options);
    const authenticate = ping.ok
      ? await checkStep('authenticate', () => this.#signIn(options))
      : skippedStep('authenticate');
    return withVendorSteps([ping, authenticate], {
      list: () => this.#sample(options),
      pull: repository => this.assertMayPull(repository, options),
    });
  }

  /** The owner that is set, else the token's user and its organizations. */
  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    const items = await this.#ownerNames(options);
    return { items, totalItems: items.length, complete: true };
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    this.#assertMayList();
    const owners = options.namespace
      ? [options.namespace]
      : await this.#ownerNames(options);
    const pages: RegistryPage<RepositoryItem>[] = [];
    for (const owner of owners) {
      pages.push(await this.#packagesOf(owner, options));
    }
    const cut = pages.find(page => !page.complete);
    const items = pages.flatMap(page => page.items);
    return searchPage(
      cut
        ? { items, complete: false, reason: cut.reason }
        : { items, totalItems: items.length, complete: true },
      options.search,
    );
  }

  /**
   * With the digests and push times of the API. Where a package has more
   * versions than are read, the newest are known, and the protocol adds the
   * names of the rest.
   */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    if (!this.#api.hasToken) {
      return super.listTags(repository, options);
    }
    const listing = await this.#versionTags(repository, options);
    if (!listing.isLonger) {
      return searchPage(listing.page, options.search);
    }
    const known = new Map(listing.page.items.map(item => [item.tag, item]));
    const whole = await super.listTags(repository, callOptions(options));
    return searchPage(
      {
        ...whole,
        items: whole.items.map(item => known.get(item.tag) ?? item),
      },
      options.search,
    );
  }

  /**
   * At the organization, or at the repositories that the packages are linked
   * to.
   */
  async createWebhook(
    webhook: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    return makeHooks(
      { api: this.#api, owners: this.#owners, webUrl: this.#hosts.webUrl },
      { ...webhook, place: webhook.place ?? this.connection.namespace },
      callOptions(options),
    );
  }

  async #signIn(options: RegistryCallOptions) {
    if (!this.#api.hasToken) {
      return checkFindings.anonymous();
    }
    const { namespace } = this.connection;
    const owner = namespace
      ? await this.#owners.find(namespace, callOptions(options))
      : await this.#owners.self(callOptions(options));
    return owner.isOrganization
      ? checkFindings.organization(owner.login)
      : checkFindings.user(owner.login);
  }

  async #sample(options: RegistryCallOptions): Promise<VendorListing> {
    if (!this.#api.hasToken) {
      return { skipped: true, ...failureFinding(anonymousListing()) };
    }
    const owner =
      this.connection.namespace ??
      (await this.#owners.self(callOptions(options))).login;
    const { items, count } = await this.#packagePage(owner, 1, options);
    return {
      ...checkFindings.packages(
        `${count}${count === PAGE_SIZE ? '+' : ''}`,
        owner,
      ),
      sample: items[0]?.repository,
    };
  }

  #assertMayList(): void {
    if (!this.#api.hasToken) {
      throw anonymousListing();
    }
  }

  async #ownerNames(options: RegistryCallOptions): Promise<string[]> {
    const { namespace } = this.connection;
    if (namespace) {
      return [namespace];
    }
    this.#assertMayList();
    return this.#owners.mine(callOptions(options));
  }

  #packagesOf(
    owner: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return readNumberedPages({
      pageSize: PAGE_SIZE,
      mostPages: this.#mostPages,
      read: page => this.#packagePage(owner, page, options),
    });
  }

  async #packagePage(
    owner: string,
    page: number,
    options: RegistryCallOptions,
  ) {
    const operation = `list the repositories of ${owner}`;
    const place = await this.#owners.path(
      owner,
      operation,
      callOptions(options),
    );
    const response = await this.#api.call({
      ...callOptions(options),
      path: `${place}/packages?package_type=container&per_page=${PAGE_SIZE}&page=${page}`,
      operation,
      needs: 'read:packages',
    });
    const entries = entriesOf(response, githubPackage, operation);
    return {
      items: entries.flatMap(entry => toRepositoryItem(owner, entry)),
      count: entries.length,
    };
  }

  async #versionTags(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<{ page: RegistryPage<TagItem>; isLonger: boolean }> {
    const operation = `list the tags of ${repository}`;
    const { owner, name } = split(repository);
    const place = await this.#owners.path(
      owner,
      operation,
      callOptions(options),
    );
    let pages = 1;
    let lastRead = 0;
    const page = await readNumberedPages<TagItem>({
      pageSize: PAGE_SIZE,
      mostPages: this.#mostPages,
      read: async number => {
        const answer = await this.#versionPage({
          ...callOptions(options),
          path: `${place}/packages/container/${encodeURIComponent(
            name,
          )}/versions?state=active&per_page=${PAGE_SIZE}&page=${number}`,
          operation,
          needs: 'read:packages',
        });
        pages = Math.max(pages, answer.pages);
        lastRead = Math.max(lastRead, number);
        return answer;
      },
    });
    return { page, isLonger: pages > lastRead && lastRead === this.#mostPages };
  }

  async #versionPage(
    call: GithubCall,
  ): Promise<NumberedPage<TagItem> & { pages: number }> {
    const response = await this.#api.call(call);
    const entries = entriesOf(response, githubVersion, call.operation);
    return {
      items: entries.flatMap(toTagItems),
      count: entries.length,
      pages: lastPage(response.headers.link) ?? 1,
    };
  }
}

function anonymousListing(): RegistryError {
  return new RegistryError(
    'unsupported',
    `${TITLE}: could not list the repositories: GitHub lists packages only for those who sign in`,
    {
      hint: advise(
        'ghcr-type-or-token',
        'Type the names of public images, or give a personal access token (classic) with read:packages',
      ),
    },
  );
}

function split(repository: string): { owner: string; name: string } {
  const slash = repository.indexOf('/');
  if (slash < 1) {
    throw new RegistryError(
      'not-found',
      `${TITLE}: ${repository} cannot exist: repositories there begin with their owner`,
      { hint: advise('ghcr-write-name', 'Write it as owner/name') },
    );
  }
  return {
    owner: repository.slice(0, slash),
    name: repository.slice(slash + 1),
  };
}
