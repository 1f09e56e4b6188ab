import {
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  countOf,
  NumberedPage,
  objectsOf,
  readNumberedPages,
  RegistryCallOptions,
  RegistryError,
  RegistryPage,
  remedies,
  sampleOf,
} from '@slipway/backstage-plugin-image-registry-node';
import { TencentApi } from '../api';
import { TITLE } from '../title';
import { assertKnown, toRepositoryItem, toTagItem } from './items';
import { TencentEdition } from './TencentEdition';

/** The most that the API gives. */
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

/** A repository's entry, as far as it is used. */
interface RepositoryEntry {
  RepoName?: unknown;
  Public?: unknown;
  TagCount?: unknown;
  PullCount?: unknown;
  Description?: unknown;
  UpdateTime?: unknown;
}

/**
 * The Personal Edition, whose answers are in `Data`, and whose `Offset` is the
 * number of entries before the page.
 * https://cloud.tencent.com/document/product/1141/41602
 */
export class PersonalEdition implements TencentEdition {
  readonly #api: TencentApi;
  readonly #region: string;

  constructor(api: TencentApi, region: string) {
    this.#api = api;
    this.#region = region;
  }

  namespaces(options: RegistryCallOptions): Promise<RegistryPage<string>> {
    return readNumberedPages<string>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: page =>
        this.#namespacePage('', page, 'list the namespaces', options),
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
      const operation = `list the repositories of ${namespace}`;
      const { items } = await this.#namespacePage(
        namespace,
        1,
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

  /** Without digests: what the API calls an id is not said to be one. */
  tags(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>> {
    return readNumberedPages<TagItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async page => {
        const data = await this.#call<{
          TagInfo?: unknown;
          TagCount?: unknown;
        }>(
          'DescribeImagePersonal',
          { RepoName: repository, ...pageAsked(page, PAGE_SIZE) },
          `list the tags of ${repository}`,
          options,
        );
        const entries = objectsOf<{
          TagName?: unknown;
          SizeByte?: unknown;
          PushTime?: unknown;
          UpdateTime?: unknown;
          OS?: unknown;
          Architecture?: unknown;
          Kind?: unknown;
        }>(data.TagInfo);
        return {
          items: entries.flatMap(entry =>
            toTagItem({
              tag: entry.TagName,
              size: entry.SizeByte,
              pushed: entry.PushTime ?? entry.UpdateTime,
              kind: entry.Kind,
              os: entry.OS,
              architecture: entry.Architecture,
            }),
          ),
          count: entries.length,
          total: countOf(data.TagCount),
        };
      },
    });
  }

  async putTrigger(): Promise<void> {
    throw new RegistryError(
      'unsupported',
      `${TITLE}: could not make the trigger: those of the Personal Edition call nothing outside Tencent Cloud`,
      {
        hint: remedies.useEnterpriseTriggers,
      },
    );
  }

  async #namespacePage(
    name: string,
    page: number,
    operation: string,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<string>> {
    const data = await this.#call<{
      NamespaceInfo?: unknown;
      NamespaceCount?: unknown;
    }>(
      'DescribeNamespacePersonal',
      { Namespace: name, ...pageAsked(page, PAGE_SIZE) },
      operation,
      options,
    );
    const entries = objectsOf<{ Namespace?: unknown }>(data.NamespaceInfo);
    return {
      items: entries.flatMap(({ Namespace }) =>
        typeof Namespace === 'string' ? Namespace : [],
      ),
      count: entries.length,
      total: countOf(data.NamespaceCount),
    };
  }

  async #repositoryPage(
    namespace: string | undefined,
    page: number,
    size: number,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<RepositoryItem>> {
    const data = await this.#call<{ RepoInfo?: unknown; TotalCount?: unknown }>(
      namespace
        ? 'DescribeRepositoryFilterPersonal'
        : 'DescribeRepositoryOwnerPersonal',
      { ...(namespace && { Namespace: namespace }), ...pageAsked(page, size) },
      `list the repositories${namespace ? ` of ${namespace}` : ''}`,
      options,
    );
    const entries = objectsOf<RepositoryEntry>(data.RepoInfo);
    return {
      items: entries.flatMap(entry =>
        toRepositoryItem({
          name: entry.RepoName,
          description: entry.Description,
          updated: entry.UpdateTime,
          tagCount: entry.TagCount,
          pullCount: entry.PullCount,
          isPublic:
            typeof entry.Public === 'number' ? entry.Public === 1 : undefined,
        }),
      ),
      count: entries.length,
      total: countOf(data.TotalCount),
    };
  }

  async #call<T extends object>(
    action: string,
    parameters: object,
    operation: string,
    { priority, signal }: RegistryCallOptions,
  ): Promise<Partial<T>> {
    const answer = await this.#api.call<{ Data?: T | null }>({
      action,
      region: this.#region,
      parameters,
      operation,
      priority,
      signal,
    });
    return answer.Data ?? {};
  }
}

function pageAsked(page: number, size: number) {
  return { Offset: (page - 1) * size, Limit: size };
}
