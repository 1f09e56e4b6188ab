import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { CredentialBody, GoogleAuth } from 'google-auth-library';
import {
  ClusterSignIn,
  ClusterSignInError,
  ClusterToken,
} from '@slipway/backstage-plugin-image-registry-node';
import { googleSignInError } from './googleSignInError';

const CREDENTIALS = 'kubernetes.googleServiceAccountCredentials';

/** With the second, roles of the cluster can name the account by its e-mail. */
const SCOPES = [
  'https://www.googleapis.com/auth/cloud-platform',
  'https://www.googleapis.com/auth/userinfo.email',
];

/** When the library does not tell the end of a token. */
const UNTOLD_LIFE_MS = 5 * 60_000;

/** What signing in to GKE needs from outside. */
export interface GoogleSignInOptions {
  config: Config;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Signs in to GKE as a service account of Google. */
export function createGoogleSignIn({
  config,
  now = Date.now,
}: GoogleSignInOptions): ClusterSignIn {
  let auth: GoogleAuth | undefined;
  return {
    authProvider: 'googleServiceAccount',
    open() {
      auth ??= new GoogleAuth({
        credentials: readCredentials(config),
        scopes: SCOPES,
      });
      const shared = auth;
      return { fetch: () => accessToken(shared, now) };
    },
  };
}

async function accessToken(
  auth: GoogleAuth,
  now: () => number,
): Promise<ClusterToken> {
  const { token, expiresAt } = await askGoogle(auth).catch((error: unknown) => {
    throw googleSignInError(error);
  });
  if (!token) {
    throw new ClusterSignInError(
      'Google gave no token',
      'Check the service account of the backend.',
    );
  }
  return { token, expiresAt: expiresAt ?? now() + UNTOLD_LIFE_MS };
}

async function askGoogle(auth: GoogleAuth) {
  const client = await auth.getClient();
  const { token } = await client.getAccessToken();
  return { token, expiresAt: client.credentials.expiry_date ?? undefined };
}

/** @throws InputError without a word of what was configured */
function readCredentials(config: Config): CredentialBody | undefined {
  const text = config.getOptionalString(CREDENTIALS);
  if (text === undefined) {
    return undefined;
  }
  try {
    const credentials: unknown = JSON.parse(text);
    if (typeof credentials === 'object' && credentials !== null) {
      return credentials;
    }
  } catch {
    // The parser's words quote the text, which is a key.
  }
  throw new InputError(
    `${CREDENTIALS} is not the JSON of a Google credentials file`,
  );
}
