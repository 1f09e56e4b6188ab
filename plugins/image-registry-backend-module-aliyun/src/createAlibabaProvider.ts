import {
  parseRegistryAddress,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { AlibabaClient } from './AlibabaClient';
import { alibabaDescriptor } from './descriptor';
import { signInMethodOf, signInMethods } from './signIn';
import { alibabaWebhook } from './webhook';

/** The API's own host, which people take for that of the registry. */
const API_HOST = /^cr(?:-vpc)?\.([a-z]{2}(?:-[a-z0-9]+)+)\.aliyuncs\.com$/;

/** Alibaba Cloud Container Registry, Personal and Enterprise Edition. */
export function createAlibabaProvider(): RegistryProvider {
  return {
    descriptor: alibabaDescriptor,
    webhook: alibabaWebhook,
    normalizeAddress,
    validate: ({ credentials, options }) =>
      credentials &&
      signInMethodOf({ credentials, options }) === signInMethods.accessKeys
        ? validateKeys(credentials)
        : {},
    connect: connection => AlibabaClient.create(connection),
  };
}

/** Images have a namespace and a name below the host, the registry has no path. */
function normalizeAddress(address: string): string {
  const { url } = parseRegistryAddress(address);
  const { hostname, origin } = new URL(url);
  const [, region] = API_HOST.exec(hostname) ?? [];
  if (region) {
    return `https://registry.${region}.aliyuncs.com`;
  }
  return hostname.endsWith('.aliyuncs.com') ? origin : url;
}

function validateKeys({
  accessKeyId = '',
  accessKeySecret = '',
}: Readonly<Record<string, string>>): Record<string, Reason> {
  return {
    ...(accessKeyId.includes('@') && {
      'credentials.accessKeyId': because(
        'alibaba-key-is-user',
        'looks like the user name of the Docker password; an AccessKey ID has no @',
      ),
    }),
    ...(accessKeyId &&
      accessKeyId === accessKeySecret && {
        'credentials.accessKeySecret': because(
          'alibaba-secret-is-key',
          'is the AccessKey ID again',
        ),
      }),
  };
}
