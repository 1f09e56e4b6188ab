import {
  AuthService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ImageRegistrySignal,
  parseRegistryAddress,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  AddressGuard,
  RegistryHttpOptions,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { ConnectionCheck } from './check';
import {
  ConfiguredRegistry,
  readConfiguredRegistries,
} from './configuredRegistries';
import { CredentialSafe } from './CredentialSafe';
import { DefaultRegistries } from './DefaultRegistries';
import { Outgoing } from './outgoing';
import { RegistryChecks } from './RegistryChecks';
import { RegistryConnections } from './RegistryConnections';
import { RegistryEditor } from './RegistryEditor';
import { readProxy, readPullAddress, usernameOf } from './registryInput';
import { DatabaseRegistryStore } from './store';
import { SystemDomains } from './SystemDomains';
import { ConfigVault, Vault } from './vault';

/** Options of {@link createRegistries}. */
export interface RegistriesOptions {
  /** The plugin's database with the newest tables. */
  knex: Knex;
  config: RootConfigService;
  logger: LoggerService;
  scheduler: SchedulerService;
  auth: AuthService;
  catalog: CatalogService;
  /** Built-in and from modules. */
  providers: RegistryProvider[];
  outgoing: Outgoing;
  /** Default: made of `imageRegistry.encryption.keys`. */
  vault?: Vault;
  /** Tells open pages that a registry changed. */
  publish(signal: ImageRegistrySignal): void;
  /** Overrides of time-outs and waits, for tests. */
  http?: Pick<RegistryHttpOptions, 'patience' | 'timeouts' | 'traffic'>;
}

/** The room of registries. */
export interface Registries {
  /** What the other rooms use. */
  service: DefaultRegistries;
  editor: RegistryEditor;
  checks: RegistryChecks;
  /** Encrypts and decrypts; other rooms may keep secrets of their own with it. */
  vault: Vault;
  /** Credentials that older keys than the first one encrypt. */
  countOutdatedCredentials(): Promise<number>;
  /**
   * Encrypts them with the first key; the background does it every hour.
   * @returns how many were changed, and how many no configured key opens
   */
  reencryptCredentials(
    signal?: AbortSignal,
  ): Promise<{ changed: number; locked: number }>;
  /**
   * Begins the background work, once every room has told what it uses:
   * checks, re-encryption, and forgetting unused registries that left
   * app-config.
   */
  start(): Promise<void>;
}

/**
 * Builds the room of registries and mirrors those of app-config.
 * @throws Error naming the configuration key that is wrong
 */
export async function createRegistries(
  options: RegistriesOptions,
): Promise<Registries> {
  const { knex, config, logger, providers, outgoing, publish } = options;
  const { guard } = outgoing;
  const store = DatabaseRegistryStore.create({ knex });
  const vault = options.vault ?? ConfigVault.create({ config });
  const safe = new CredentialSafe({ store, vault, logger });
  const connections = new RegistryConnections({
    ...outgoing,
    http: options.http,
  });
  const domains = new SystemDomains(options);
  const check = new ConnectionCheck({ guard });
  const configured = readConfiguredRegistries(config).map(registry =>
    normalized(registry, providers, guard, logger),
  );
  await store.mirror(configured);

  const service = new DefaultRegistries({
    store,
    safe,
    connections,
    providers,
    configured,
    domains,
  });
  const shared = {
    registries: service,
    store,
    safe,
    connections,
    guard,
    check,
    publish,
  };
  const editor = new RegistryEditor(shared);
  const checks = new RegistryChecks({ ...shared, logger });
  return {
    service,
    editor,
    checks,
    vault,
    countOutdatedCredentials: () => safe.countOutdated(),
    reencryptCredentials: signal => safe.reencrypt(signal),
    async start() {
      await forgetUnused(service, store);
      await domains.refresh();
      await schedule(options.scheduler, { checks, safe, domains });
    },
  };
}

/** Brings a registry of app-config into the form that is stored. */
function normalized(
  registry: ConfiguredRegistry,
  providers: RegistryProvider[],
  guard: AddressGuard,
  logger: LoggerService,
): ConfiguredRegistry {
  const key = `imageRegistry.registries.${registry.id}`;
  const provider = providers.find(
    ({ descriptor }) => descriptor.id === registry.provider,
  );
  if (!provider) {
    logger.warn(`${key}.provider "${registry.provider}" is not installed`);
  }
  try {
    const parsed = parseRegistryAddress(registry.address);
    for (const { message } of parsed.warnings) {
      logger.info(`${key}.address: ${message}`);
    }
    return {
      ...registry,
      address: provider?.normalizeAddress?.(registry.address) ?? parsed.url,
      namespace: registry.namespace ?? parsed.namespace,
      pullAddress: readPullAddress(registry.pullAddress, guard),
      proxy: readProxy(registry.proxy, guard),
      ...(provider && usernameOf(provider.descriptor, registry.credentials)),
    };
  } catch (error) {
    throw new Error(
      `${key}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Registries that left app-config and that nothing refers to. */
async function forgetUnused(
  service: DefaultRegistries,
  store: DatabaseRegistryStore,
): Promise<void> {
  for (const { id, status } of await service.list()) {
    if (status.state === 'removed' && !(await service.usages(id)).length) {
      await store.remove(id);
    }
  }
}

async function schedule(
  scheduler: SchedulerService,
  work: {
    checks: RegistryChecks;
    safe: CredentialSafe;
    domains: SystemDomains;
  },
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'image-registry-check-registries',
    scope: 'global',
    frequency: { minutes: 10 },
    initialDelay: { seconds: 10 },
    timeout: { minutes: 9 },
    fn: signal => work.checks.all(signal),
  });
  await scheduler.scheduleTask({
    id: 'image-registry-reencrypt-credentials',
    scope: 'global',
    frequency: { hours: 1 },
    initialDelay: { seconds: 30 },
    timeout: { minutes: 30 },
    fn: async signal => {
      await work.safe.reencrypt(signal);
    },
  });
  await scheduler.scheduleTask({
    id: 'image-registry-read-domains',
    // Each replica keeps its own map.
    scope: 'local',
    frequency: { minutes: 1 },
    initialDelay: { minutes: 1 },
    timeout: { seconds: 30 },
    fn: () => work.domains.refresh(),
  });
}
