import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import {
  CreateRegistry,
  ImageRegistrySignal,
  TlsSettings,
  UpdateRegistry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  AddressGuard,
  because,
  refusal,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { invalidField, toRegistryHttpError } from '../http';
import { readChangedConnection, requireOwn } from './changedConnection';
import { ConnectionCheck } from './check';
import { CredentialSafe } from './CredentialSafe';
import { DefaultRegistries } from './DefaultRegistries';
import { GRANTED_TO_ALL, normalizeGrants } from './grants';
import { RegistryConnections } from './RegistryConnections';
import {
  ConnectionSettings,
  readConnection,
  readProvider,
  readProxy,
  readPullAddress,
  requireDirect,
} from './registryInput';
import { StoredRegistry } from './RegistryService';
import { RegistryStore, staleVersion, StoredCredentials } from './store';

/** TLS as long as nothing else is said. */
export const DEFAULT_TLS: TlsSettings = { verify: true };

const resolveTimeoutMs = 3_000;
const mostUsagesNamed = 5;

/** What {@link RegistryEditor} is made of. */
export interface RegistryEditorOptions {
  registries: DefaultRegistries;
  store: RegistryStore;
  safe: CredentialSafe;
  connections: RegistryConnections;
  guard: AddressGuard;
  check: ConnectionCheck;
  publish(signal: ImageRegistrySignal): void;
}

/** Adds, changes and deletes registries. Who may is asked before. */
export class RegistryEditor {
  readonly #options: RegistryEditorOptions;

  constructor(options: RegistryEditorOptions) {
    this.#options = options;
  }

  /**
   * @throws InputError naming what is wrong
   * @throws ConflictError when the name is taken, or credentials cannot be
   * stored
   */
  async create(input: CreateRegistry): Promise<StoredRegistry> {
    const { registries, store, safe, guard } = this.#options;
    const provider = readProvider(registries, input.provider);
    const settings = readConnection(
      provider,
      {
        ...input,
        options: input.options ?? {},
        tls: input.tls ?? DEFAULT_TLS,
      },
      guard,
    );
    const pullAddress = readPullAddress(input.pullAddress, guard);
    const proxy = readProxy(input.proxy, guard);
    requireDirect(provider, { ...settings, proxy });
    const pullLogin = readPullLogin(input.pullCredentials);
    this.#checkDefault(input.isDefault);
    await this.#refuseForbidden(
      { address: settings.address, proxy },
      provider.descriptor.title,
    );

    const id = randomUUID();
    await store.create(
      {
        id,
        name: input.name,
        provider: input.provider,
        ...stored(settings),
        pullAddress,
        proxy,
        pullWithManage: input.pullWithManage ?? false,
        grants: normalizeGrants(input.grants ?? GRANTED_TO_ALL),
        isDefault: input.isDefault ?? false,
      },
      [
        settings.credentials &&
          safe.seal(id, 'manage', settings.credentials, settings.username),
        pullLogin && safe.seal(id, 'pull', pullLogin, pullLogin.username),
      ].filter(sealed => sealed !== undefined),
    );
    this.#options.publish({ topic: 'registry', id });
    return registries.get(id);
  }

  /**
   * @throws NotFoundError
   * @throws InputError naming what is wrong
   * @throws ConflictError when the version is stale, the name is taken, or
   * the registry is defined in app-config
   */
  async update(id: string, input: UpdateRegistry): Promise<StoredRegistry> {
    const { registries, store, safe, guard, connections } = this.#options;
    const current = await registries.get(id);
    if (current.version !== input.version) {
      // What is kept must be what the caller saw, credentials too.
      throw staleVersion();
    }
    const provider = registries.provider(current.provider);
    const { settings, pullAddress, proxy } = readChangedConnection(
      current,
      provider,
      input,
      guard,
    );
    this.#checkDefault(input.isDefault, current);
    if (settings.address !== current.address || proxy !== current.proxy) {
      await this.#refuseForbidden(
        { address: settings.address, proxy },
        provider.descriptor.title,
      );
    }

    await store.update(
      id,
      input.version,
      {
        name: input.name ?? current.name,
        provider: current.provider,
        ...stored(settings),
        pullAddress,
        proxy,
        pullWithManage: input.pullWithManage ?? current.pullWithManage,
        grants: input.grants ? normalizeGrants(input.grants) : current.grants,
        isDefault: input.isDefault ?? current.isDefault,
      },
      {
        manage:
          input.credentials === undefined
            ? undefined
            : (settings.credentials &&
                safe.seal(
                  id,
                  'manage',
                  settings.credentials,
                  settings.username,
                )) ??
              null,
        pull: this.#sealedPullLogin(id, input.pullCredentials),
      },
    );
    connections.forget(id);
    this.#options.publish({ topic: 'registry', id });
    return registries.get(id);
  }

  /**
   * @throws ConflictError listing what uses it, or when it is the default or
   * defined in app-config
   */
  async remove(id: string): Promise<void> {
    const { registries, store, connections } = this.#options;
    const registry = await registries.get(id);
    if (registry.status.state !== 'removed') {
      requireOwn(registry);
    }
    const usages = await registries.usages(id);
    if (usages.length) {
      const named = usages
        .slice(0, mostUsagesNamed)
        .map(({ kind, title }) => `${kind} ${title}`);
      const rest = usages.length - named.length;
      const users = `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
      throw refusal(
        ConflictError,
        because('registry-in-use', `${registry.name} is in use by ${users}`, {
          registry: registry.name,
          users: usages
            .slice(0, mostUsagesNamed)
            .map(({ title }) => title)
            .join(', '),
          count: String(usages.length),
        }),
      );
    }
    const all = await registries.list();
    const others = all.filter(
      each => each.id !== id && each.status.state !== 'removed',
    );
    if (registry.isDefault && others.length) {
      throw refusal(
        ConflictError,
        because(
          'registry-is-default',
          `${registry.name} is the default; make another registry the default first`,
          { registry: registry.name },
        ),
      );
    }
    await store.remove(id, registry.version);
    connections.forget(id);
    this.#options.publish({ topic: 'registry', id });
  }

  #sealedPullLogin(
    id: string,
    given: UpdateRegistry['pullCredentials'],
  ): StoredCredentials | null | undefined {
    if (given === undefined) {
      return undefined;
    }
    const login = readPullLogin(given);
    return login
      ? this.#options.safe.seal(id, 'pull', login, login.username)
      : null;
  }

  #checkDefault(wanted: boolean | undefined, current?: StoredRegistry): void {
    if (wanted === false && current?.isDefault) {
      throw invalidField(
        'isDefault',
        because(
          'default-stays',
          'the default is replaced, not unset; make another registry the default',
        ),
      );
    }
    const configured = this.#options.registries.configuredDefault();
    if (wanted && !current?.isDefault && configured) {
      throw refusal(
        ConflictError,
        because(
          'default-from-config',
          `app-config makes ${configured.name} the default; change imageRegistry.registries there`,
          { registry: configured.name },
        ),
      );
    }
  }

  /**
   * A name that leads to a metadata service is refused when it is saved, not
   * only when it is used. A name that does not resolve now may do so later;
   * one behind a proxy does not resolve here at all.
   */
  async #refuseForbidden(
    registry: { address: string; proxy?: string },
    title: string,
  ): Promise<void> {
    const { check, connections } = this.#options;
    try {
      await Promise.race([
        sleep(resolveTimeoutMs, undefined, { ref: false }),
        check.resolve({
          address: registry.address,
          proxy: connections.proxyOf(registry),
          title,
        }),
      ]);
    } catch (error) {
      if (
        error instanceof RegistryError &&
        error.code === 'forbidden-address'
      ) {
        throw toRegistryHttpError(error);
      }
    }
  }
}

function stored({ address, options, tls, namespace }: ConnectionSettings) {
  return { address, options, tls, namespace };
}

/** `{}` means none. */
function readPullLogin(
  given: CreateRegistry['pullCredentials'],
): { username: string; password: string } | undefined {
  const { username, password } = given ?? {};
  return username !== undefined && password !== undefined
    ? { username, password }
    : undefined;
}
