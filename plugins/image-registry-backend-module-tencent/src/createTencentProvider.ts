import {
  parseRegistryAddress,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  RegistryCredentials,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { tencentDescriptor } from './descriptor';
import { personalRegionOf } from './instance';
import { signInMethodOf, signInMethods } from './signIn';
import { TencentClient } from './TencentClient';
import { tencentWebhook } from './webhook';

/** Tencent Container Registry, Personal and Enterprise Edition. */
export function createTencentProvider(): RegistryProvider {
  return {
    descriptor: tencentDescriptor,
    webhook: tencentWebhook,
    normalizeAddress,
    validate: ({ address, credentials, options }) =>
      credentials && Object.keys(credentials).length > 0
        ? validateLogin(
            address,
            credentials,
            signInMethodOf({ credentials, options }),
          )
        : {},
    connect: connection => TencentClient.create(connection),
  };
}

/** Images have a namespace and a name below the host, the registry has no path. */
function normalizeAddress(address: string): string {
  const { url } = parseRegistryAddress(address);
  const { hostname, origin } = new URL(url);
  return /\.(tencentcloudcr|tencentyun)\.com$/.test(hostname) ? origin : url;
}

/** The same two fields belong to both ways to sign in. */
function validateLogin(
  address: string,
  { password, username }: RegistryCredentials,
  method: string,
): Record<string, Reason> {
  const isPersonal =
    URL.canParse(address) &&
    personalRegionOf(new URL(address).hostname) !== undefined;
  if (method !== signInMethods.password && !isPersonal) {
    return {};
  }
  const needed =
    method === signInMethods.password
      ? because('field-needed', 'is needed')
      : because(
          'tencent-personal-needs-login',
          'is needed: an API key lists the Personal Edition, but cannot pull from it',
        );
  return {
    ...(!username && { 'credentials.username': needed }),
    ...(!password && { 'credentials.password': needed }),
  };
}
