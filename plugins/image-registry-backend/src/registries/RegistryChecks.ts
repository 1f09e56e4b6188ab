import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CheckChangedRegistry,
  CheckRegistry,
  CheckResult,
  ImageRegistrySignal,
} from '@slipway/backstage-plugin-image-registry-common';
import { AddressGuard } from '@slipway/backstage-plugin-image-registry-node';
import { readChangedConnection } from './changedConnection';
import { ConnectionCheck, statusAfter } from './check';
import { CheckOptions } from './check/ConnectionCheck';
import { CredentialSafe } from './CredentialSafe';
import { DefaultRegistries } from './DefaultRegistries';
import { RegistryConnections } from './RegistryConnections';
import { DEFAULT_TLS } from './RegistryEditor';
import {
  readConnection,
  readProvider,
  readProxy,
  requireDirect,
} from './registryInput';
import { StoredRegistry } from './RegistryService';
import { RegistryStore } from './store';

/** Registries that the background checks at once. */
const PARALLEL_CHECKS = 3;

/** What {@link RegistryChecks} is made of. */
export interface RegistryChecksOptions {
  registries: DefaultRegistries;
  store: RegistryStore;
  safe: CredentialSafe;
  connections: RegistryConnections;
  guard: AddressGuard;
  check: ConnectionCheck;
  logger: LoggerService;
  publish(signal: ImageRegistrySignal): void;
}

/** Checks connections: before saving, on demand, and in the background. */
export class RegistryChecks {
  readonly #options: RegistryChecksOptions;

  constructor(options: RegistryChecksOptions) {
    this.#options = options;
  }

  /**
   * Checks settings that are not saved, with the credentials given; stored
   * ones are never used here.
   *
   * @throws InputError naming what is wrong
   */
  async unsaved(
    input: CheckRegistry,
    options?: CheckOptions,
  ): Promise<CheckResult> {
    const { registries, connections, guard, check } = this.#options;
    const provider = readProvider(registries, input.provider);
    const settings = readConnection(
      provider,
      { ...input, options: input.options ?? {}, tls: input.tls ?? DEFAULT_TLS },
      guard,
    );
    const proxy = readProxy(input.proxy, guard);
    requireDirect(provider, { ...settings, proxy });
    return check.run(
      {
        address: settings.address,
        tls: settings.tls,
        proxy: connections.proxyOf({ proxy }),
        title: provider.descriptor.title,
        client: async () =>
          connections.connect({
            registryId: `unsaved ${settings.address}`,
            provider,
            ...settings,
            proxy,
          }),
      },
      options,
    );
  }

  /**
   * Checks a registry with changes that are not saved, as PATCH would make
   * them. Stored credentials are used only where they are used already.
   *
   * @throws NotFoundError
   * @throws InputError naming what is wrong
   * @throws ConflictError when app-config defines the registry
   */
  async changed(
    id: string,
    change: CheckChangedRegistry,
    options?: CheckOptions,
  ): Promise<CheckResult> {
    const { registries, connections, guard, check, safe } = this.#options;
    const registry = await registries.get(id);
    const provider = registries.provider(registry.provider);
    const { settings, pullAddress, proxy, keepsCredentials } =
      readChangedConnection(registry, provider, change, guard);
    return check.run(
      {
        address: settings.address,
        tls: settings.tls,
        proxy: connections.proxyOf({ proxy }),
        title: provider.descriptor.title,
        client: async () =>
          connections.connect({
            registryId: `changed ${id}`,
            provider,
            ...settings,
            pullAddress,
            proxy,
            ...(keepsCredentials && {
              credentials: await safe.open(id, 'manage'),
            }),
          }),
      },
      options,
    );
  }

  /**
   * Checks a registry as it is stored and keeps the outcome.
   * @throws NotFoundError
   */
  async saved(id: string, options?: CheckOptions): Promise<CheckResult> {
    const { registries, connections, store, check, publish } = this.#options;
    const registry = await registries.get(id);
    const result = await check.run(
      {
        address: registry.address,
        tls: registry.tls,
        proxy: connections.proxyOf(registry),
        title: this.#title(registry),
        client: () => registries.client(id),
      },
      options,
    );
    const status = statusAfter(result, new Date());
    await store.setStatus(id, registry.version, status);
    const { state, message } = registry.status;
    if (state !== status.state || message !== status.message) {
      publish({ topic: 'registry', id });
    }
    return result;
  }

  /** Checks all registries, a few at a time. */
  async all(signal: AbortSignal): Promise<void> {
    const { registries, logger } = this.#options;
    const waiting = (await registries.list()).filter(
      ({ status }) => status.state !== 'removed' && status.state !== 'locked',
    );
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (signal.aborted) {
          return;
        }
        try {
          await this.saved(next.id, { signal, priority: 'background' });
        } catch (error) {
          // For example deleted since the list was read.
          logger.warn(`Could not check the registry ${next.id}: ${error}`);
        }
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_CHECKS }, worker));
  }

  #title(registry: StoredRegistry): string {
    return (
      this.#options.registries
        .providers()
        .find(({ descriptor }) => descriptor.id === registry.provider)
        ?.descriptor.title ?? registry.name
    );
  }
}
