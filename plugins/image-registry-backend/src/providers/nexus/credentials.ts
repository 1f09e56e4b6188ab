import {
  OciCredentials,
  RegistryCredentials,
} from '@slipway/backstage-plugin-image-registry-node';

/** Ids of the ways to sign in. */
export const signIn = {
  password: 'password',
  userToken: 'user-token',
} as const;

/** A user token is a name and a pass of its own. */
export function toLogin({
  username,
  password,
  tokenName,
  tokenPass,
}: RegistryCredentials): { username: string; password: string } | undefined {
  if (tokenName && tokenPass) {
    return { username: tokenName, password: tokenPass };
  }
  return password ? { username: username ?? '', password } : undefined;
}

/** {@inheritDoc toLogin} */
export function toOciCredentials(
  credentials: RegistryCredentials,
): OciCredentials | undefined {
  return toLogin(credentials);
}
