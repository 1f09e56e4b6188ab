import { SIGN_IN_OPTION } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryConnection } from '@slipway/backstage-plugin-image-registry-node';
import { AccessKeys } from './signing';

/** Ids of the ways to sign in, as the form has them. */
export const signInMethods = {
  accessKeys: 'access-keys',
  password: 'password',
} as const;

/** The chosen way; where none was chosen, the one that has its credentials. */
export function signInMethodOf({
  credentials,
  options,
}: Pick<RegistryConnection, 'credentials' | 'options'>): string {
  const chosen = options[SIGN_IN_OPTION];
  if (typeof chosen === 'string' && chosen !== '') {
    return chosen;
  }
  return credentials?.password && !credentials.accessKeyId
    ? signInMethods.password
    : signInMethods.accessKeys;
}

/** The access keys, when they are what the registry is signed in to with. */
export function accessKeysOf(
  connection: Pick<RegistryConnection, 'credentials' | 'options'>,
): AccessKeys | undefined {
  const { accessKeyId, accessKeySecret } = connection.credentials ?? {};
  return signInMethodOf(connection) === signInMethods.accessKeys &&
    accessKeyId &&
    accessKeySecret
    ? { accessKeyId, accessKeySecret }
    : undefined;
}
