import { ClusterSignInError } from '@slipway/backstage-plugin-image-registry-node';
import { connectionCode } from '../connectionCode';

/** Says why Google gave no token. */
export function googleSignInError(error: unknown): ClusterSignInError {
  const answer = oauthError(error);
  if (answer === 'invalid_grant') {
    return new ClusterSignInError(
      'Google refuses the key of the service account (invalid_grant)',
      'Check that the key and its account exist, and that the clock of the backend is right.',
    );
  }
  const code = answer ?? connectionCode(error);
  if (code === undefined) {
    return new ClusterSignInError(
      'no Google identity was found where the backend runs',
      'Give the backend a workload identity, the service account of its machine, GOOGLE_APPLICATION_CREDENTIALS, or kubernetes.googleServiceAccountCredentials.',
    );
  }
  return new ClusterSignInError(
    `Google gave no token (${code})`,
    'Check the service account, and that the backend reaches oauth2.googleapis.com.',
  );
}

/** `error` of an OAuth answer (RFC 6749, 5.2), never its description. */
function oauthError(error: unknown): string | undefined {
  const { response } = (error ?? {}) as {
    response?: { data?: { error?: unknown } };
  };
  const code = response?.data?.error;
  return typeof code === 'string' && /^[a-z_]{1,60}$/.test(code)
    ? code
    : undefined;
}
