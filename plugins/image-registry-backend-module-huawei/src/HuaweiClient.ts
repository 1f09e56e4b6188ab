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
  foundAt,
  ListOptions,
  MadeWebhook,
  NewWebhook,
  OciRegistryClient,
  PullCredential,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryErrorCode,
  RegistryPage,
  remedies,
  skippedStep,
  toPullCredential,
  webhookPlaces,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { HuaweiEdition } from './editions';
import { HuaweiSource, sourceOf } from './HuaweiSource';
import { TITLE } from './title';

/** Refusals of a temporary login after which the derived one still works. */
const noTemporaryLogin: readonly RegistryErrorCode[] = [
  'forbidden',
  'not-found',
  'unsupported',
];

/**
 * Huawei Cloud SWR, basic and Enterprise: the edition's API for listings, the
 * OCI protocol for everything else. The basic edition is signed in to with a
 * login that is made of the keys, an Enterprise instance with temporary ones.
 */
export class HuaweiClient extends OciRegistryClient {
  readonly #source: HuaweiSource | undefined;
  readonly #listings: ApiListings;

  static create(connection: RegistryConnection): HuaweiClient {
    return new HuaweiClient(connection, sourceOf(connection));
  }

  private constructor(
    connection: RegistryConnection,
    source: HuaweiSource | undefined,
  ) {
    super(connection, {
      title: TITLE,
      toOciCredentials: () =>
        source?.edition === 'basic' ? source.derived : undefined,
      ...(source?.edition === 'enterprise' && { login: source.login }),
    });
    this.#source = source;
    this.#listings = new ApiListings({
      namespace: connection.namespace,
      places: 'organizations',
      find: (operation, options) => this.#edition(operation, options),
    });
  }

  /** Three requests in the basic edition, four of an instance. */
  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const source = this.#source;
    switch (source?.edition) {
      case 'basic':
        return this.#checkBasic(options);
      case 'enterprise':
        return this.#checkInstance(source.instance, options);
      default:
        return withVendorSteps(await this.checkSignIn(options), {
          list: async () => ({
            skipped: true,
            code: 'unsupported',
            message: 'Without access keys repositories cannot be listed',
            ...advice(
              advise(
                'huawei-type-or-key',
                'Type the names of repositories, or give access keys',
              ),
            ),
          }),
        });
    }
  }

  listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    return this.#listings.namespaces(options);
  }

  listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return this.#listings.repositories(options);
  }

  /** With push times, sizes and digests; by the protocol without keys. */
  listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    return this.#source
      ? this.#listings.tags(repository, options)
      : super.listTags(repository, options);
  }

  /** A temporary one; in the basic edition else the one made of the keys. */
  async pullCredential(
    options: RegistryCallOptions = {},
  ): Promise<PullCredential | undefined> {
    const source = this.#source;
    if (this.connection.pullCredentials || source?.edition !== 'basic') {
      return super.pullCredential(options);
    }
    try {
      return toPullCredential(await source.temporary.get(options));
    } catch (error) {
      if (
        error instanceof RegistryError &&
        noTemporaryLogin.includes(error.code)
      ) {
        return super.pullCredential(options);
      }
      throw error;
    }
  }

  async scanReport(
    repository: string,
    digest: string,
    options: RegistryCallOptions = {},
  ): Promise<ScanSummary> {
    const edition = await this.#edition(
      `read the scan of ${repository}`,
      options,
    );
    return edition.scan(repository, digest, callOptions(options));
  }

  /** Triggers of an instance belong to one namespace each. */
  async createWebhook(
    webhook: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    const operation = 'make the trigger';
    const namespaces = webhookPlaces(webhook, this.connection.namespace);
    if (namespaces.length === 0) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not ${operation}: a trigger belongs to one organization, and none is named`,
        { hint: remedies.nameEndpointRepositories },
      );
    }
    const edition = await this.#edition(operation, options);
    for (const namespace of namespaces) {
      await edition.putTrigger(namespace, webhook, callOptions(options));
    }
    const all = namespaces.join(', ');
    return foundAt(
      because(
        'huawei-trigger-made',
        `SWR console › Triggers › ${all} › ${webhook.name}`,
        { namespaces: all, name: webhook.name },
      ),
    );
  }

  async #checkBasic(options: RegistryCallOptions): Promise<CheckStep[]> {
    const ping = await this.checkPing(options);
    if (!ping.ok) {
      return withVendorSteps([ping, skippedStep('authenticate')], {
        list: async () => ({}),
      });
    }
    // One request tells both whether the keys are right and what they list.
    const listing = this.#listings.check(options);
    const authenticate = await checkStep('authenticate', () =>
      listing.then(
        () => undefined,
        error => {
          if (
            !(error instanceof RegistryError) ||
            error.code === 'unauthenticated'
          ) {
            throw error;
          }
        },
      ),
    );
    return withVendorSteps([ping, authenticate], {
      list: () => listing,
      pull: repository => this.assertMayPull(repository, options),
    });
  }

  async #checkInstance(
    instance: Extract<HuaweiSource, { edition: 'enterprise' }>['instance'],
    options: RegistryCallOptions,
  ): Promise<CheckStep[]> {
    const ping = await this.checkPing(options);
    const authenticate = ping.ok
      ? await checkStep('authenticate', async () => {
          await instance.project('sign in', options);
        })
      : skippedStep('authenticate');
    return withVendorSteps([ping, authenticate], {
      list: () => this.#listings.check(options),
    });
  }

  async #edition(
    operation: string,
    options: RegistryCallOptions,
  ): Promise<HuaweiEdition> {
    const source = this.#source;
    if (!source) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not ${operation}: that needs access keys, and the region`,
        {
          hint: advise(
            'huawei-give-key',
            'Give Access Key and Secret Key, and the region if the address does not tell it; or type the names of repositories',
          ),
        },
      );
    }
    return source.edition === 'basic'
      ? source.listings
      : source.instance.get(operation, options);
  }
}
