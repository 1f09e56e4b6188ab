import { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';

/** Configuration keys of the proxy that all registries are called through. */
export const outgoingProxyConfigKeys = {
  proxy: 'imageRegistry.outgoing.proxy',
  credentials: 'imageRegistry.outgoing.proxyCredentials',
  noProxy: 'imageRegistry.outgoing.noProxy',
} as const;

/** An HTTP proxy through which a registry is called. */
export interface OutgoingProxy {
  /** `http://host:port` or `https://host:port`, without credentials. */
  url: string;
  username?: string;
  password?: string;
  /**
   * Hosts that are called directly: `host`, `host:port`, `.suffix` for the
   * names below it, or `*` for all.
   */
  noProxy?: readonly string[];
}

/**
 * Checks the URL of a proxy.
 *
 * @returns scheme, host and port alone
 * @throws InputError that says what is wrong
 */
export function parseProxyUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(
      'The address of the proxy is not a URL; write it as http://host:port',
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `The address of the proxy ${url.host} contains credentials; give them as user name and password`,
    );
  }
  if (url.pathname !== '/' || url.search || url.hash) {
    throw new InputError(
      `The address of the proxy ${url.host} has a path; only scheme, host and port, a proxy has no path`,
    );
  }
  return url;
}

const defaultPorts: Readonly<Record<string, string>> = {
  'http:': '80',
  'https:': '443',
};

/** Whether a destination is called through the proxy, and not directly. */
export function isProxied(
  { noProxy = [] }: OutgoingProxy,
  destination: { hostname: string; protocol: string; port: string },
): boolean {
  const port = destination.port || defaultPorts[destination.protocol];
  const hostname = destination.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return !noProxy.some(entry => {
    const rule = entry.trim().toLowerCase().replace(/^\*\./, '.');
    if (rule === '*') {
      return true;
    }
    if (rule.startsWith('.')) {
      return hostname.endsWith(rule);
    }
    return (
      rule.replace(/^\[|\]$/g, '') === hostname ||
      rule === `${destination.hostname.toLowerCase()}:${port}`
    );
  });
}

/**
 * Reads the proxy that all registries without one of their own are called
 * through.
 *
 * @throws InputError that names the key whose value is wrong
 */
export function readOutgoingProxy(config: Config): OutgoingProxy | undefined {
  const keys = outgoingProxyConfigKeys;
  const url = config.getOptionalString(keys.proxy);
  if (!url) {
    return undefined;
  }
  try {
    parseProxyUrl(url);
  } catch (error) {
    throw new InputError(`${keys.proxy}: ${toError(error).message}`);
  }
  const credentials = config.getOptionalConfig(keys.credentials);
  return {
    url,
    noProxy: config.getOptionalStringArray(keys.noProxy) ?? [],
    ...(credentials && {
      username: credentials.getString('username'),
      password: credentials.getString('password'),
    }),
  };
}
