import {
  CheckStep,
  RepositoryItem,
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
  webhookPlaces,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { TencentApi } from './api';
import { PersonalEdition, TencentEdition } from './editions';
import { personalRegionOf } from './instance';
import { InstanceSource } from './InstanceSource';
import { apiKeyOf } from './signIn';
import { TITLE } from './title';

const TYPE_THEM = advise(
  'tencent-type-or-key',
  'Type the names of repositories, or sign in with an API key to choose them from a list',
);

/** What an API key opens: one of the editions. */
type Source =
  | { edition: 'personal'; listings: PersonalEdition }
  | { edition: 'enterprise'; instance: InstanceSource; login: ExpiringLogin };

/**
 * Tencent Container Registry, Personal and Enterprise: the edition's API for
 * listings when signed in with an API key, the OCI protocol for everything
 * else. Only the Enterprise Edition hands out logins.
 */
export class TencentClient extends OciRegistryClient {
  readonly #source: Source | undefined;
  readonly #listings: ApiListings;

  static create(connection: RegistryConnection): TencentClient {
    return new TencentClient(connection, sourceOf(connection));
  }

  private constructor(
    connection: RegistryConnection,
    source: Source | undefined,
  ) {
    super(connection, {
      title: TITLE,
      ...(source?.edition === 'enterprise' && { login: source.login }),
    });
    this.#source = source;
    this.#listings = new ApiListings({
      namespace: connection.namespace,
      places: 'namespaces',
      find: (operation, options) => this.#edition(operation, options),
    });
  }

  /**
   * Four requests: with an API key of an instance ping, the instance, one
   * repository, a temporary login.
   */
  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const source = this.#source;
    if (source?.edition === 'enterprise') {
      return this.#checkInstance(source, options);
    }
    return withVendorSteps(await this.checkSignIn(options), {
      list: source
        ? () => this.#listings.check(options)
        : async () => ({
            skipped: true,
            code: 'unsupported',
            message:
              'With an access credential repositories cannot be listed, only their tags',
            ...advice(TYPE_THEM),
          }),
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

  /** With push times and sizes; by the protocol without an API key. */
  listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    return this.#source
      ? this.#listings.tags(repository, options)
      : super.listTags(repository, options);
  }

  /** Triggers belong to one namespace each; the secret goes into a header. */
  async createWebhook(
    webhook: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    const operation = 'make the trigger';
    const namespaces = webhookPlaces(webhook, this.connection.namespace);
    if (namespaces.length === 0) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not ${operation}: a trigger belongs to one namespace, and none is named`,
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
        'tencent-trigger-made',
        `Container Registry console › Triggers › ${all} › ${webhook.name}`,
        { namespaces: all, name: webhook.name },
      ),
    );
  }

  async #checkInstance(
    { instance, login }: Extract<Source, { edition: 'enterprise' }>,
    options: RegistryCallOptions,
  ): Promise<CheckStep[]> {
    const ping = await this.checkPing(options);
    const authenticate = ping.ok
      ? await checkStep('authenticate', async () => {
          await instance.get('sign in', options);
        })
      : skippedStep('authenticate');
    return withVendorSteps([ping, authenticate], {
      list: () => this.#listings.check(options),
      // The login is what may be missing; that it pulls is the vendor's word.
      pull: async () => {
        await login.get(options);
      },
    });
  }

  async #edition(
    operation: string,
    options: RegistryCallOptions,
  ): Promise<TencentEdition> {
    const source = this.#source;
    if (!source) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not ${operation}: that needs an API key`,
        { hint: TYPE_THEM },
      );
    }
    return source.edition === 'personal'
      ? source.listings
      : source.instance.get(operation, options);
  }
}

function sourceOf(connection: RegistryConnection): Source | undefined {
  const key = apiKeyOf(connection);
  if (!key) {
    return undefined;
  }
  const { hostname } = new URL(connection.address);
  const api = new TencentApi(connection.http, key);
  const region = personalRegionOf(hostname);
  if (region) {
    return { edition: 'personal', listings: new PersonalEdition(api, region) };
  }
  const instance = new InstanceSource(api, hostname);
  return {
    edition: 'enterprise',
    instance,
    login: new ExpiringLogin(options => instance.login(options)),
  };
}
