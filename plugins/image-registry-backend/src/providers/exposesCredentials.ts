import {
  because,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';

type ProviderInput = Parameters<NonNullable<RegistryProvider['validate']>>[0];

/**
 * Whether credentials would go to an API in the clear although the registry
 * itself is reached by https. Where the registry's own address is plain http,
 * whoever registers it has said yes to that already.
 *
 * @param api - URL of the API that a person gave beside the address
 */
export function exposesCredentials(
  { address, credentials }: Pick<ProviderInput, 'address' | 'credentials'>,
  api: string,
): boolean {
  return (
    credentials !== undefined &&
    api.startsWith('http:') &&
    address.startsWith('https:')
  );
}

/** Said at the field that holds the API's address. */
export const EXPOSED = because(
  'credentials-exposed',
  'the credentials would be sent over plain http; use https',
);
