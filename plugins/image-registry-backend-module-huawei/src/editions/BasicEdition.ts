import {
  isRepository,
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  encodeRfc3986,
  noLogin,
  NumberedPage,
  objectsOf,
  readNumberedPages,
  RegistryCallOptions,
  RegistryError,
  RegistryHttpResponse,
  RegistryPage,
  remedies,
  sampleOf,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';
import { HuaweiApi, HuaweiCall } from '../api';
import { TITLE } from '../title';
import { HuaweiEdition } from './HuaweiEdition';
import { objectIn, partsOf, toRepositoryItem, toTagItem } from './items';

/** The most that `limit` may be; `offset` has to be a multiple of it. */
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

/** Where a region does not say when a login ends: the shortest that was known. */
const SHORTEST_LIFE_MS = 6 * 60 * 60 * 1000;

/** A repository's entry, as far as it is used. */
interface RepositoryEntry {
  name?: unknown;
  namespace?: unknown;
  description?: unknown;
  is_public?: unknown;
  num_images?: unknown;
  num_download?: unknown;
  updated_at?: unknown;
}

/**
 * The basic edition, shared by all tenants of a region.
 * https://support.huaweicloud.com/intl/en-us/api-swr/swr_02_0034.html
 */
export class BasicEdition implements HuaweiEdition {
  readonly #api: HuaweiApi;
  readonly #host: string;
  readonly #region: string;

  /** @param host - of the region's API */
  constructor(api: HuaweiApi, host: string, region: string) {
    this.#api = api;
    this.#host = host;
    this.#region = region;
  }

  async namespaces(
    options: RegistryCallOptions,
  ): Promise<RegistryPage<string>> {
    const operation = 'list the organizations';
    const response = await this.#call({
      ...options,
      method: 'GET',
      path: '/v2/manage/namespaces',
      operation,
      permission: 'swr:namespace:listNamespaces',
    });
    const { namespaces } = objectIn<{ namespaces: unknown }>(
      response,
      operation,
    );
    const items = objectsOf<{ name?: unknown }>(namespaces).flatMap(
      ({ name }) =>
        typeof name === 'string' && isRepository(name) ? name : [],
    );
    return { items, totalItems: items.length, complete: true };
  }

  async repositories(
    namespace: string | undefined,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const page = await readNumberedPages<RepositoryItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: number =>
        this.#repositoryPage(namespace, number, PAGE_SIZE, options),
    });
    if (namespace && page.complete && page.items.length === 0) {
      // An unknown organization is answered like an empty one.
      await this.#assertNamespace(namespace, options);
    }
    return page;
  }

  async sample(namespace: string | undefined, options: RegistryCallOptions) {
    return sampleOf(await this.#repositoryPage(namespace, 1, 1, options));
  }

  tags(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>> {
    const { name, namespace } = partsOf(repository);
    const operation = `list the tags of ${repository}`;
    return readNumberedPages<TagItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async page => {
        const response = await this.#call({
          ...options,
          method: 'GET',
          // In paths a $ stands for the slashes of a name.
          path: `/v2/manage/namespaces/${encodeRfc3986(
            namespace,
          )}/repos/${encodeRfc3986(name.replaceAll('/', '$'))}/tags`,
          query: { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
          operation,
          permission: 'swr:repo:listRepoTags',
        });
        const entries = objectsOf<{
          Tag?: unknown;
          digest?: unknown;
          size?: unknown;
          updated?: unknown;
        }>(objectIn(response, operation));
        return {
          items: entries.flatMap(entry =>
            toTagItem({
              name: entry.Tag,
              digest: entry.digest,
              size: entry.size,
              pushed: entry.updated,
            }),
          ),
          count: entries.length,
          total: totalOf(response),
        };
      },
    });
  }

  /** A temporary login command, taken apart. */
  async login(options: RegistryCallOptions): Promise<TemporaryLogin> {
    const operation = 'get a temporary login';
    const response = await this.#call({
      ...options,
      method: 'POST',
      path: '/v2/manage/utils/secret',
      query: { projectname: this.#region },
      operation,
      permission: 'swr::createLoginSecret',
    });
    const { auths } = objectIn<{ auths: Record<string, unknown> }>(
      response,
      operation,
    );
    const [entry] = objectsOf<{ auth?: unknown }>(Object.values(auths ?? {}));
    const login =
      typeof entry?.auth === 'string'
        ? Buffer.from(entry.auth, 'base64').toString('utf8')
        : '';
    const colon = login.indexOf(':');
    if (colon <= 0) {
      throw noLogin(TITLE, operation);
    }
    const ends = Date.parse(response.headers['x-swr-expireat'] ?? '');
    return {
      username: login.slice(0, colon),
      password: login.slice(colon + 1),
      expiresAt: Number.isNaN(ends) ? Date.now() + SHORTEST_LIFE_MS : ends,
    };
  }

  /** Scans of the basic edition belong to another service. */
  async scan(): Promise<ScanSummary> {
    return { status: 'unsupported' };
  }

  async putTrigger(): Promise<void> {
    throw new RegistryError(
      'unsupported',
      `${TITLE}: could not make the trigger: those of the basic edition deploy to CCE and CCI only`,
      {
        hint: remedies.useEnterpriseTriggers,
      },
    );
  }

  async #repositoryPage(
    namespace: string | undefined,
    page: number,
    size: number,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<RepositoryItem>> {
    const operation = `list the repositories${
      namespace ? ` of ${namespace}` : ''
    }`;
    const response = await this.#call({
      ...options,
      method: 'GET',
      path: '/v2/manage/repos',
      query: { namespace, limit: size, offset: (page - 1) * size },
      operation,
      permission: 'swr:repo:listRepos',
    });
    const entries = objectsOf<RepositoryEntry>(objectIn(response, operation));
    return {
      items: entries
        // The parameter also finds organizations of similar names.
        .filter(entry => !namespace || entry.namespace === namespace)
        .flatMap(entry =>
          toRepositoryItem({
            name: entry.name,
            namespace: entry.namespace,
            description: entry.description,
            isPublic: entry.is_public,
            updated: entry.updated_at,
            tagCount: entry.num_images,
            pullCount: entry.num_download,
          }),
        ),
      count: entries.length,
      total: totalOf(response),
    };
  }

  async #assertNamespace(
    namespace: string,
    options: RegistryCallOptions,
  ): Promise<void> {
    try {
      await this.#call({
        ...options,
        method: 'GET',
        path: `/v2/manage/namespaces/${encodeRfc3986(namespace)}`,
        operation: `list the repositories of ${namespace}`,
        permission: 'swr:namespace:getNamespace',
      });
    } catch (error) {
      // Without the right to look, an empty list is all there is.
      if (!(error instanceof RegistryError) || error.code !== 'forbidden') {
        throw error;
      }
    }
  }

  #call({
    priority,
    signal,
    ...call
  }: Omit<HuaweiCall, 'host'>): Promise<RegistryHttpResponse> {
    const { method, operation, path, permission, query } = call;
    return this.#api.call({
      host: this.#host,
      method,
      path,
      query,
      operation,
      permission,
      priority,
      signal,
    });
  }
}

/** `Content-Range: 0-100/230`: where it begins, how many came, how many there are. */
function totalOf({ headers }: RegistryHttpResponse): number | undefined {
  const total = /\/(\d+)\s*$/.exec(headers['content-range'] ?? '')?.[1];
  return total === undefined ? undefined : Number(total);
}
