import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { LookupAddress, LookupOptions, lookup as dnsLookup } from 'node:dns';
import { LookupFunction } from 'node:net';
import { advise } from '../provider/advise';
import { RegistryError } from '../provider/RegistryError';
import { addressRange, isMetadataName } from './addressRanges';
import {
  Connector,
  ConnectorOptions,
  createConnector,
} from './createConnector';

/** Configuration keys that the guard's errors name. */
export const addressGuardConfigKeys = {
  loopback: 'imageRegistry.outgoing.allowedLoopback',
  private: 'imageRegistry.outgoing.allowedPrivate',
} as const;

/** Options of {@link createAddressGuard}. */
export interface AddressGuardOptions {
  /** `host:port` or `host`; `localhost` stands for every loopback address. */
  allowedLoopback?: readonly string[];
  /** `host:port` or `host` that may have a private address though it isn't the registry's own. */
  allowedPrivate?: readonly string[];
  /** Resolves names; the system's resolver unless a test needs another. */
  resolve?: (
    hostname: string,
    options: LookupOptions & { all: true },
    callback: (
      error: NodeJS.ErrnoException | null,
      addresses: LookupAddress[],
    ) => void,
  ) => void;
}

/** For whom an address is checked. */
export interface AddressScope {
  /** Host name of the configured registry; it alone may be private without being listed. */
  ownHost?: string;
}

/** A host and port about to be connected to. */
interface Destination {
  hostname: string;
  port: string;
}

/**
 * The one guard of every outgoing address. A URL is checked as text before it
 * is used, and every address that its name resolves to is checked again when
 * the socket is opened, so that a name cannot change its mind in between.
 */
export interface AddressGuard {
  /**
   * Checks scheme, credentials in the URL, and an address written literally.
   * @throws RegistryError `forbidden-address` that names address and config key
   */
  checkUrl(url: string | URL, scope?: AddressScope): URL;
  /** A `lookup` for `net.connect` that fails for a forbidden answer. */
  lookup(destination: Destination, scope?: AddressScope): LookupFunction;
  /** Opens sockets, each one checked. */
  connector(options: ConnectorOptions, scope?: AddressScope): Connector;
}

const defaultPorts: Readonly<Record<string, string>> = {
  'http:': '80',
  'https:': '443',
};

function bareHost(hostname: string): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function refusal(message: string, hint?: Reason): RegistryError {
  return new RegistryError('forbidden-address', message, { hint });
}

function listing(entry: string, key: string): Reason {
  return advise('list-address', `If it is meant, add ${entry} to ${key}`, {
    entry,
    key,
  });
}

function parse(url: string | URL): URL {
  try {
    return new URL(url);
  } catch {
    throw refusal(
      'The address is not a URL',
      advise('write-address', 'Write it as https://host[:port][/path]'),
    );
  }
}

class DefaultAddressGuard implements AddressGuard {
  private readonly loopback: ReadonlySet<string>;
  private readonly private: ReadonlySet<string>;

  constructor(private readonly options: AddressGuardOptions) {
    const normalize = (entries: readonly string[] = []) =>
      new Set(entries.map(entry => entry.trim().toLowerCase()));
    this.loopback = normalize(options.allowedLoopback);
    this.private = normalize(options.allowedPrivate);
  }

  checkUrl(url: string | URL, scope?: AddressScope): URL {
    const parsed = parse(url);
    const port = defaultPorts[parsed.protocol];
    if (!port) {
      throw refusal(
        `Addresses with ${parsed.protocol} are refused`,
        advise('only-http', 'Only http and https are allowed'),
      );
    }
    if (parsed.username || parsed.password) {
      throw refusal(
        `The address of ${parsed.host} contains credentials`,
        advise(
          'move-credentials',
          'Put them into the credentials of the registry',
        ),
      );
    }
    this.checkHost(
      { hostname: parsed.hostname, port: parsed.port || port },
      scope,
    );
    return parsed;
  }

  lookup(destination: Destination, scope?: AddressScope): LookupFunction {
    const resolve = this.options.resolve ?? dnsLookup;
    return (hostname, options, callback) => {
      resolve(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) {
          callback(error, '');
          return;
        }
        try {
          for (const { address } of addresses) {
            this.checkAddress(destination, address, scope);
          }
        } catch (refused) {
          callback(refused as Error, '');
          return;
        }
        if (options.all) {
          callback(null, addresses);
        } else {
          callback(null, addresses[0].address, addresses[0].family);
        }
      });
    };
  }

  connector(options: ConnectorOptions, scope?: AddressScope): Connector {
    const perDestination = new Map<string, Connector>();
    return (target, callback) => {
      const destination = {
        hostname: target.hostname,
        port: target.port || defaultPorts[target.protocol],
      };
      try {
        this.checkHost(destination, scope);
      } catch (refused) {
        callback(refused as Error, null);
        return;
      }
      const key = `${target.protocol}//${destination.hostname}:${destination.port}`;
      let connect = perDestination.get(key);
      if (!connect) {
        connect = createConnector({
          ...options,
          lookup: this.lookup(destination, scope),
        });
        perDestination.set(key, connect);
      }
      connect(target, callback);
    };
  }

  private checkHost(destination: Destination, scope?: AddressScope): void {
    const hostname = bareHost(destination.hostname);
    if (isMetadataName(hostname)) {
      throw refusal(`${hostname} is a cloud metadata service`);
    }
    if (addressRange(hostname)) {
      this.checkAddress(destination, hostname, scope);
    }
  }

  private checkAddress(
    destination: Destination,
    address: string,
    scope?: AddressScope,
  ): void {
    const hostname = bareHost(destination.hostname);
    const found = addressRange(address) ?? {
      range: 'forbidden',
      what: 'not an IP address',
    };
    const named = hostname === address ? address : `${hostname} (${address})`;
    const entry = `${destination.hostname}:${destination.port}`;
    switch (found.range) {
      case 'public':
        return;
      case 'forbidden':
        throw refusal(
          `${named} is ${found.what}; such addresses are always refused`,
        );
      case 'loopback':
        if (!this.listed(this.loopback, destination, address, true)) {
          throw refusal(
            `${named} is this machine itself, and it is not listed`,
            listing(entry, addressGuardConfigKeys.loopback),
          );
        }
        return;
      default:
        if (
          hostname !== bareHost(scope?.ownHost ?? '') &&
          !this.listed(this.private, destination, address, false)
        ) {
          throw refusal(
            `${named} is a private address, and it is not the registry's own host`,
            listing(entry, addressGuardConfigKeys.private),
          );
        }
    }
  }

  private listed(
    entries: ReadonlySet<string>,
    { hostname, port }: Destination,
    address: string,
    loopback: boolean,
  ): boolean {
    const names = [hostname.toLowerCase(), bareHost(hostname), address];
    if (address.includes(':')) {
      names.push(`[${address}]`);
    }
    if (loopback) {
      names.push('localhost');
    }
    return names.some(
      name => entries.has(name) || entries.has(`${name}:${port}`),
    );
  }
}

/** Makes the guard that every outgoing address passes. */
export function createAddressGuard(
  options: AddressGuardOptions = {},
): AddressGuard {
  return new DefaultAddressGuard(options);
}
