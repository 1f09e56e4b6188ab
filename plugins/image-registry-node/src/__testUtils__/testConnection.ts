import { TlsSettings } from '@slipway/backstage-plugin-image-registry-common';
import { AddressGuardOptions, createAddressGuard } from '../guard';
import {
  OciClient,
  OciClientOptions,
  OciRegistryClient,
  createOciClient,
} from '../oci';
import { RegistryConnection } from '../provider';
import {
  RegistryHttp,
  RegistryHttpOptions,
  RegistryTraffic,
  createRegistryHttp,
} from '../transport';

/** Every name under `.test` is this machine. */
const resolveTestNames: AddressGuardOptions['resolve'] = (
  hostname,
  _options,
  callback,
) => {
  if (hostname.endsWith('.test')) {
    callback(null, [{ address: '127.0.0.1', family: 4 }]);
    return;
  }
  callback(
    Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
      code: 'ENOTFOUND',
    }),
    [],
  );
};

export const testGuard = createAddressGuard({
  allowedLoopback: ['localhost'],
  resolve: resolveTestNames,
});

/** Waits that a test can afford. */
const quick = { attempts: 3, firstDelayMs: 1, longestWaitMs: 1_000 };

export function testHttp(
  address: string,
  options: Partial<RegistryHttpOptions> & { tls?: TlsSettings } = {},
): RegistryHttp {
  return createRegistryHttp({
    registryId: 'test',
    address,
    title: 'Test registry',
    tls: { verify: true },
    guard: testGuard,
    traffic: RegistryTraffic.create(),
    patience: { interactive: quick, webhook: quick, background: quick },
    ...options,
  });
}

export function testOciClient(
  address: string,
  options: Partial<OciClientOptions> = {},
): OciClient {
  return createOciClient({
    http: testHttp(address),
    address,
    title: 'Test registry',
    ...options,
  });
}

export function testRegistryClient(
  address: string,
  connection: Partial<RegistryConnection> = {},
): OciRegistryClient {
  return new OciRegistryClient(
    {
      registryId: 'test',
      address,
      options: {},
      tls: { verify: true },
      http: testHttp(address),
      ...connection,
    },
    { title: 'Test registry' },
  );
}
