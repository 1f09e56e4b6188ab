import {
  OciCredentials,
  RegistryCredentials,
} from '@slipway/backstage-plugin-image-registry-node';

/** Ids of the ways to sign in. */
export const signIn = {
  password: 'password',
  accessToken: 'access-token',
  apiKey: 'api-key',
} as const;

/** What Docker signs in with: a token or key takes the password's place. */
export function toOciCredentials({
  username,
  password,
  accessToken,
  apiKey,
}: RegistryCredentials): OciCredentials | undefined {
  const secret = accessToken ?? apiKey ?? password;
  const name = username ?? (accessToken && subjectOf(accessToken));
  return secret ? { username: name ?? '', password: secret } : undefined;
}

/** The value of `Authorization` for Artifactory's own API. */
export function apiAuthorization(
  credentials: RegistryCredentials | undefined,
): string | undefined {
  if (credentials?.accessToken) {
    return `Bearer ${credentials.accessToken}`;
  }
  const login = credentials && toOciCredentials(credentials);
  return login && 'username' in login
    ? `Basic ${Buffer.from(
        `${login.username}:${login.password}`,
        'utf8',
      ).toString('base64')}`
    : undefined;
}

/** Who signs in, for a sentence. */
export function accountOf(credentials: RegistryCredentials | undefined) {
  const login = credentials && toOciCredentials(credentials);
  return login && 'username' in login ? login.username : undefined;
}

/**
 * Whose an access token is: the last part of its subject, as in
 * `jfac@01f9/users/portal`. Reference tokens cannot be read.
 */
export function subjectOf(token: string): string | undefined {
  const subject = claimsOf(token)?.sub;
  return typeof subject === 'string'
    ? subject.slice(subject.lastIndexOf('/') + 1) || undefined
    : undefined;
}

/** When an access token ends, in ISO 8601; undefined when it does not say. */
export function expiryOf(token: string): string | undefined {
  const seconds = claimsOf(token)?.exp;
  return typeof seconds === 'number'
    ? new Date(seconds * 1000).toISOString()
    : undefined;
}

function claimsOf(token: string): { sub?: unknown; exp?: unknown } | undefined {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
    );
    return typeof claims === 'object' && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}
