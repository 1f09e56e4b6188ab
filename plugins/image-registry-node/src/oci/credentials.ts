import { builtin } from '../builtin';

/** What an OCI registry is signed in to with. */
export type OciCredentials =
  | { username: string; password: string }
  /** A refresh token, as `docker login` stores for some registries. */
  | { identityToken: string };

/** Distinguishes credentials without holding them. */
export function hashCredentials(
  credentials: OciCredentials | undefined,
): string {
  if (!credentials) {
    return 'anonymous';
  }
  const parts =
    'identityToken' in credentials
      ? [credentials.identityToken]
      : [credentials.username, credentials.password];
  return builtin
    .crypto()
    .createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex');
}

/** The value of `Authorization` for HTTP Basic. */
export function basicAuthorization(credentials: OciCredentials): string {
  const [username, password] =
    'identityToken' in credentials
      ? ['<token>', credentials.identityToken]
      : [credentials.username, credentials.password];
  const login = Buffer.from(`${username}:${password}`, 'utf8');
  return `Basic ${login.toString('base64')}`;
}
