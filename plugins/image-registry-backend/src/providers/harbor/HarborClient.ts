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
  checkStep,
  ImageDescriptor,
  InspectedImage,
  ListOptions,
  MadeWebhook,
  NewWebhook,
  OciRegistryClient,
  readNumberedPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  RegistryQuota,
  searchPage,
  skippedStep,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { harborArtifact, scanOf, toTagItems } from './artifacts';
import { entriesOf, HarborApi, splitRepository } from './HarborApi';
import { heldBack, isHeldBack } from './heldBack';
import { listProjects, readQuotas, readVisibility } from './projects';
import { readArtifact, resolveByApi } from './readArtifact';
import {
  assertRepository,
  listRepositories,
  readRepositoryPage,
} from './repositories';
import { missingRight } from './rights';
import { signaturesOfArtifact } from './signatures';
import { putWebhookPolicy } from './webhookPolicies';

const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

/**
 * Pages of the newest artifacts that come with scan, signatures and
 * immutability: Harbor looks each of them up for itself, which takes its time.
 */
const DETAILED_PAGES = 10;

const DETAILS =
  '&with_scan_overview=true&with_accessory=true&with_immutable_status=true';

/** Harbor: its API for listings, the OCI protocol for images. */
export class HarborClient extends OciRegistryClient {
  readonly #api: HarborApi;
  readonly #project: string | undefined;

  constructor(connection: RegistryConnection) {
    super(connection, { title: 'Harbor' });
    this.#api = new HarborApi(connection);
    this.#project = connection.namespace;
  }

  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const ping = await this.checkPing(options);
    const authenticate = ping.ok
      ? await checkStep('authenticate', () => this.#signIn(options))
      : skippedStep('authenticate');
    return withVendorSteps([ping, authenticate], {
      list: async () => {
        const { items, total } = await readRepositoryPage(
          this.#api,
          this.#project,
          { page: 1, size: 1 },
          callOptions(options),
        );
        return {
          ...checkFindings.listed(total ?? items.length, this.#project),
          sample: items[0]?.repository,
        };
      },
      pull: repository => this.assertMayPull(repository, options),
    });
  }

  /** The projects that the account may see. */
  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    if (this.#project) {
      return { items: [this.#project], totalItems: 1, complete: true };
    }
    const [page] = await Promise.all([
      listProjects(this.#api, callOptions(options)),
      this.#api.assertSignedIn('list the projects', options),
    ]);
    return { ...page, items: page.items.map(({ name }) => name) };
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const project = options.namespace ?? this.#project;
    const [page, visibility] = await Promise.all([
      listRepositories(this.#api, project, callOptions(options)),
      readVisibility(this.#api, project, callOptions(options)),
      project === undefined &&
        this.#api.assertSignedIn('list the repositories', options),
    ]);
    const items = page.items.map(item => {
      const [owner] = item.repository.split('/', 1);
      const isPublic = visibility.get(owner);
      return isPublic === undefined ? item : { ...item, isPublic };
    });
    return searchPage({ ...page, items }, options.search);
  }

  /** By artifact, so that tags of one digest come with the same details. */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const { project } = splitRepository(repository);
    const page = await readNumberedPages<TagItem>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async number => {
        const isDetailed = number <= DETAILED_PAGES;
        const { entries, ...counted } = entriesOf(
          await this.#api.sendToRepository({
            ...callOptions(options),
            repository,
            below: `/artifacts?page=${number}&page_size=${PAGE_SIZE}&with_tag=true&sort=-push_time${
              isDetailed ? DETAILS : ''
            }`,
            operation: `list the tags of ${repository}`,
            needs: { resource: 'Artifact', action: 'List', project },
          }),
          harborArtifact,
        );
        return {
          ...counted,
          items: entries.flatMap(entry => toTagItems(entry, isDetailed)),
        };
      },
    });
    if (page.items.length === 0) {
      await assertRepository(this.#api, repository, callOptions(options));
    }
    return searchPage(page, options.search);
  }

  /**
   * By the API where the project holds an image back, as until its scan has
   * ended: what the tag names is no secret, and what it waits for is another
   * question.
   */
  async resolve(
    repository: string,
    reference: string,
    options: RegistryCallOptions = {},
  ): Promise<ImageDescriptor> {
    const operation = `resolve ${repository}:${reference}`;
    try {
      return await this.#mayPull(
        repository,
        super.resolve(repository, reference, options),
        { ...options, operation },
      );
    } catch (error) {
      if (!isHeldBack(error)) {
        throw error;
      }
      return resolveByApi(this.#api, repository, {
        ...callOptions(options),
        reference,
        operation,
      });
    }
  }

  async inspect(
    repository: string,
    reference: string,
    options: RegistryCallOptions = {},
  ): Promise<InspectedImage> {
    const operation = `inspect ${repository}:${reference}`;
    try {
      return await this.#mayPull(
        repository,
        super.inspect(repository, reference, options),
        { ...options, operation },
      );
    } catch (error) {
      throw isHeldBack(error) ? heldBack(repository, operation, error) : error;
    }
  }

  async scanReport(
    repository: string,
    digest: string,
    options: RegistryCallOptions = {},
  ): Promise<ScanSummary> {
    return scanOf(
      await readArtifact(this.#api, repository, {
        ...callOptions(options),
        reference: digest,
        query: 'with_tag=false&with_scan_overview=true',
        operation: `read the scan of ${repository}@${digest}`,
      }),
    );
  }

  async signatures(
    repository: string,
    digest: string,
    options: RegistryCallOptions = {},
  ): Promise<string[]> {
    const { accessories } = await readArtifact(this.#api, repository, {
      ...callOptions(options),
      reference: digest,
      query: 'with_tag=false&with_accessory=true',
      operation: `read the signatures of ${repository}@${digest}`,
    });
    return signaturesOfArtifact(this.oci, repository, accessories, options);
  }

  quota(options: RegistryCallOptions = {}): Promise<RegistryQuota[]> {
    return readQuotas(this.#api, this.#project, callOptions(options));
  }

  async createWebhook(
    webhook: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    const project = webhook.place ?? this.#project;
    if (!project) {
      throw new RegistryError(
        'unsupported',
        'Harbor: could not add a webhook: each belongs to one project, and none is given',
        {
          hint: advise(
            'harbor-choose-project',
            'Choose the project, or set one in the settings',
          ),
        },
      );
    }
    return putWebhookPolicy(this.#api, project, webhook, callOptions(options));
  }

  async #signIn(options: RegistryCallOptions) {
    if (!this.connection.credentials) {
      return checkFindings.anonymous();
    }
    await this.#api.assertSignedIn('sign in', options);
    return {};
  }

  /**
   * Tells a wrong password from a missing right, where Harbor does not: it
   * gives everybody a token, if only for nothing.
   */
  async #mayPull<T>(
    repository: string,
    work: Promise<T>,
    { operation, ...options }: RegistryCallOptions & { operation: string },
  ): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'forbidden') {
        throw error;
      }
      await this.#api.assertSignedIn(operation, options);
      const { project } = splitRepository(repository);
      throw missingRight(
        { resource: 'Repository', action: 'Pull', project },
        this.connection.credentials?.username,
        error,
      );
    }
  }
}
