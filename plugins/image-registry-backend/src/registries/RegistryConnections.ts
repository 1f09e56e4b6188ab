import { createHmac, randomBytes } from 'node:crypto';
import { TlsSettings } from '@slipway/backstage-plugin-image-registry-common';
import {
  AddressGuard,
  createRegistryHttp,
  OutgoingProxy,
  RegistryBudget,
  RegistryClient,
  RegistryCredentials,
  RegistryHttp,
  RegistryHttpOptions,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { Outgoing } from './outgoing';

/** A login for clusters to pull with. */
export interface ClusterLogin {
  username: string;
  password: string;
}

/** Everything that a client is made of. */
export interface ConnectionParts {
  registryId: string;
  provider: RegistryProvider;
  address: string;
  options: Record<string, string | boolean>;
  tls: TlsSettings;
  namespace?: string;
  pullAddress?: string;
  /** For this registry instead of the configured one. */
  proxy?: string;
  credentials?: RegistryCredentials;
  pullCredentials?: ClusterLogin;
}

interface Connected {
  client: RegistryClient;
  http: RegistryHttp;
}

/** Distinguishes credentials within this process, without telling anything. */
const hashKey = randomBytes(32);

/** Makes clients of registries and keeps each while its settings stay. */
export class RegistryConnections {
  readonly #guard: AddressGuard;
  readonly #trustedRealms: string[];
  readonly #proxy: OutgoingProxy | undefined;
  readonly #http: Partial<RegistryHttpOptions>;
  readonly #clients = new Map<
    string,
    { version: number; connected: Promise<Connected> }
  >();
  readonly #budgets = new Map<string, () => RegistryBudget>();

  /** @param options - `http`: overrides of time-outs and waits, for tests */
  constructor(
    options: Outgoing & {
      http?: Pick<RegistryHttpOptions, 'patience' | 'timeouts' | 'traffic'>;
    },
  ) {
    this.#guard = options.guard;
    this.#trustedRealms = options.trustedRealms ?? [];
    this.#proxy = options.proxy;
    this.#http = options.http ?? {};
  }

  /** The client of a version of a registry; the same one each time. */
  async shared(
    registryId: string,
    version: number,
    parts: () => Promise<ConnectionParts>,
  ): Promise<RegistryClient> {
    const kept = this.#clients.get(registryId);
    if (kept?.version === version) {
      return (await kept.connected).client;
    }
    const connected = parts().then(each => this.#connect(each));
    this.#clients.set(registryId, { version, connected });
    connected.then(
      ({ http }) => this.#budgets.set(registryId, () => http.budget()),
      () => undefined,
    );
    try {
      return (await connected).client;
    } catch (error) {
      // What failed once, for example for a locked key, is tried again.
      if (this.#clients.get(registryId)?.connected === connected) {
        this.#clients.delete(registryId);
      }
      throw error;
    }
  }

  /** The client in use, when there is one. */
  async inUse(registryId: string): Promise<RegistryClient | undefined> {
    const kept = this.#clients.get(registryId);
    return kept && (await kept.connected).client;
  }

  /** What the registry said it allows, to the client in use; nothing is asked. */
  budget(registryId: string): RegistryBudget | undefined {
    return this.#budgets.get(registryId)?.();
  }

  /** The proxy of a registry: its own, else the configured one. */
  proxyOf({ proxy }: { proxy?: string }): OutgoingProxy | undefined {
    return proxy ? { url: proxy } : this.#proxy;
  }

  /** A client for this once, for example to check what is not saved yet. */
  connect(parts: ConnectionParts): RegistryClient {
    return this.#connect(parts).client;
  }

  #connect(parts: ConnectionParts): Connected {
    const { provider, credentials, proxy, ...rest } = parts;
    const http = createRegistryHttp({
      ...this.#http,
      registryId: parts.registryId,
      address: parts.address,
      tls: parts.tls,
      guard: this.#guard,
      title: provider.descriptor.title,
      proxy: this.proxyOf({ proxy }),
      ...(credentials && {
        credentialsHash: createHmac('sha256', hashKey)
          .update(JSON.stringify(credentials))
          .digest('hex'),
      }),
    });
    const client = provider.connect({
      ...rest,
      ...(credentials && { credentials }),
      trustedRealms: this.#trustedRealms,
      http,
    });
    return { client, http };
  }

  forget(registryId: string): void {
    this.#clients.delete(registryId);
    this.#budgets.delete(registryId);
  }
}
