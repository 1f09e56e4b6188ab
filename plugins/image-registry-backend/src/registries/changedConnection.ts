import { isDeepStrictEqual } from 'node:util';
import { ConflictError } from '@backstage/errors';
import { CheckChangedRegistry } from '@slipway/backstage-plugin-image-registry-common';
import {
  AddressGuard,
  because,
  refusal,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { invalidField } from '../http';
import {
  ConnectionSettings,
  readConnection,
  readProxy,
  readPullAddress,
  requireDirect,
} from './registryInput';
import { StoredRegistry } from './RegistryService';

/** A registry's connection with some of it changed, checked. */
export interface ChangedConnection {
  settings: ConnectionSettings;
  pullAddress?: string;
  proxy?: string;
  /** The stored credentials go on to be used. */
  keepsCredentials: boolean;
}

/**
 * Reads what is to be changed of a registry's connection.
 *
 * @throws ConflictError when app-config defines the registry
 * @throws InputError naming what is wrong, or that the credentials are needed
 * again because they would be sent to another place
 */
export function readChangedConnection(
  current: StoredRegistry,
  provider: RegistryProvider,
  change: CheckChangedRegistry,
  guard: AddressGuard,
): ChangedConnection {
  requireOwn(current);
  const keepsCredentials =
    change.credentials === undefined && current.hasCredentials;
  const settings = readConnection(
    provider,
    {
      address: change.address ?? current.address,
      options: change.options ?? current.options,
      tls: change.tls ?? current.tls,
      namespace: patched(change.namespace, current.namespace),
      credentials: change.credentials,
      allowInsecureCredentials: change.allowInsecureCredentials,
      credentialsKept: keepsCredentials,
    },
    guard,
  );
  const pullAddress = readPullAddress(
    patched(change.pullAddress, current.pullAddress),
    guard,
  );
  const proxy = readProxy(patched(change.proxy, current.proxy), guard);
  const place = { ...settings, pullAddress, proxy };
  requireDirect(provider, place);
  if (keepsCredentials) {
    requireSamePlace(current, place, 'credentials');
  }
  if (change.pullCredentials === undefined && current.hasPullCredentials) {
    requireSamePlace(current, place, 'pullCredentials');
  }
  return { settings, pullAddress, proxy, keepsCredentials };
}

/** @throws ConflictError when app-config defines the registry */
export function requireOwn(registry: StoredRegistry): void {
  if (registry.source === 'config') {
    throw refusal(
      ConflictError,
      because(
        'registry-from-config',
        `${registry.name} is defined in app-config (imageRegistry.registries.${registry.id}); change it there`,
        { registry: registry.name, id: registry.id },
      ),
    );
  }
}

function patched(
  given: string | null | undefined,
  current: string | undefined,
): string | undefined {
  return given === undefined ? current : given ?? undefined;
}

/** Whoever may edit a registry must not thereby get to see its passwords. */
function requireSamePlace(
  current: StoredRegistry,
  wanted: Pick<
    StoredRegistry,
    'address' | 'tls' | 'options' | 'pullAddress' | 'proxy'
  >,
  field: 'credentials' | 'pullCredentials',
): void {
  const names = {
    address: 'the address',
    tls: 'the TLS settings',
    options: 'the options',
    pullAddress: 'the pull address',
    proxy: 'the proxy',
  } as const;
  const moved = (Object.keys(names) as Array<keyof typeof names>).filter(
    each => !isDeepStrictEqual(current[each], wanted[each]),
  );
  if (moved.length) {
    const what = moved.map(each => names[each]).join(' and ');
    throw invalidField(
      field,
      because(
        'credentials-needed-again',
        `changing ${what} needs the credentials again, because stored ones are not sent to another place; {} removes them`,
      ),
    );
  }
}
