import { SIGN_IN_OPTION } from '@slipway/backstage-plugin-image-registry-common';
import {
  OciCredentials,
  RegistryConnection,
  RegistryCredentials,
} from '@slipway/backstage-plugin-image-registry-node';
import { ServicePrincipal } from './entraLogin';

/** Ids of the ways to sign in. */
export const signIn = {
  servicePrincipal: 'service-principal',
  token: 'token',
  admin: 'admin',
} as const;

/** What Docker signs in with, where Entra is not asked. */
export function toOciCredentials({
  username,
  password,
  clientId,
  clientSecret,
}: RegistryCredentials): OciCredentials | undefined {
  if (clientId && clientSecret) {
    return { username: clientId, password: clientSecret };
  }
  return password ? { username: username ?? '', password } : undefined;
}

/**
 * The service principal of a connection that knows its directory; without
 * the directory the registry itself asks Entra.
 */
export function servicePrincipalOf({
  credentials,
  options,
}: Pick<RegistryConnection, 'credentials' | 'options'>):
  | ServicePrincipal
  | undefined {
  const { clientId, clientSecret } = credentials ?? {};
  const { tenantId } = options;
  return clientId && clientSecret && typeof tenantId === 'string' && tenantId
    ? { clientId, clientSecret, tenantId: tenantId.trim() }
    : undefined;
}

/** Whether a repository-scoped token signs in, which mostly may not list. */
export function isScopedToken({
  options,
}: Pick<RegistryConnection, 'options'>): boolean {
  return options[SIGN_IN_OPTION] === signIn.token;
}
