import {
  CheckStep,
  isRepository,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  callOptions,
  checkStep,
  ExpiringLogin,
  failureFinding,
  FollowingPage,
  ListOptions,
  MadeWebhook,
  NewWebhook,
  nextPageQuery,
  OciRegistryClient,
  readFollowingPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpResponse,
  RegistryPage,
  searchPage,
  Shaped,
  shaped,
  skippedStep,
  statusError,
  VendorListing,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  isScopedToken,
  servicePrincipalOf,
  toOciCredentials,
} from './credentials';
import { signInByEntra } from './entraLogin';
import {
  acrManifest,
  acrTag,
  ManifestDetails,
  toManifestDetails,
  toTagItem,
} from './items';
import { putRegistryWebhook } from './registryWebhooks';
import { AcrRight, CATALOG, lacking, metadataOf } from './rights';

const TITLE = 'Azure Container Registry';

/** Entries of a page; the API gives so many at most. */
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** One call of the registry's API. */
interface AcrCall extends RegistryCallOptions {
  /** Below `/acr/v1/`, with its query. */
  path: string;
  operation: string;
  right: AcrRight;
}

/** Azure Container Registry: its API for listings, OCI for images. */
export class AzureAcrClient extends OciRegistryClient {
  readonly #login: ExpiringLogin | undefined;

  constructor(connection: RegistryConnection) {
    const principal = servicePrincipalOf(connection);
    const login =
      principal &&
      new ExpiringLogin(options =>
        signInByEntra(connection, principal, TITLE, options),
      );
    super(connection, {
      title: TITLE,
      toOciCredentials,
      ...(login && { login }),
    });
    this.#login = login;
    if (login) {
      const { host, origin } = new URL(connection.address);
      this.expectChallenge(
        `Bearer realm="${origin}/oauth2/token",service="${host}"`,
      );
    }
  }

  /**
   * Two requests of the sign-in by Entra leave two: it takes the place of the
   * ping, and pulling is not tried.
   */
  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const login = this.#login;
    return login
      ? withVendorSteps(
          [
            skippedStep('ping', true),
            await checkStep('authenticate', async () => {
              await login.get(options);
            }),
          ],
          { list: () => this.#tryCatalog(options) },
        )
      : withVendorSteps(await this.checkSignIn(options), {
          list: () => this.#tryCatalog(options),
          pull: repository => this.assertMayPull(repository, options),
        });
  }

  async createWebhook(
    webhook: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    return putRegistryWebhook(
      this.connection,
      TITLE,
      webhook,
      callOptions(options),
    );
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const namespace = options.namespace ?? this.connection.namespace;
    const page = await this.#pages({
      ...options,
      path: '_catalog',
      operation: 'list the repositories',
      right: CATALOG,
      read: response =>
        shaped(response.json(), { repositories: ['text'] }).repositories ?? [],
      toItems: name => (isRepository(name) ? [{ repository: name }] : []),
    });
    const items = page.items.filter(
      ({ repository }) => !namespace || repository.startsWith(`${namespace}/`),
    );
    return searchPage(
      {
        ...page,
        items,
        ...(page.totalItems !== undefined && { totalItems: items.length }),
      },
      options.search,
    );
  }

  /** Times from the tags, the newest first; sizes from their manifests. */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const common = {
      ...options,
      operation: `list the tags of ${repository}`,
      right: metadataOf(repository),
    };
    const page = await this.#pages({
      ...common,
      path: `${repository}/_tags`,
      query: 'orderby=timedesc',
      read: response => shaped(response.json(), { tags: [acrTag] }).tags ?? [],
      toItems: toTagItem,
    });
    const details = page.items.length
      ? await this.#manifests(repository, common)
      : new Map<string, ManifestDetails>();
    return searchPage(
      {
        ...page,
        items: page.items.map(item => ({
          ...item,
          ...(item.digest && details.get(item.digest)),
        })),
      },
      options.search,
    );
  }

  async #tryCatalog(options: RegistryCallOptions): Promise<VendorListing> {
    try {
      const response = await this.#ask({
        ...options,
        path: '_catalog?n=1',
        operation: 'list the repositories',
        right: CATALOG,
      });
      const { repositories: [sample] = [] } = shaped(response.json(), {
        repositories: ['text'],
      });
      return sample ? { sample } : {};
    } catch (error) {
      if (
        !(error instanceof RegistryError) ||
        error.code !== 'forbidden' ||
        !isScopedToken(this.connection)
      ) {
        throw error;
      }
      return { skipped: true, ...failureFinding(error) };
    }
  }

  /** Sizes are no reason to fail: what is not read is not shown. */
  async #manifests(
    repository: string,
    common: RegistryCallOptions & { operation: string; right: AcrRight },
  ): Promise<Map<string, ManifestDetails>> {
    const page = await this.#pages<
      Shaped<typeof acrManifest>,
      [string, ManifestDetails]
    >({
      ...common,
      path: `${repository}/_manifests`,
      read: response =>
        shaped(response.json(), { manifests: [acrManifest] }).manifests ?? [],
      toItems: entry =>
        entry.digest ? [[entry.digest, toManifestDetails(entry)]] : [],
      keyOf: ([digest]) => digest,
    });
    return new Map(page.items);
  }

  #pages<E, T>({
    path,
    query,
    read,
    toItems,
    keyOf,
    ...call
  }: RegistryCallOptions & {
    path: string;
    query?: string;
    operation: string;
    right: AcrRight;
    read(response: RegistryHttpResponse): E[];
    toItems(entry: E): T[];
    keyOf?(item: T): string;
  }): Promise<RegistryPage<T>> {
    const first = [`n=${PAGE_SIZE}`, query].filter(Boolean).join('&');
    return readFollowingPages<T>({
      mostPages: MOST_PAGES,
      ...(keyOf && { keyOf }),
      read: async (next = first): Promise<FollowingPage<T>> => {
        const response = await this.#ask({ ...call, path: `${path}?${next}` });
        const entries = read(response);
        return {
          count: entries.length,
          items: entries.flatMap(toItems),
          // Of a Link only the query is taken: the path stays, and the host.
          next: nextPageQuery(response.headers.link, response.url),
        };
      },
    });
  }

  /** @throws RegistryError; one that lacks a right names it */
  async #ask(call: AcrCall): Promise<RegistryHttpResponse> {
    const { operation, path, priority, right, signal } = call;
    // What Entra refuses is another matter than what the registry does.
    await this.#login?.get({ signal, priority });
    let response: RegistryHttpResponse;
    try {
      response = await this.send({
        signal,
        priority,
        path,
        operation,
        base: '/acr/v1/',
        scopes: [right.scope],
        headers: { accept: 'application/json' },
        maxBytes: MAX_BYTES,
        acceptStatuses: [401],
      });
    } catch (error) {
      throw error instanceof RegistryError && error.code === 'forbidden'
        ? lacking(right, error)
        : error;
    }
    if (response.status === 401) {
      throw this.#refused(response, call);
    }
    return response;
  }

  /** The registry asks again for what a token was not given for. */
  #refused(
    response: RegistryHttpResponse,
    { operation, right }: AcrCall,
  ): RegistryError {
    const failure = statusError(response, {
      operation,
      title: TITLE,
      url: new URL(response.url),
    });
    return this.connection.credentials && response.headers['www-authenticate']
      ? lacking(right, failure)
      : failure;
  }
}
