import {
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  encodeRfc3986,
  NumberedPage,
  objectsOf,
  readNumberedPages,
  RegistryCallOptions,
  RegistryPage,
  sampleOf,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';
import { AlibabaApi, AlibabaCall } from '../api';
import { AlibabaEdition, AlibabaTrigger } from './AlibabaEdition';
import {
  partsOf,
  toLogin,
  toNumber,
  toRepositoryItem,
  toTagItem,
} from './items';

const VERSION = '2016-06-07';
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

/** A repository's entry, as far as it is used. */
interface RepositoryEntry {
  repoName?: unknown;
  repoNamespace?: unknown;
  repoType?: unknown;
  summary?: unknown;
  gmtModified?: unknown;
  downloads?: unknown;
}

/**
 * The Personal Edition: ROA operations, whose answers are in `data`.
 * https://help.aliyun.com/zh/acr/user-guide/list-of-operations-by-function
 */
export class PersonalEdition implements AlibabaEdition {
  readonly #api: AlibabaApi;

  constructor(api: AlibabaApi) {
    this.#api = api;
  }

  async namespaces(
    options: RegistryCallOptions,
  ): Promise<RegistryPage<string>> {
    const data = await this.#call<{ namespaces?: unknown }>({
      ...options,
      method: 'GET',
      path: '/namespace',
      action: 'GetNamespaceList',
      operation: 'list the namespaces',
      permission: 'cr:ListNamespace',
    });
    const items = objectsOf<{ namespace?: unknown }>(data.namespaces).flatMap(
      ({ namespace }) => (typeof namespace === 'string' ? namespace : []),
    );
    return { items, totalItems: items.length, complete: true };
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

  tags(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>> {
    const path = `${pathOf(repository)}/tags`;
    return readNumberedPages<TagItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async page => {
        const data = await this.#call<{ tags?: unknown; total?: unknown }>({
          ...options,
          method: 'GET',
          path,
          query: { Page: page, PageSize: PAGE_SIZE },
          action: 'GetRepoTags',
          operation: `list the tags of ${repository}`,
          permission: 'cr:ListRepositoryTag',
        });
        const entries = objectsOf<{
          tag?: unknown;
          digest?: unknown;
          imageSize?: unknown;
          imageUpdate?: unknown;
        }>(data.tags);
        return {
          items: entries.flatMap(entry =>
            toTagItem({
              tag: entry.tag,
              digest: entry.digest,
              size: entry.imageSize,
              update: entry.imageUpdate,
            }),
          ),
          count: entries.length,
          total: toNumber(data.total),
        };
      },
    });
  }

  async login(options: RegistryCallOptions): Promise<TemporaryLogin> {
    const data = await this.#call<{
      tempUserName?: unknown;
      authorizationToken?: unknown;
      expireDate?: unknown;
    }>({
      ...options,
      method: 'GET',
      path: '/tokens',
      action: 'GetAuthorizationToken',
      operation: 'get a temporary login',
      permission: 'cr:GetAuthorizationToken',
    });
    return toLogin(data.tempUserName, data.authorizationToken, data.expireDate);
  }

  /** Scans are found by tag only, and only in some regions. */
  async scan(): Promise<ScanSummary> {
    return { status: 'unsupported' };
  }

  async putTrigger(
    repository: string,
    { name, url }: AlibabaTrigger,
    options: RegistryCallOptions,
  ): Promise<void> {
    const path = `${pathOf(repository)}/webhooks`;
    const operation = `make the trigger of ${repository}`;
    const data = await this.#call<{ webhooks?: unknown }>({
      ...options,
      method: 'GET',
      path,
      action: 'GetRepoWebhook',
      operation,
      permission: 'cr:ListWebHook',
    });
    const existing = objectsOf<{ webhookId?: unknown; webhookName?: unknown }>(
      data.webhooks,
    ).find(webhook => webhook.webhookName === name)?.webhookId;
    const body = {
      Webhook: { WebhookName: name, WebhookUrl: url, TriggerType: 'ALL' },
    };
    await (existing === undefined
      ? this.#call({
          ...options,
          method: 'PUT',
          path,
          body,
          action: 'CreateRepoWebhook',
          operation,
          permission: 'cr:CreateWebHook',
        })
      : this.#call({
          ...options,
          method: 'POST',
          path: `${path}/${encodeRfc3986(String(existing))}`,
          body,
          action: 'UpdateRepoWebhook',
          operation,
          permission: 'cr:UpdateWebHook',
        }));
  }

  async #repositoryPage(
    namespace: string | undefined,
    page: number,
    size: number,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<RepositoryItem>> {
    const data = await this.#call<{ repos?: unknown; total?: unknown }>({
      ...options,
      method: 'GET',
      path: namespace ? `/repos/${encodeRfc3986(namespace)}` : '/repos',
      query: { Page: page, PageSize: size },
      action: namespace ? 'GetRepoListByNamespace' : 'GetRepoList',
      operation: `list the repositories${namespace ? ` of ${namespace}` : ''}`,
      permission: 'cr:ListRepository',
    });
    const entries = objectsOf<RepositoryEntry>(data.repos);
    const items = entries.flatMap(entry =>
      toRepositoryItem({
        namespace: entry.repoNamespace,
        name: entry.repoName,
        summary: entry.summary,
        type: entry.repoType,
        modified: entry.gmtModified,
        downloads: entry.downloads,
      }),
    );
    return { items, count: entries.length, total: toNumber(data.total) };
  }

  async #call<T extends object>({
    priority,
    signal,
    ...call
  }: Omit<AlibabaCall, 'version'>): Promise<Partial<T>> {
    const answer = await this.#api.call<{ data?: T }>({
      method: call.method,
      path: call.path,
      query: call.query,
      body: call.body,
      action: call.action,
      operation: call.operation,
      permission: call.permission,
      version: VERSION,
      priority,
      signal,
    });
    return answer.data ?? {};
  }
}

function pathOf(repository: string): string {
  const { name, namespace } = partsOf(repository);
  return `/repos/${encodeRfc3986(namespace)}/${encodeRfc3986(name)}`;
}
