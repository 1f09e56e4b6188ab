import {
  CheckStep,
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  callOptions,
  checkFindings,
  FollowingPage,
  ListOptions,
  MadeWebhook,
  NewWebhook,
  OciCredentials,
  OciRegistryClient,
  readFollowingPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryCredentials,
  RegistryError,
  RegistryPage,
  remedies,
  searchPage,
  Shape,
  Shaped,
  shaped,
  VendorListing,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { quayRepository, quayTag, toRepositoryItem, toTagItem } from './items';
import { makeNotifications } from './notifications';
import { QuayApi } from './QuayApi';
import { QuayNamespaces } from './QuayNamespaces';
import { readScanReport } from './scanReport';

const TITLE = 'Quay';
/** Quay gives 100 at most, of tags and of repositories. */
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;
/** Signs an OAuth token in at the registry. */
const TOKEN_USER = '$oauthtoken';
/** Answers of the API after which the registry itself is asked. */
const notForAnybody: readonly string[] = [
  'unauthenticated',
  'forbidden',
  'not-found',
];

/**
 * Quay: its API for listings, the OCI protocol for images, each with its own
 * credential. Without a token for the API, public repositories are listed by
 * it, and others by the protocol.
 */
export class QuayClient extends OciRegistryClient {
  readonly #api: QuayApi;
  readonly #namespaces: QuayNamespaces;

  constructor(connection: RegistryConnection) {
    super(connection, { title: TITLE, toOciCredentials });
    this.#api = new QuayApi(connection);
    this.#namespaces = new QuayNamespaces(this.#api, connection);
  }

  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    return withVendorSteps(await this.checkSignIn(options), {
      list: () => this.#sample(options),
      pull: repository => this.assertMayPull(repository, options),
    });
  }

  /** The organizations of the token's owner, else that of the robot account. */
  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    const items = await this.#namespaces.list(callOptions(options));
    return { items, totalItems: items.length, complete: true };
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    if (this.#listsByProtocol) {
      return super.listRepositories(options);
    }
    const namespaces = options.namespace
      ? [options.namespace]
      : await this.#namespaces.list(callOptions(options));
    const pages = [];
    for (const namespace of namespaces) {
      pages.push(await this.#repositoriesOf(namespace, options));
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

  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    try {
      const page = await readFollowingPages<TagItem>({
        mostPages: MOST_PAGES,
        read: next => this.#tagPage(repository, next ?? '1', options),
      });
      return searchPage(page, options.search);
    } catch (error) {
      if (
        this.#api.hasToken ||
        !(error instanceof RegistryError) ||
        !notForAnybody.includes(error.code)
      ) {
        throw error;
      }
      return super.listTags(repository, options);
    }
  }

  async scanReport(
    repository: string,
    digest: string,
    options: RegistryCallOptions = {},
  ): Promise<ScanSummary> {
    return readScanReport(
      { api: this.#api, oci: this.oci },
      repository,
      digest,
      callOptions(options),
    );
  }

  /** One notification in each repository: Quay has none for a whole place. */
  async createWebhook(
    webhook: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    const repositories =
      webhook.repositories ?? (await this.#allOf(webhook.place, options));
    return makeNotifications(
      { api: this.#api, address: this.connection.address },
      webhook,
      repositories,
      callOptions(options),
    );
  }

  /** @throws RegistryError `unsupported` when not all can be listed */
  async #allOf(
    place: string | undefined,
    options: RegistryCallOptions,
  ): Promise<string[]> {
    const { complete, items, reason } = await this.listRepositories({
      ...callOptions(options),
      namespace: place ?? this.connection.namespace,
    });
    if (!complete) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: did not create the webhooks: not all repositories could be listed: ${reason?.message}`,
        { hint: remedies.nameRepositories },
      );
    }
    return items.map(({ repository }) => repository);
  }

  /** A robot account sees private repositories, and the API does not see it. */
  get #listsByProtocol(): boolean {
    return !this.#api.hasToken && Boolean(this.connection.credentials);
  }

  async #sample(options: RegistryCallOptions): Promise<VendorListing> {
    if (this.#listsByProtocol) {
      const { items } = await this.oci.listRepositories({
        ...callOptions(options),
        limit: PAGE_SIZE,
      });
      const own = this.connection.namespace;
      const sample = items.find(name => !own || name.startsWith(`${own}/`));
      return {
        ...checkFindings.namesAlone('quay'),
        sample,
      };
    }
    const [namespace] = await this.#namespaces.list(callOptions(options));
    const { items, next } = await this.#repositoryPage(
      namespace,
      undefined,
      options,
    );
    return {
      ...checkFindings.listed(`${items.length}${next ? '+' : ''}`, namespace),
      sample: items[0]?.repository,
    };
  }

  async #repositoriesOf(
    namespace: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return readFollowingPages<RepositoryItem>({
      mostPages: MOST_PAGES,
      read: next => this.#repositoryPage(namespace, next, options),
    });
  }

  async #repositoryPage(
    namespace: string,
    next: string | undefined,
    options: RegistryCallOptions,
  ): Promise<FollowingPage<RepositoryItem>> {
    const operation = `list the repositories of ${namespace}`;
    const query = new URLSearchParams({
      namespace,
      public: 'true',
      last_modified: 'true',
      ...(next && { next_page: next }),
    });
    const response = await this.#api.call({
      ...callOptions(options),
      path: `/repository?${query}`,
      operation,
      needs: 'repo:read',
    });
    const page = response.json<{
      repositories?: unknown;
      next_page?: unknown;
    }>();
    const entries = entriesOf(page?.repositories, quayRepository, operation);
    if (entries.length === 0 && next === undefined) {
      await this.#namespaces.assertExists(namespace, callOptions(options));
    }
    return {
      items: entries.flatMap(toRepositoryItem),
      count: entries.length,
      ...(typeof page.next_page === 'string' && { next: page.next_page }),
    };
  }

  async #tagPage(
    repository: string,
    page: string,
    options: RegistryCallOptions,
  ): Promise<FollowingPage<TagItem>> {
    const operation = `list the tags of ${repository}`;
    const response = await this.#api.call({
      ...callOptions(options),
      path: `/repository/${repository}/tag/?limit=${PAGE_SIZE}&page=${page}&onlyActiveTags=true`,
      operation,
      needs: 'repo:read',
    });
    const answer = response.json<{
      tags?: unknown;
      has_additional?: unknown;
    }>();
    const entries = entriesOf(answer?.tags, quayTag, operation);
    return {
      items: entries.flatMap(toTagItem),
      count: entries.length,
      ...(answer.has_additional === true && { next: `${Number(page) + 1}` }),
    };
  }
}

function toOciCredentials({
  username,
  password,
  applicationToken,
}: RegistryCredentials): OciCredentials | undefined {
  if (username && password) {
    return { username, password };
  }
  return applicationToken
    ? { username: TOKEN_USER, password: applicationToken }
    : undefined;
}

function entriesOf<const S extends Record<string, Shape>>(
  value: unknown,
  shape: S,
  operation: string,
): Shaped<S>[] {
  if (!Array.isArray(value)) {
    throw new RegistryError(
      'invalid-response',
      `${TITLE}: could not ${operation}: the answer holds no list`,
      {
        hint: advise(
          'quay-check-address',
          'Check that the address is that of a Quay, and that no proxy answers for it',
        ),
      },
    );
  }
  return value.map(entry => shaped(entry, shape));
}
