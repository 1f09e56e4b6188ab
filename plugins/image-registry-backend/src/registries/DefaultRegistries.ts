import { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { RegistryUsage } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  because,
  refusal,
  RegistryBudget,
  RegistryCallOptions,
  RegistryClient,
  RegistryCredentials,
  RegistryError,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { noRegistry } from '../http';
import { ConfiguredRegistry } from './configuredRegistries';
import { PullLogin, toPullLogin } from './pullLogin';
import { RecentKeys } from './RecentKeys';
import { ClusterLogin, RegistryConnections } from './RegistryConnections';
import { CredentialSafe } from './CredentialSafe';
import { isGranted, isGrantedAny } from './grants';
import {
  ConfiguredEndpoint,
  RegistryService,
  RegistryUsageSource,
  ServedImage,
  StoredRegistry,
} from './RegistryService';
import { orNone, secretsOf } from './secretsOf';
import { findServing, pullReference } from './servedImages';
import { RegistryFilter, RegistryRecord, RegistryStore } from './store';
import { SystemDomains } from './SystemDomains';

/** For how long what was given out is not asked for again, in ms. */
const GIVEN_MS = 5 * 60_000;

/** What {@link DefaultRegistries} is made of. */
export interface DefaultRegistriesOptions {
  store: RegistryStore;
  safe: CredentialSafe;
  connections: RegistryConnections;
  providers: RegistryProvider[];
  configured: ConfiguredRegistry[];
  domains: SystemDomains;
}

/** {@inheritDoc RegistryService} */
export class DefaultRegistries implements RegistryService {
  readonly #options: DefaultRegistriesOptions;
  readonly #providers: ReadonlyMap<string, RegistryProvider>;
  #nextListing: Promise<StoredRegistry[]> | undefined;
  readonly #usageSources: RegistryUsageSource[] = [];
  /** Manifests that clusters were given. */
  readonly #given = new RecentKeys(GIVEN_MS);

  constructor(options: DefaultRegistriesOptions) {
    this.#options = options;
    this.#providers = new Map(
      options.providers.map(provider => [provider.descriptor.id, provider]),
    );
  }

  async list(
    criteria?: PermissionCriteria<RegistryFilter>,
  ): Promise<StoredRegistry[]> {
    const records = await this.#options.store.list(criteria);
    return records.map(record => this.#withLock(record));
  }

  async get(id: string): Promise<StoredRegistry> {
    const registry = await this.find(id);
    if (!registry) {
      throw noRegistry(id);
    }
    return registry;
  }

  async find(id: string): Promise<StoredRegistry | undefined> {
    const record = await this.#options.store.find(id);
    return record && this.#withLock(record);
  }

  async client(id: string): Promise<RegistryClient> {
    const registry = await this.get(id);
    if (registry.status.state === 'removed') {
      throw new RegistryError(
        'unsupported',
        `${registry.name} was removed from app-config`,
        {
          hint: advise(
            'connect-again',
            'Connect it again, or let what uses it use another registry',
          ),
        },
      );
    }
    const provider = this.#providers.get(registry.provider);
    if (!provider) {
      throw new RegistryError(
        'unsupported',
        `${registry.name} is of the kind "${registry.provider}", which is not installed`,
        { hint: advise('add-module', "Add that kind's module to the backend") },
      );
    }
    return this.#options.connections.shared(id, registry.version, async () => {
      const credentials = await this.#credentials(registry);
      const pullCredentials = await this.#pullCredentials(registry);
      // Credentials of the next version may be for another address.
      if ((await this.get(id)).version !== registry.version) {
        throw new RegistryError(
          'unreachable',
          `${registry.name} was changed at this moment`,
          { hint: advise('try-again', 'Try again') },
        );
      }
      return {
        registryId: id,
        provider,
        address: registry.address,
        options: registry.options,
        tls: registry.tls,
        namespace: registry.namespace,
        pullAddress: registry.pullAddress,
        proxy: registry.proxy,
        credentials,
        pullCredentials,
      };
    });
  }

  async pullLogin(
    id: string,
    options?: RegistryCallOptions,
  ): Promise<PullLogin | undefined> {
    const registry = await this.get(id);
    const client = await this.client(id);
    return toPullLogin(registry, await client.pullCredential?.(options));
  }

  async tryPull(
    id: string,
    repository: string,
    digest: string,
  ): Promise<boolean> {
    const options = { priority: 'interactive' as const };
    const { version } = await this.get(id);
    const client = await this.client(id);
    if (!client.tryPull) {
      return false;
    }
    const key = JSON.stringify([id, version, repository, digest]);
    if (!this.#given.has(key)) {
      const login = await this.pullLogin(id, options);
      await client.tryPull(repository, digest, login, options);
      this.#given.add(key);
    }
    return true;
  }

  async secrets(): Promise<string[]> {
    const registries = await this.list();
    const logins = await Promise.all(
      registries.map(async registry => [
        await orNone(() => this.#credentials(registry)),
        await orNone(() => this.#pullCredentials(registry)),
        await orNone(() => this.#issuedLogin(registry)),
      ]),
    );
    return [
      ...new Set(logins.flat().flatMap(login => secretsOf({ ...login }))),
    ];
  }

  budget(registry: StoredRegistry): RegistryBudget | undefined {
    return this.#options.connections.budget(registry.id);
  }

  provider(id: string): RegistryProvider {
    const provider = this.#providers.get(id);
    if (!provider) {
      const known = [...this.#providers.keys()].join(', ');
      throw refusal(
        NotFoundError,
        because('no-such-kind', `No provider "${id}"; installed are ${known}`, {
          id,
          known,
        }),
      );
    }
    return provider;
  }

  providers(): RegistryProvider[] {
    return [...this.#providers.values()];
  }

  isGranted(
    registry: StoredRegistry,
    repository: string,
    entity: Entity,
  ): boolean {
    return isGranted(registry.grants, repository, entity, system =>
      this.#options.domains.domainOf(system),
    );
  }

  /** Whether a component may use any repository of a registry. */
  isGrantedAny(registry: StoredRegistry, entity: Entity): boolean {
    return isGrantedAny(registry.grants, entity, system =>
      this.#options.domains.domainOf(system),
    );
  }

  async findByImage(image: string): Promise<ServedImage | undefined> {
    const registries = await this.#listOnce();
    return findServing(
      registries.filter(({ status }) => status.state !== 'removed'),
      image,
    );
  }

  /**
   * Those who ask in one go share a reading that begins after all of them:
   * a page asks for each of hundreds of images.
   */
  #listOnce(): Promise<StoredRegistry[]> {
    this.#nextListing ??= Promise.resolve().then(() => {
      this.#nextListing = undefined;
      return this.list();
    });
    return this.#nextListing;
  }

  pullReference(
    registry: StoredRegistry,
    image: { repository: string; tag?: string; digest?: string },
  ): string {
    return pullReference(registry, image);
  }

  addUsageSource(source: RegistryUsageSource): void {
    this.#usageSources.push(source);
  }

  /** Everything that uses a registry, from all rooms. */
  async usages(id: string): Promise<RegistryUsage[]> {
    const usages = await Promise.all(
      this.#usageSources.map(source => source(id)),
    );
    return usages.flat();
  }

  configuredEndpoints(): ConfiguredEndpoint[] {
    return this.#options.configured.flatMap(registry => registry.endpoints);
  }

  /** What app-config says of a registry. */
  configured(id: string): ConfiguredRegistry | undefined {
    return this.#options.configured.find(registry => registry.id === id);
  }

  /** The registry that app-config makes the default. */
  configuredDefault(): ConfiguredRegistry | undefined {
    return this.#options.configured.find(registry => registry.isDefault);
  }

  async #credentials(
    registry: StoredRegistry,
  ): Promise<RegistryCredentials | undefined> {
    return registry.source === 'config'
      ? this.configured(registry.id)?.credentials
      : this.#options.safe.open(registry.id, 'manage');
  }

  async #pullCredentials(
    registry: StoredRegistry,
  ): Promise<ClusterLogin | undefined> {
    if (registry.source === 'config') {
      return this.configured(registry.id)?.pullCredentials;
    }
    const opened = await this.#options.safe.open(registry.id, 'pull');
    return opened && { username: opened.username, password: opened.password };
  }

  /** What a vendor issued for some hours to the client in use. */
  async #issuedLogin({
    id,
  }: StoredRegistry): Promise<ClusterLogin | undefined> {
    const client = await this.#options.connections.inUse(id);
    return client?.pullCredential?.({ priority: 'background' });
  }

  #withLock(record: RegistryRecord): StoredRegistry {
    const { keyIds, ...registry } = record;
    if (registry.source === 'config') {
      return { ...registry, ...this.#configuredLogin(registry.id) };
    }
    const locked = this.#options.safe.lockedReason(keyIds);
    return locked
      ? {
          ...registry,
          status: {
            state: 'locked',
            message: locked.message,
            because: locked,
          },
        }
      : registry;
  }

  #configuredLogin(
    id: string,
  ): Pick<
    StoredRegistry,
    'hasCredentials' | 'hasPullCredentials' | 'username'
  > {
    const configured = this.configured(id);
    return {
      hasCredentials: configured?.credentials !== undefined,
      hasPullCredentials: configured?.pullCredentials !== undefined,
      ...(configured?.username !== undefined && {
        username: configured.username,
      }),
    };
  }
}
