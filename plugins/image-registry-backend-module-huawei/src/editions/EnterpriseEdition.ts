import {
  isRepository,
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  countOf,
  encodeRfc3986,
  NewWebhook,
  noLogin,
  NumberedPage,
  objectsOf,
  readNumberedPages,
  RegistryCallOptions,
  RegistryPage,
  sampleOf,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from '../title';
import { HuaweiApi, HuaweiCall } from '../api';
import { HuaweiInstance } from '../instance';
import { HuaweiEdition } from './HuaweiEdition';
import { objectIn, partsOf, toRepositoryItem, toTagItem } from './items';
import { ScanOverview, toScanSummary } from './scan';
import { triggerOf } from './trigger';

/** The most that `limit` may be; `offset` has to be a multiple of it. */
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

/** What of a repository's entry is used. */
interface RepositoryEntry {
  name?: unknown;
  namespace_name?: unknown;
  description?: unknown;
  tag_count?: unknown;
  pull_count?: unknown;
  updated_at?: unknown;
}

/** What of an artifact's entry is used. */
interface ArtifactEntry {
  digest?: unknown;
  type?: unknown;
  size?: unknown;
  push_time?: unknown;
  tags?: unknown;
}

/**
 * An instance of the Enterprise Edition, whose API is like that of Harbor.
 * https://support.huaweicloud.com/intl/en-us/api-swr2/swr_02_0065.html
 */
export class EnterpriseEdition implements HuaweiEdition {
  readonly #api: HuaweiApi;
  readonly #instance: HuaweiInstance;

  constructor(api: HuaweiApi, instance: HuaweiInstance) {
    this.#api = api;
    this.#instance = instance;
  }

  namespaces(options: RegistryCallOptions): Promise<RegistryPage<string>> {
    return readNumberedPages<string>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async page => {
        const { namespaces, total } = await this.#get<{
          namespaces: unknown;
          total: unknown;
        }>({
          ...options,
          path: '/namespaces',
          query: pageAsked(page, PAGE_SIZE),
          operation: 'list the organizations',
          permission: 'swr:repository:listNamespaces',
        });
        const entries = objectsOf<{ name?: unknown }>(namespaces);
        return {
          items: entries.flatMap(({ name }) =>
            typeof name === 'string' && isRepository(name) ? name : [],
          ),
          count: entries.length,
          total: countOf(total),
        };
      },
    });
  }

  repositories(
    namespace: string | undefined,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return readNumberedPages<RepositoryItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: page => this.#repositoryPage(namespace, page, PAGE_SIZE, options),
    });
  }

  async sample(namespace: string | undefined, options: RegistryCallOptions) {
    return sampleOf(await this.#repositoryPage(namespace, 1, 1, options));
  }

  /** By artifact, so that tags of one digest come with the same details. */
  tags(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>> {
    return readNumberedPages<TagItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async page => {
        const { artifacts, total } = await this.#get<{
          artifacts: unknown;
          total: unknown;
        }>({
          ...options,
          path: `${pathOf(repository)}/artifacts`,
          query: pageAsked(page, PAGE_SIZE),
          operation: `list the tags of ${repository}`,
          permission: 'swr:repository:listArtifacts',
        });
        const entries = objectsOf<ArtifactEntry>(artifacts);
        return {
          items: entries.flatMap(toTagItems),
          count: entries.length,
          total: countOf(total),
        };
      },
    });
  }

  /** A temporary access credential, of a day. */
  async login(options: RegistryCallOptions): Promise<TemporaryLogin> {
    const operation = 'get a temporary login';
    const response = await this.#call({
      ...options,
      method: 'POST',
      path: '/temp-credential',
      operation,
      permission: 'swr:instance:createTempCredential',
    });
    const {
      auth_token: password,
      expire_date: ends,
      user_id: username,
    } = objectIn<{
      user_id: unknown;
      auth_token: unknown;
      expire_date: unknown;
    }>(response, operation);
    if (typeof username !== 'string' || typeof password !== 'string') {
      throw noLogin(TITLE, operation);
    }
    const expiresAt = typeof ends === 'string' ? Date.parse(ends) : NaN;
    return {
      username,
      password,
      ...(!Number.isNaN(expiresAt) && { expiresAt }),
    };
  }

  async scan(
    repository: string,
    digest: string,
    options: RegistryCallOptions,
  ): Promise<ScanSummary> {
    const { scan_overview: overview } = await this.#get<{
      scan_overview: Record<string, ScanOverview>;
    }>({
      ...options,
      path: `${pathOf(repository)}/artifacts/${encodeRfc3986(digest)}`,
      query: { with_scan_overview: 'true' },
      operation: `read the scan of ${repository}@${digest}`,
      permission: 'swr:repository:getArtifact',
    });
    return toScanSummary(overview);
  }

  async putTrigger(
    namespace: string,
    webhook: Pick<NewWebhook, 'name' | 'url' | 'secret'>,
    options: RegistryCallOptions,
  ): Promise<void> {
    const operation = `make the trigger of ${namespace}`;
    const path = `/namespaces/${encodeRfc3986(namespace)}/webhook/policies`;
    const { policies } = await this.#get<{
      policies: unknown;
    }>({
      ...options,
      path,
      query: pageAsked(1, PAGE_SIZE),
      operation,
      permission: 'swr:repository:listWebhooks',
    });
    const existing = objectsOf<{ id?: unknown; name?: unknown }>(policies).find(
      policy => policy.name === webhook.name,
    )?.id;
    const isNew = typeof existing !== 'number';
    await this.#call({
      ...options,
      method: isNew ? 'POST' : 'PUT',
      path: isNew ? path : `${path}/${existing}`,
      body: triggerOf(webhook),
      operation,
      permission: isNew
        ? 'swr:repository:createWebhook'
        : 'swr:repository:updateWebhook',
    });
  }

  async #repositoryPage(
    namespace: string | undefined,
    page: number,
    size: number,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<RepositoryItem>> {
    const { repositories, total } = await this.#get<{
      repositories: unknown;
      total: unknown;
    }>({
      ...options,
      path: `${
        namespace ? `/namespaces/${encodeRfc3986(namespace)}` : ''
      }/repositories`,
      query: pageAsked(page, size),
      operation: `list the repositories${namespace ? ` of ${namespace}` : ''}`,
      permission: 'swr:repository:listRepositories',
    });
    const entries = objectsOf<RepositoryEntry>(repositories);
    return {
      items: entries.flatMap(entry =>
        toRepositoryItem({
          name: entry.name,
          namespace: entry.namespace_name ?? namespace,
          description: entry.description,
          updated: entry.updated_at,
          tagCount: entry.tag_count,
          pullCount: entry.pull_count,
        }),
      ),
      count: entries.length,
      total: countOf(total),
    };
  }

  async #get<T extends object>(
    call: Omit<HuaweiCall, 'host' | 'method'>,
  ): Promise<Partial<T>> {
    return objectIn<T>(
      await this.#call({ ...call, method: 'GET' }),
      call.operation,
    );
  }

  #call({ path, priority, signal, ...call }: Omit<HuaweiCall, 'host'>) {
    const { apiHost, id, projectId } = this.#instance;
    const { body, method, operation, permission, query } = call;
    return this.#api.call({
      host: apiHost,
      path: `/v2/${projectId}/instances/${id}${path}`,
      projectId,
      body,
      method,
      operation,
      permission,
      query,
      priority,
      signal,
    });
  }
}

function pageAsked(page: number, size: number) {
  return { limit: size, offset: (page - 1) * size };
}

/** The API decodes what its gateway has decoded already. */
function pathOf(repository: string): string {
  const { name, namespace } = partsOf(repository);
  const encoded = name.includes('/')
    ? encodeRfc3986(encodeRfc3986(name))
    : encodeRfc3986(name);
  return `/namespaces/${encodeRfc3986(namespace)}/repositories/${encoded}`;
}

/** The tags of an artifact; charts and the like have none that could run. */
function toTagItems(artifact: ArtifactEntry): TagItem[] {
  const { digest, push_time: pushed, size, tags, type } = artifact;
  if (typeof type === 'string' && type.toUpperCase() !== 'IMAGE') {
    return [];
  }
  return objectsOf<{ name?: unknown; push_time?: unknown }>(tags).flatMap(tag =>
    toTagItem({
      name: tag.name,
      digest,
      size,
      pushed: tag.push_time ?? pushed,
    }),
  );
}
