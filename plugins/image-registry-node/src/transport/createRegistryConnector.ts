import type { SecureContext } from 'node:tls';
import { TlsSettings } from '@slipway/backstage-plugin-image-registry-common';
import { advise } from '../provider/advise';
import { builtin } from '../builtin';
import { AddressGuard, Connector, ConnectorOptions } from '../guard';
import { RegistryError } from '../provider/RegistryError';
import { isProxied, OutgoingProxy } from './OutgoingProxy';
import { createProxyConnector } from './proxyConnector';

/** What {@link createRegistryConnector} works with. */
export interface RegistryConnectorOptions {
  guard: AddressGuard;
  /** Host name of the registry, which alone may be private without being listed. */
  ownHost: string;
  tls: TlsSettings;
  /** Milliseconds. */
  connectMs: number;
  /** Directly without. */
  proxy?: OutgoingProxy;
}

/** @throws Error when there is no certificate, or one that cannot be read */
function assertReadable(pem: string): void {
  const { X509Certificate } = builtin.crypto();
  new X509Certificate(pem).toString();
}

/** By certificate: to make one takes as long as a hundred requests. */
const contexts = new Map<string, SecureContext>();
/** The oldest give way; few portals know so many authorities. */
const MOST_CONTEXTS = 100;

function secureContextWith(caCertificate: string): SecureContext {
  const known = contexts.get(caCertificate);
  if (known) {
    return known;
  }
  const [oldest] = contexts.keys();
  if (contexts.size >= MOST_CONTEXTS) {
    contexts.delete(oldest);
  }
  const made = makeSecureContext(caCertificate);
  contexts.set(caCertificate, made);
  return made;
}

function makeSecureContext(caCertificate: string): SecureContext {
  try {
    // Node passes over what it cannot read, and then trusts nobody new.
    assertReadable(caCertificate);
    const { createSecureContext, getCACertificates } = builtin.tls();
    // A custom `ca` replaces the built-in ones, and redirects lead to storage
    // with a public certificate: so both are trusted.
    return createSecureContext({
      ca: [...getCACertificates('default'), caCertificate],
    });
  } catch (error) {
    throw new RegistryError(
      'untrusted-certificate',
      'The CA certificate of the registry cannot be read',
      {
        hint: advise(
          'give-pem',
          'Give it as PEM, beginning with -----BEGIN CERTIFICATE-----',
        ),
        cause: error,
      },
    );
  }
}

/**
 * Opens the sockets of one registry: every one guarded, with the registry's
 * own TLS settings. Switching verification off holds for the registry's host
 * only, the CA for every host that the registry leads to. Both hold inside the
 * tunnels of a proxy, too.
 */
export function createRegistryConnector(
  options: RegistryConnectorOptions,
): Connector {
  const { connectMs, guard, ownHost, proxy, tls } = options;
  let connectors: { own: Connector; other: Connector } | undefined;

  function createConnectors() {
    const common = {
      timeout: connectMs,
      ...(tls.caCertificate
        ? { secureContext: secureContextWith(tls.caCertificate) }
        : {}),
    };
    const scope = { ownHost };
    const own = { ...common, rejectUnauthorized: tls.verify };
    const other = { ...common, rejectUnauthorized: true };
    return {
      own: throughProxy(guard.connector(own, scope), other),
      other: throughProxy(guard.connector(other, scope), other),
    };
  }

  /** A connector that takes the proxy where there is one for the target. */
  function throughProxy(
    direct: Connector,
    toProxy: ConnectorOptions,
  ): Connector {
    if (!proxy) {
      return direct;
    }
    const tunnelled = createProxyConnector({
      guard,
      proxy,
      ownHost,
      timeoutMs: connectMs,
      toProxy,
      secure: direct,
    });
    return (target, callback) =>
      (isProxied(proxy, target) ? tunnelled : direct)(target, callback);
  }

  return (target, callback) => {
    try {
      connectors ??= createConnectors();
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    const isOwn = target.hostname === ownHost.replace(/^\[|\]$/g, '');
    (isOwn ? connectors.own : connectors.other)(target, callback);
  };
}
