import {
  CheckStep,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ListOptions,
  NumberedPage,
  OciRegistryClient,
  readNumberedPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpResponse,
  RegistryPage,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  HarborArtifact,
  HarborRepository,
  toRepositoryItem,
  toTagItems,
} from './artifacts';
import { HarborApi } from './HarborApi';

const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;
/** What the specification asks for, and one more for a proxy that undoes one. */
const ENCODINGS = [2, 3] as const;

/** Harbor: its API for listings, the OCI protocol for images. */
export class HarborClient extends OciRegistryClient {
  readonly #api: HarborApi;
  readonly #project: string | undefined;
  #encodings: (typeof ENCODINGS)[number] | undefined;

  constructor(connection: RegistryConnection) {
    super(connection, { title: 'Harbor' });
    this.#api = new HarborApi(connection);
    this.#project = connection.namespace;
  }

  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    return withVendorSteps(await this.checkSignIn(options), {
      list: async () => {
        const { items, total } = await this.#repositoryPage(
          this.#project,
          1,
          1,
          options,
        );
        const place = this.#project ? ` in project ${this.#project}` : '';
        return {
          message: `${total ?? items.length} repositories${place}`,
          ...(items[0]?.name && { sample: items[0].name }),
        };
      },
      pull: async repository => {
        await this.oci.listTags(repository, { ...options, limit: 1 });
      },
    });
  }

  /** The projects that the account may see. */
  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    if (this.#project) {
      return { items: [this.#project], totalItems: 1, complete: true };
    }
    const page = await readNumberedPages<{ name?: string }>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async number =>
        toPage(
          await this.#api.get({
            ...only(options),
            path: `/projects?page=${number}&page_size=${PAGE_SIZE}`,
            operation: 'list the projects',
            needs: { resource: 'Project', action: 'List' },
          }),
        ),
    });
    const names = page.items.flatMap(({ name }) => name ?? []);
    return { ...page, items: names };
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const project = options.namespace ?? this.#project;
    const page = await readNumberedPages<HarborRepository>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: number => this.#repositoryPage(project, number, PAGE_SIZE, options),
    });
    const search = options.search?.toLowerCase() ?? '';
    const items = page.items
      .flatMap(toRepositoryItem)
      .filter(({ repository }) => repository.includes(search));
    return { ...page, items, totalItems: items.length };
  }

  /** By artifact, so that tags of one digest come with the same details. */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const page = await readNumberedPages<HarborArtifact>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: number => this.#artifactPage(repository, number, options),
    });
    const search = options.search?.toLowerCase() ?? '';
    const items = page.items
      .flatMap(toTagItems)
      .filter(({ tag }) => tag.toLowerCase().includes(search));
    return { ...page, items, totalItems: items.length };
  }

  async #repositoryPage(
    project: string | undefined,
    page: number,
    size: number,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<HarborRepository>> {
    const place = project ? `/projects/${encodeURIComponent(project)}` : '';
    const response = await this.#api.get({
      ...only(options),
      path: `${place}/repositories?page=${page}&page_size=${size}`,
      operation: `list the repositories${project ? ` of ${project}` : ''}`,
      needs: { resource: 'Repository', action: 'List', project },
    });
    return toPage(response);
  }

  async #artifactPage(
    repository: string,
    page: number,
    options: RegistryCallOptions,
  ): Promise<NumberedPage<HarborArtifact>> {
    const slash = repository.indexOf('/');
    const project = repository.slice(0, Math.max(slash, 0));
    const name = repository.slice(slash + 1);
    if (!project) {
      throw new RegistryError(
        'not-found',
        `Harbor: ${repository} cannot exist: repositories there begin with their project`,
      );
    }
    const ask = (encodings: number) =>
      this.#api.get({
        ...only(options),
        path: `/projects/${encodeURIComponent(project)}/repositories/${encoded(
          name,
          encodings,
        )}/artifacts?page=${page}&page_size=${PAGE_SIZE}&with_tag=true&sort=-push_time`,
        operation: `list the tags of ${repository}`,
        needs: { resource: 'Artifact', action: 'List', project },
      });
    return toPage(name.includes('/') ? await this.#nested(ask) : await ask(1));
  }

  /** How often a nested name must be encoded depends on what is in between. */
  async #nested(
    ask: (encodings: number) => Promise<RegistryHttpResponse>,
  ): Promise<RegistryHttpResponse> {
    if (this.#encodings) {
      return ask(this.#encodings);
    }
    const [usual, behindProxy] = ENCODINGS;
    try {
      const response = await ask(usual);
      this.#encodings = usual;
      return response;
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'not-found') {
        throw error;
      }
      const response = await ask(behindProxy).catch(() => {
        throw error;
      });
      this.#encodings = behindProxy;
      return response;
    }
  }
}

function only({ signal, priority }: RegistryCallOptions): RegistryCallOptions {
  return { signal, priority };
}

function encoded(name: string, times: number): string {
  return times === 0 ? name : encoded(encodeURIComponent(name), times - 1);
}

function toPage<T extends object>(
  response: RegistryHttpResponse,
): NumberedPage<T> {
  const entries = response.json<unknown>();
  const total = Number(response.headers['x-total-count'] ?? NaN);
  return {
    items: Array.isArray(entries)
      ? entries.filter(
          (entry): entry is T => typeof entry === 'object' && entry !== null,
        )
      : [],
    count: Array.isArray(entries) ? entries.length : 0,
    ...(Number.isInteger(total) && { total }),
  };
}
