import {
  isRepository,
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  NumberedPage,
  objectsOf,
  readNumberedPages,
  RegistryCallOptions,
  RegistryError,
  RegistryPage,
  sampleOf,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';
import { AlibabaApi } from '../api';
import { AlibabaEdition, AlibabaTrigger } from './AlibabaEdition';
import { InstanceApi } from './InstanceApi';
import { toLogin, toNumber, toRepositoryItem, toTagItem } from './items';
import { KnownRepositories } from './KnownRepositories';
import { ScanCounts, toScanSummary } from './scan';

/** The most that the API gives. */
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;
/** A repository's entry, as far as it is used. */
interface RepositoryEntry {
  RepoName?: unknown;
  RepoNamespaceName?: unknown;
  RepoType?: unknown;
  Summary?: unknown;
  ModifiedTime?: unknown;
}

/**
 * The Enterprise Edition: RPC operations of one instance.
 * https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-overview
 */
export class EnterpriseEdition implements AlibabaEdition {
  readonly #instance: InstanceApi;
  readonly #repositories: KnownRepositories;

  constructor(api: AlibabaApi, instanceId: string) {
    this.#instance = new InstanceApi(api, instanceId);
    this.#repositories = new KnownRepositories(this.#instance);
  }

  namespaces(options: RegistryCallOptions): Promise<RegistryPage<string>> {
    return readNumberedPages<string>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async page => {
        const answer = await this.#instance.call<{
          Namespaces?: unknown;
          TotalCount?: unknown;
        }>('ListNamespace', {
          ...options,
          operation: 'list the namespaces',
          permission: 'cr:ListNamespace',
          parameters: {
            NamespaceStatus: 'NORMAL',
            PageNo: page,
            PageSize: PAGE_SIZE,
          },
        });
        const entries = objectsOf<{ NamespaceName?: unknown }>(
          answer.Namespaces,
        );
        return {
          items: entries.flatMap(({ NamespaceName: name }) =>
            typeof name === 'string' && isRepository(name) ? name : [],
          ),
          count: entries.length,
          total: toNumber(answer.TotalCount),
        };
      },
    });
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
      // An unknown namespace is answered like an empty one.
      await this.#assertNamespace(namespace, options);
    }
    return page;
  }

  async sample(namespace: string | undefined, options: RegistryCallOptions) {
    return sampleOf(await this.#repositoryPage(namespace, 1, 1, options));
  }

  async tags(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>> {
    const operation = `list the tags of ${repository}`;
    const known = await this.#repositories.find(repository, operation, options);
    return readNumberedPages<TagItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async page => {
        const answer = await this.#instance.call<{
          Images?: unknown;
          TotalCount?: unknown;
        }>('ListRepoTag', {
          ...options,
          operation,
          permission: 'cr:ListRepositoryTag',
          parameters: {
            RepoId: known.id,
            PageNo: page,
            PageSize: PAGE_SIZE,
          },
        });
        const entries = objectsOf<{
          Tag?: unknown;
          Digest?: unknown;
          ImageSize?: unknown;
          ImageUpdate?: unknown;
        }>(answer.Images);
        return {
          items: entries.flatMap(entry =>
            toTagItem(
              {
                tag: entry.Tag,
                digest: entry.Digest,
                size: entry.ImageSize,
                update: entry.ImageUpdate,
              },
              known.isImmutable,
            ),
          ),
          count: entries.length,
          total: toNumber(answer.TotalCount),
        };
      },
    });
  }

  async login(options: RegistryCallOptions): Promise<TemporaryLogin> {
    const answer = await this.#instance.call<{
      TempUsername?: unknown;
      AuthorizationToken?: unknown;
      ExpireTime?: unknown;
    }>('GetAuthorizationToken', {
      ...options,
      operation: 'get a temporary login',
      permission: 'cr:GetAuthorizationToken',
      parameters: {},
    });
    return toLogin(
      answer.TempUsername,
      answer.AuthorizationToken,
      answer.ExpireTime,
    );
  }

  async scan(
    repository: string,
    digest: string,
    options: RegistryCallOptions,
  ): Promise<ScanSummary> {
    const operation = `read the scan of ${repository}@${digest}`;
    const { id } = await this.#repositories.find(
      repository,
      operation,
      options,
    );
    const ask = <T extends object>(
      action: string,
      permission: string,
      Digest: string,
    ) =>
      this.#instance.call<T>(action, {
        ...options,
        operation,
        permission,
        parameters: { RepoId: id, Digest },
      });
    let status: { Status?: unknown; ScanService?: unknown };
    try {
      status = await ask(
        'GetRepoTagScanStatus',
        'cr:GetScan',
        // As on the operation's page: this one is without the algorithm.
        digest.slice(digest.indexOf(':') + 1),
      );
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'not-found') {
        return { status: 'not-scanned' };
      }
      throw error;
    }
    return toScanSummary(status, () =>
      ask<ScanCounts>('GetRepoTagScanSummary', 'cr:GetScanCount', digest),
    );
  }

  async putTrigger(
    repository: string,
    { name, url }: AlibabaTrigger,
    options: RegistryCallOptions,
  ): Promise<void> {
    const operation = `make the trigger of ${repository}`;
    const { id } = await this.#repositories.find(
      repository,
      operation,
      options,
    );
    const { Triggers } = await this.#instance.call<{ Triggers?: unknown }>(
      'ListRepoTrigger',
      {
        ...options,
        operation,
        permission: 'cr:ListWebHook',
        parameters: { RepoId: id },
      },
    );
    const existing = objectsOf<{ TriggerId?: unknown; TriggerName?: unknown }>(
      Triggers,
    ).find(trigger => trigger.TriggerName === name)?.TriggerId;
    const trigger = {
      RepoId: id,
      TriggerName: name,
      TriggerUrl: url,
      TriggerType: 'ALL',
      TriggerTag: '*',
    };
    await (typeof existing === 'string'
      ? this.#instance.call('UpdateRepoTrigger', {
          ...options,
          operation,
          permission: 'cr:UpdateWebHook',
          parameters: { ...trigger, TriggerId: existing },
        })
      : this.#instance.call('CreateRepoTrigger', {
          ...options,
          operation,
          permission: 'cr:CreateWebHook',
          parameters: trigger,
        }));
  }

  async #repositoryPage(
    namespace: string | undefined,
    page: number,
    size: number,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<RepositoryItem>> {
    const answer = await this.#instance.call<{
      Repositories?: unknown;
      TotalCount?: unknown;
    }>('ListRepository', {
      ...options,
      operation: `list the repositories${namespace ? ` of ${namespace}` : ''}`,
      permission: 'cr:ListRepository',
      parameters: {
        RepoNamespaceName: namespace,
        RepoStatus: 'NORMAL',
        PageNo: page,
        PageSize: size,
      },
    });
    const entries = objectsOf<RepositoryEntry>(answer.Repositories);
    const items = entries.flatMap(entry =>
      toRepositoryItem({
        namespace: entry.RepoNamespaceName,
        name: entry.RepoName,
        summary: entry.Summary,
        type: entry.RepoType,
        modified: entry.ModifiedTime,
      }),
    );
    return { items, count: entries.length, total: toNumber(answer.TotalCount) };
  }

  async #assertNamespace(
    namespace: string,
    options: RegistryCallOptions,
  ): Promise<void> {
    try {
      await this.#instance.call('GetNamespace', {
        ...options,
        operation: `list the repositories of ${namespace}`,
        permission: 'cr:GetNamespace',
        parameters: { NamespaceName: namespace },
      });
    } catch (error) {
      // Without the right to look, an empty list is all there is.
      if (!(error instanceof RegistryError) || error.code !== 'forbidden') {
        throw error;
      }
    }
  }
}
