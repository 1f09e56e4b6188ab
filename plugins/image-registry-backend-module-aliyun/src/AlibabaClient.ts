import {
  CheckStep,
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advice,
  advise,
  ApiListings,
  because,
  callOptions,
  checkStep,
  ExpiringLogin,
  foundAt,
  ListOptions,
  MadeWebhook,
  NewWebhook,
  OciRegistryClient,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  remedies,
  skippedStep,
  VendorListing,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { tokenServices, vpcHost } from './addresses';
import { AlibabaEdition } from './editions';
import { EditionSource } from './EditionSource';
import { accessKeysOf } from './signIn';
import { TITLE } from './title';
import { assertTriggerUrl, triggerName } from './trigger';

const TYPE_THEM = advise(
  'aliyun-type-or-key',
  'Type the names of repositories, or sign in with access keys to choose them from a list',
);

/**
 * Alibaba Cloud Container Registry, Personal and Enterprise: the edition's API
 * for listings and logins when signed in with access keys, the OCI protocol
 * for everything else.
 */
export class AlibabaClient extends OciRegistryClient {
  readonly #source: EditionSource | undefined;
  readonly #listings: ApiListings;
  readonly #login: ExpiringLogin | undefined;
  readonly #host: string;

  static create(connection: RegistryConnection): AlibabaClient {
    const keys = accessKeysOf(connection);
    return new AlibabaClient(
      connection,
      keys && new EditionSource(connection, keys),
    );
  }

  private constructor(
    connection: RegistryConnection,
    source: EditionSource | undefined,
  ) {
    const host = new URL(connection.address).hostname;
    const login =
      source &&
      new ExpiringLogin(async options =>
        (await source.get(options)).login(options),
      );
    super(
      {
        ...connection,
        http: source?.http ?? connection.http,
        trustedRealms: [
          ...tokenServices(host),
          ...(connection.trustedRealms ?? []),
        ],
      },
      { title: TITLE, ...(login && { login }) },
    );
    this.#source = source;
    this.#listings = new ApiListings({
      namespace: connection.namespace,
      places: 'namespaces',
      find: (operation, options) => this.#edition(operation, options),
    });
    this.#login = login;
    this.#host = host;
  }

  /** Four requests with access keys: ping, login, one repository, a token. */
  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const login = this.#login;
    if (!login) {
      return withVendorSteps(await this.checkSignIn(options), {
        list: async () => ({
          skipped: true,
          code: 'unsupported',
          message:
            'With the Docker password repositories cannot be listed, only their tags',
          ...advice(TYPE_THEM),
        }),
      });
    }
    const ping = await this.checkPing(options);
    const authenticate = ping.ok
      ? await checkStep('authenticate', async () => {
          await login.get(options);
        })
      : skippedStep('authenticate');
    return withVendorSteps([ping, authenticate], {
      list: () => this.#checkList(options),
      pull: repository => this.assertMayPull(repository, options),
    });
  }

  listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    return this.#listings.namespaces(options);
  }

  listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return this.#listings.repositories(options);
  }

  /** With push times, sizes and digests; by the protocol without access keys. */
  listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    return this.#source
      ? this.#listings.tags(repository, options)
      : super.listTags(repository, options);
  }

  async scanReport(
    repository: string,
    digest: string,
    options: RegistryCallOptions = {},
  ): Promise<ScanSummary> {
    const edition = await this.#edition('read scans', options);
    return edition.scan(repository, digest, callOptions(options));
  }

  /** Triggers belong to one repository each. */
  async createWebhook(
    webhook: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    const operation = 'make the trigger';
    const { repositories = [] } = webhook;
    if (repositories.length === 0) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not ${operation}: a trigger belongs to one repository, and none is named`,
        { hint: remedies.nameEndpointRepositories },
      );
    }
    assertTriggerUrl(webhook.url, operation);
    const edition = await this.#edition(operation, options);
    const name = triggerName(webhook.name);
    for (const repository of repositories) {
      await edition.putTrigger(
        repository,
        { name, url: webhook.url },
        callOptions(options),
      );
    }
    const all = repositories.join(', ');
    return foundAt(
      because(
        'alibaba-trigger-made',
        `Container Registry console › Repositories › ${all} › Trigger › ${name}`,
        { repositories: all, name },
      ),
    );
  }

  async #checkList(options: RegistryCallOptions): Promise<VendorListing> {
    const listing = await this.#listings.check(options);
    const vpc = this.connection.pullAddress ? undefined : vpcHost(this.#host);
    return {
      ...listing,
      ...(vpc && {
        ...advice(
          advise(
            'aliyun-vpc',
            `Clusters inside a VPC pull faster and free of charge from ${vpc}: enter it as the pull address`,
            { host: vpc },
          ),
        ),
      }),
    };
  }

  async #edition(
    operation: string,
    options: RegistryCallOptions,
  ): Promise<AlibabaEdition> {
    if (!this.#source) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not ${operation}: that needs access keys`,
        { hint: TYPE_THEM },
      );
    }
    return this.#source.get(options);
  }
}
