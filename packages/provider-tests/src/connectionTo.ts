import {
  createAddressGuard,
  createRegistryHttp,
  RegistryConnection,
  RegistryCredentials,
  RegistryProvider,
  RegistryTraffic,
} from '@slipway/backstage-plugin-image-registry-node';

/** Milliseconds after which a test's request is given up. */
const SOON = 10_000;

/** No second attempt and no waiting: what fails once has failed. */
const once = { attempts: 1, firstDelayMs: 1, longestWaitMs: 1 };

/** What a person would have filled in beside the address. */
export interface ConnectionToOptions {
  credentials?: RegistryCredentials;
  options?: Record<string, string | boolean>;
  namespace?: string;
  /** Hosts of token services beside the well-known ones. */
  trustedRealms?: string[];
  /** Milliseconds until an answer must begin; a second by default. */
  headersMs?: number;
  /** False: the authority is not known. */
  trusts?: boolean;
  /** The address as it is, though the provider would form it. */
  keepsAddress?: boolean;
}

/** How an address is reached; a world of vendors is such a way. */
export interface Way {
  /** PEM of the authority to trust. */
  ca?: string;
  /** Directly without. */
  proxyUrl?: string;
}

/**
 * Connects a provider to a simulated vendor as the backend does: the vendor's
 * real address, the world as the proxy, the world's authority as the CA.
 * Or to a server on this machine, without a proxy. Nothing is tried twice, and
 * budgets are this connection's own.
 */
export function connectionTo(
  provider: RegistryProvider,
  address: string,
  { ca, proxyUrl }: Way,
  settings: ConnectionToOptions = {},
): RegistryConnection {
  const {
    credentials,
    headersMs = SOON,
    keepsAddress = false,
    namespace,
    options = {},
    trustedRealms,
    trusts = true,
  } = settings;
  const formed =
    (keepsAddress ? undefined : provider.normalizeAddress?.(address)) ??
    address;
  const tls = {
    verify: true,
    ...(trusts && ca && { caCertificate: ca }),
  };
  return {
    registryId: 'test',
    address: formed,
    options,
    tls,
    ...(namespace !== undefined && { namespace }),
    ...(credentials && { credentials }),
    ...(trustedRealms && { trustedRealms }),
    http: createRegistryHttp({
      registryId: 'test',
      address: formed,
      tls,
      title: provider.descriptor.title,
      guard: createAddressGuard({
        allowedLoopback: [new URL(proxyUrl ?? formed).host],
      }),
      ...(proxyUrl && { proxy: { url: proxyUrl } }),
      traffic: RegistryTraffic.create(),
      timeouts: { connectMs: SOON, headersMs, bodyMs: SOON },
      patience: { interactive: once, webhook: once, background: once },
    }),
  };
}
