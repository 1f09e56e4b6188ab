import { WebhookFormat } from '@slipway/backstage-plugin-image-registry-node';
import { timingSafeEqual } from 'node:crypto';
import { hashSecret, StoredEndpoint } from './EndpointStore';

/** What a call carried to prove that it may speak. */
export interface Authenticated {
  secretId: string;
  /** The secret as presented, to be redacted from what is stored. */
  presented: string;
}

function basicPassword(authorization: string): string | undefined {
  const encoded = /^basic\s+(\S+)$/i.exec(authorization)?.[1];
  const decoded = encoded && Buffer.from(encoded, 'base64').toString('utf8');
  return decoded?.includes(':')
    ? decoded.slice(decoded.indexOf(':') + 1)
    : undefined;
}

function bearerToken(authorization: string): string | undefined {
  const token = /^bearer\s+(\S+)$/i.exec(authorization)?.[1];
  // Harbor sends the header exactly as it was typed in, without a scheme.
  return token ?? (/\s/.test(authorization) ? undefined : authorization);
}

/** The secrets that a call may have carried, by the ways its vendor has. */
function presentedSecrets(
  format: WebhookFormat,
  request: { authorization?: string; urlToken?: string },
): string[] {
  const { authorization, urlToken } = request;
  const candidates = format.authentication.map(({ type }) => {
    switch (type) {
      case 'bearer':
        return authorization && bearerToken(authorization);
      case 'basic':
        return authorization && basicPassword(authorization);
      case 'url':
        return urlToken;
      default:
        return undefined;
    }
  });
  return candidates.filter((secret): secret is string => Boolean(secret));
}

/** Which of an endpoint's secrets a call carried; undefined when none. */
export function authenticate(
  endpoint: StoredEndpoint,
  format: WebhookFormat,
  request: { authorization?: string; urlToken?: string },
): Authenticated | undefined {
  for (const presented of presentedSecrets(format, request)) {
    const hash = Buffer.from(hashSecret(presented), 'hex');
    const match = endpoint.secrets.find(secret =>
      timingSafeEqual(Buffer.from(secret.hash, 'hex'), hash),
    );
    if (match) {
      return { secretId: match.id, presented };
    }
  }
  return undefined;
}
