import {
  CheckStep,
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  callOptions,
  checkFindings,
  ExpiringLogin,
  ListOptions,
  OciRegistryClient,
  readFollowingPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  searchPage,
} from '@slipway/backstage-plugin-image-registry-node';
import { checkAws } from '../checkAws';
import { TITLE } from '../title';
import { EcrApi } from './EcrApi';
import {
  readMutability,
  TagMutability,
  toRepositoryItem,
  toTagItems,
} from './images';
import { readScanSummary } from './scan';

/** Of 1 000 entries each. */
const MOST_PAGES = 200;

/** Enough to find a repository inside the namespace, in one request. */
const SAMPLE_SIZE = 100;

/** A private registry of ECR: the API for listings, the protocol for images. */
export class EcrClient extends OciRegistryClient {
  readonly #api: EcrApi;
  readonly #login: ExpiringLogin;

  constructor(connection: RegistryConnection, api: EcrApi) {
    const login = new ExpiringLogin(options => api.login(options));
    super(connection, { title: TITLE, login });
    this.#api = api;
    this.#login = login;
  }

  check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    return checkAws(this.connection, this.#login, options, async () => {
      const { repositories = [], nextToken } = await this.#api.repositories(
        { maxResults: SAMPLE_SIZE },
        options,
      );
      const names = repositories.flatMap(toRepositoryItem);
      const inside = names.find(each => this.#isInside(each.repository));
      return {
        ...checkFindings.listed(`${names.length}${nextToken ? '+' : ''}`),
        sample: (inside ?? names[0])?.repository,
      };
    });
  }

  /** What stands before the last slash of the names. */
  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    const page = await this.#repositories(options);
    const namespaces = page.items.flatMap(({ repository }) => {
      const slash = repository.lastIndexOf('/');
      return slash > 0 ? [repository.slice(0, slash)] : [];
    });
    const items = [...new Set(namespaces)].sort();
    return {
      ...page,
      items,
      ...(page.complete && { totalItems: items.length }),
    };
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const page = await this.#repositories(options);
    const items = page.items.filter(({ repository }) =>
      this.#isInside(repository, options.namespace),
    );
    return searchPage(
      {
        ...page,
        items,
        ...(page.complete && { totalItems: items.length }),
      },
      options.search,
    );
  }

  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const call = callOptions(options);
    const isImmutable = this.#mutability(repository, call);
    const page = await readFollowingPages<TagItem>({
      mostPages: MOST_PAGES,
      read: async nextToken => {
        const [answer, immutability] = await Promise.all([
          this.#api.images(repository, { nextToken }, call),
          isImmutable,
        ]);
        const images = answer.imageDetails ?? [];
        return {
          items: images.flatMap(image => toTagItems(image, immutability)),
          count: images.length,
          next: answer.nextToken,
        };
      },
    });
    return searchPage(page, options.search);
  }

  /** Of a platform's image: ECR scans no index. */
  async scanReport(
    repository: string,
    digest: string,
    options: RegistryCallOptions = {},
  ): Promise<ScanSummary> {
    const { imageScanFindings, imageScanStatus } = await this.#api.scanFindings(
      repository,
      digest,
      options,
    );
    return readScanSummary(imageScanStatus ?? {}, imageScanFindings);
  }

  #repositories(options: ListOptions): Promise<RegistryPage<RepositoryItem>> {
    const call = callOptions(options);
    return readFollowingPages<RepositoryItem>({
      mostPages: MOST_PAGES,
      read: async nextToken => {
        const answer = await this.#api.repositories({ nextToken }, call);
        const repositories = answer.repositories ?? [];
        return {
          items: repositories.flatMap(toRepositoryItem),
          count: repositories.length,
          next: answer.nextToken,
        };
      },
    });
  }

  /** Without the right to ask, tags come without it. */
  async #mutability(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<TagMutability> {
    try {
      const found = await this.#api.repository(repository, options);
      return readMutability(found ?? {});
    } catch (error) {
      if (error instanceof RegistryError) {
        return () => undefined;
      }
      throw error;
    }
  }

  #isInside(
    repository: string,
    namespace = this.connection.namespace,
  ): boolean {
    return !namespace || repository.startsWith(`${namespace}/`);
  }
}
