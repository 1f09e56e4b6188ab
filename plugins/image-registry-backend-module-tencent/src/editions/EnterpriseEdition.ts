import {
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  countOf,
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
import { TencentApi } from '../api';
import { TencentInstance } from '../instance';
import { TITLE } from '../title';
import { assertKnown, partsOf, toRepositoryItem, toTagItem } from './items';
import { TencentEdition } from './TencentEdition';

/** The most that the API gives. */
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

/**
 * The Enterprise Edition: operations of one instance. `Offset` counts pages
 * from 1, whatever its name says.
 * https://www.tencentcloud.com/document/product/1051/50721
 */
export class EnterpriseEdition implements TencentEdition {
  readonly #api: TencentApi;
  readonly #instance: TencentInstance;

  constructor(api: TencentApi, instance: TencentInstance) {
    this.#api = api;
    this.#instance = instance;
  }

  namespaces(options: RegistryCallOptions): Promise<RegistryPage<string>> {
    return readNumberedPages<string>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: page =>
        this.#namespacePage(
          { Offset: page, Limit: PAGE_SIZE },
          'list the namespaces',
          options,
        ),
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
      // An unknown namespace may be answered like an empty one.
      const operation = `list the repositories of ${namespace}`;
      const { items } = await this.#namespacePage(
        { NamespaceName: namespace, Offset: 1, Limit: PAGE_SIZE },
        operation,
        options,
      );
      assertKnown(namespace, items, operation);
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
    return readNumberedPages<TagItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async page => {
        const answer = await this.#call<{
          ImageInfoList?: unknown;
          TotalCount?: unknown;
        }>(
          'DescribeImages',
          {
            NamespaceName: namespace,
            RepositoryName: name,
            Offset: page,
            Limit: PAGE_SIZE,
          },
          `list the tags of ${repository}`,
          options,
        );
        const entries = objectsOf<{
          ImageVersion?: unknown;
          Digest?: unknown;
          Size?: unknown;
          UpdateTime?: unknown;
          Kind?: unknown;
          KmsSignature?: unknown;
        }>(answer.ImageInfoList);
        return {
          items: entries.flatMap(entry =>
            toTagItem({
              tag: entry.ImageVersion,
              digest: entry.Digest,
              size: entry.Size,
              pushed: entry.UpdateTime,
              kind: entry.Kind,
              isSigned: Boolean(entry.KmsSignature),
            }),
          ),
          count: entries.length,
          total: countOf(answer.TotalCount),
        };
      },
    });
  }

  /** A temporary access credential, of an hour. */
  async login(options: RegistryCallOptions): Promise<TemporaryLogin> {
    const operation = 'get a temporary login';
    const { ExpTime, Token, Username } = await this.#call<{
      Username?: unknown;
      Token?: unknown;
      ExpTime?: unknown;
    }>('CreateInstanceToken', { TokenType: 'temp' }, operation, options);
    if (typeof Username !== 'string' || typeof Token !== 'string') {
      throw noLogin(TITLE, operation);
    }
    return {
      username: Username,
      password: Token,
      // Milliseconds.
      ...(typeof ExpTime === 'number' && { expiresAt: ExpTime }),
    };
  }

  async putTrigger(
    namespace: string,
    { name, secret, url }: Pick<NewWebhook, 'name' | 'url' | 'secret'>,
    options: RegistryCallOptions,
  ): Promise<void> {
    const operation = `make the trigger of ${namespace}`;
    const { Triggers } = await this.#call<{ Triggers?: unknown }>(
      'DescribeWebhookTrigger',
      { Namespace: namespace, Limit: PAGE_SIZE, Offset: 1 },
      operation,
      options,
    );
    const existing = objectsOf<{ Id?: unknown; Name?: unknown }>(Triggers).find(
      trigger => trigger.Name === name,
    )?.Id;
    const isNew = typeof existing !== 'number';
    await this.#call(
      isNew ? 'CreateWebhookTrigger' : 'ModifyWebhookTrigger',
      {
        Namespace: namespace,
        Trigger: {
          ...(!isNew && { Id: existing }),
          Name: name,
          Description: 'Made by the developer portal',
          EventTypes: ['pushImage'],
          // All repositories and tags: the endpoint knows its own.
          Condition: '.*',
          Enabled: true,
          Targets: [
            {
              Address: url,
              Headers: [{ Key: 'Authorization', Values: [`Bearer ${secret}`] }],
            },
          ],
        },
      },
      operation,
      options,
    );
  }

  async #namespacePage(
    parameters: object,
    operation: string,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<string>> {
    const answer = await this.#call<{
      NamespaceList?: unknown;
      TotalCount?: unknown;
    }>('DescribeNamespaces', parameters, operation, options);
    const entries = objectsOf<{ Name?: unknown }>(answer.NamespaceList);
    return {
      items: entries.flatMap(({ Name }) =>
        typeof Name === 'string' ? Name : [],
      ),
      count: entries.length,
      total: countOf(answer.TotalCount),
    };
  }

  async #repositoryPage(
    namespace: string | undefined,
    page: number,
    size: number,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<RepositoryItem>> {
    const answer = await this.#call<{
      RepositoryList?: unknown;
      TotalCount?: unknown;
    }>(
      'DescribeRepositories',
      {
        ...(namespace && { NamespaceName: namespace }),
        Offset: page,
        Limit: size,
      },
      `list the repositories${namespace ? ` of ${namespace}` : ''}`,
      options,
    );
    const entries = objectsOf<{
      Name?: unknown;
      Namespace?: unknown;
      Public?: unknown;
      BriefDescription?: unknown;
      UpdateTime?: unknown;
    }>(answer.RepositoryList);
    return {
      items: entries.flatMap(entry =>
        toRepositoryItem({
          name: entry.Name,
          namespace: entry.Namespace,
          description: entry.BriefDescription,
          updated: entry.UpdateTime,
          isPublic:
            typeof entry.Public === 'boolean' ? entry.Public : undefined,
        }),
      ),
      count: entries.length,
      total: countOf(answer.TotalCount),
    };
  }

  #call<T extends object>(
    action: string,
    parameters: object,
    operation: string,
    { priority, signal }: RegistryCallOptions,
  ): Promise<T> {
    const { id, region } = this.#instance;
    return this.#api.call<T>({
      action,
      region,
      parameters: { RegistryId: id, ...parameters },
      operation,
      priority,
      signal,
    });
  }
}
