import { AuthenticationError } from '@backstage/errors';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
  VendorSignature,
  WebhookKeySource,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  createLocalJWKSet,
  errors,
  JSONWebKeySet,
  JWTPayload,
  jwtVerify,
} from 'jose';

/** Public keys of Google's ID tokens, as its discovery document names them. */
const KEYS_URL = 'https://www.googleapis.com/oauth2/v3/certs';

const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];

/** Seconds by which the clocks may differ. */
const TOLERANCE = 60;

/**
 * The ID token of a push subscription with authentication: Pub/Sub
 * documentation, "Authentication for push subscriptions".
 */
export const googleSignature: VendorSignature = {
  type: 'signed',
  requires: ['audience', 'serviceAccount'],
  async verify({ headers }, { audience, serviceAccount }, keys) {
    const [, token] =
      /^bearer\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (!token) {
      throw refusal(
        AuthenticationError,
        because(
          'google-token-missing',
          'The call carries no token; enable authentication at the push subscription',
        ),
      );
    }
    const { email, email_verified: verified } = await verifyToken(
      token,
      audience,
      keys,
    );
    if (email !== serviceAccount || verified !== true) {
      throw refusal(
        AuthenticationError,
        because(
          'google-token-of-other',
          `The token is not of the service account ${serviceAccount}`,
          { serviceAccount },
        ),
      );
    }
  },
};

/** Reads the keys again when the one that signed is new. */
async function verifyToken(
  token: string,
  audience: string,
  keys: WebhookKeySource,
): Promise<JWTPayload> {
  try {
    return await verifyWith(await keys.read(KEYS_URL), token, audience);
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) {
      throw refused(error, audience);
    }
  }
  try {
    const fresh = await keys.read(KEYS_URL, { refresh: true });
    return await verifyWith(fresh, token, audience);
  } catch (error) {
    throw refused(error, audience);
  }
}

async function verifyWith(
  keySet: string,
  token: string,
  audience: string,
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(
    token,
    createLocalJWKSet(JSON.parse(keySet) as JSONWebKeySet),
    {
      algorithms: ['RS256'],
      audience,
      issuer: ISSUERS,
      clockTolerance: TOLERANCE,
      requiredClaims: ['exp', 'iat'],
    },
  );
  return payload;
}

/** Errors of the keys' source stay: the call may be verified later. */
function refused(error: unknown, audience: string): unknown {
  const reason = whyRefused(error, audience);
  return reason ? refusal(AuthenticationError, reason) : error;
}

function whyRefused(error: unknown, audience: string): Reason | undefined {
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim } = error;
    return claim === 'aud'
      ? because(
          'google-token-for-other',
          `The audience of the token is not ${audience}`,
          { audience },
        )
      : because(
          'google-token-claim',
          `The token does not say what it must: ${claim}`,
          { claim },
        );
  }
  if (error instanceof errors.JWTExpired) {
    return because('google-token-expired', 'The token has expired');
  }
  return error instanceof errors.JOSEError
    ? because(
        'google-token-unsigned',
        'The token is not one that Google signed',
      )
    : undefined;
}
