import { createHmac, randomBytes } from 'node:crypto';
import { TlsSettings } from '@slipway/backstage-plugin-image-registry-common';
import {
  AddressGuard,
  createRegistryHttp,
  RegistryClient,
  RegistryCredentials,
  RegistryHttpOptions,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';

/** Everything that a client is made of. */
export interface ConnectionParts {
  registryId: string;
  provider: RegistryProvider;
  address: string;
  options: Record<string, string | boolean>;
  tls: TlsSettings;
  namespace?: string;
  credentials?: RegistryCredentials;
}

/** Distinguishes credentials within this process, without telling anything. */
const hashKey = randomBytes(32);

/** Makes clients of registries and keeps each while its settings stay. */
export class RegistryConnections {
  readonly #guard: AddressGuard;
  readonly #trustedRealms: string[];
  readonly #http: Partial<RegistryHttpOptions>;
  readonly #clients = new Map<
    string,
    { version: number; client: Promise<RegistryClient> }
  >();

  /** @param options - `http`: overrides of time-outs and waits, for tests */
  constructor(options: {
    guard: AddressGuard;
    trustedRealms?: string[];
    http?: Pick<RegistryHttpOptions, 'patience' | 'timeouts' | 'traffic'>;
  }) {
    this.#guard = options.guard;
    this.#trustedRealms = options.trustedRealms ?? [];
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
      return kept.client;
    }
    const client = parts().then(each => this.connect(each));
    this.#clients.set(registryId, { version, client });
    try {
      return await client;
    } catch (error) {
      // What failed once, for example for a locked key, is tried again.
      if (this.#clients.get(registryId)?.client === client) {
        this.#clients.delete(registryId);
      }
      throw error;
    }
  }

  /** A client for this once, for example to check what is not saved yet. */
  connect(parts: ConnectionParts): RegistryClient {
    const { provider, credentials, ...rest } = parts;
    const http = createRegistryHttp({
      ...this.#http,
      registryId: parts.registryId,
      address: parts.address,
      tls: parts.tls,
      guard: this.#guard,
      title: provider.descriptor.title,
      ...(credentials && {
        credentialsHash: createHmac('sha256', hashKey)
          .update(JSON.stringify(credentials))
          .digest('hex'),
      }),
    });
    return provider.connect({
      ...rest,
      ...(credentials && { credentials }),
      trustedRealms: this.#trustedRealms,
      http,
    });
  }

  forget(registryId: string): void {
    this.#clients.delete(registryId);
  }
}
