import { AuthenticationError } from '@backstage/errors';
import {
  because,
  refusal,
  VendorSignature,
  WebhookAuthentication,
  WebhookFormat,
  WebhookKeySource,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { EndpointStore } from './EndpointStore';
import { hashSecret } from './webhookSecrets';
import { StoredEndpoint } from './StoredEndpoint';

/** What a call carried to prove that it may speak. */
export interface Authenticated {
  secretId: string;
  /** The secret as presented, to be redacted from what is stored. */
  presented?: string;
}

/** A call that is not let in yet. */
export interface UnprovenCall {
  /** Lower-case names. */
  headers: WebhookRequest['headers'];
  urlToken?: string;
  /** Reads the body once; only what needs it for the proof asks for it. */
  body(): Promise<Buffer>;
}

type Hmac = Extract<WebhookAuthentication, { type: 'hmac' }>;

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

/** The secret that a call carries in one of its vendor's ways. */
function presentedSecret(
  way: WebhookAuthentication,
  { headers, urlToken }: UnprovenCall,
): string | undefined {
  const { authorization } = headers;
  switch (way.type) {
    case 'bearer':
      return authorization && bearerToken(authorization);
    case 'basic':
      return authorization && basicPassword(authorization);
    case 'header':
      return headers[way.header];
    case 'url':
      return urlToken;
    default:
      return undefined;
  }
}

/** Compares in a time that tells nothing. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(
    Buffer.from(hashSecret(one), 'hex'),
    Buffer.from(hashSecret(other), 'hex'),
  );
}

function bySecret(
  endpoint: StoredEndpoint,
  presented: string,
): Authenticated | undefined {
  const hash = Buffer.from(hashSecret(presented), 'hex');
  const match = endpoint.secrets.find(secret =>
    timingSafeEqual(Buffer.from(secret.hash, 'hex'), hash),
  );
  return match && { secretId: match.id, presented };
}

async function byHmac(
  endpoint: StoredEndpoint,
  way: Hmac,
  call: UnprovenCall,
  endpoints: Pick<EndpointStore, 'keyOf'>,
): Promise<Authenticated | undefined> {
  const { prefix = '', encoding } = way;
  const sent = call.headers[way.header]?.trim();
  if (!sent?.startsWith(prefix)) {
    return undefined;
  }
  const signature = sent.slice(prefix.length);
  const given = encoding === 'hex' ? signature.toLowerCase() : signature;
  const body = await call.body();
  const match = endpoint.secrets.find(secret => {
    const key = endpoints.keyOf(endpoint, secret);
    return (
      key !== undefined &&
      isSame(
        createHmac(way.algorithm, key).update(body).digest(encoding),
        given,
      )
    );
  });
  return match && { secretId: match.id };
}

/** Which of an endpoint's secrets a call proves to know; undefined when none. */
export async function authenticate(
  endpoint: StoredEndpoint,
  format: WebhookFormat,
  call: UnprovenCall,
  endpoints: Pick<EndpointStore, 'keyOf'>,
): Promise<Authenticated | undefined> {
  for (const way of format.authentication) {
    const presented = presentedSecret(way, call);
    const authenticated =
      way.type === 'hmac'
        ? await byHmac(endpoint, way, call, endpoints)
        : presented && bySecret(endpoint, presented);
    if (authenticated) {
      return authenticated;
    }
  }
  return undefined;
}

/** Whether a call carried anything of the kind that its vendor's calls do. */
export function carriesProof(
  format: WebhookFormat,
  call: UnprovenCall,
): boolean {
  return format.authentication.some(way =>
    way.type === 'hmac'
      ? call.headers[way.header] !== undefined
      : Boolean(presentedSecret(way, call)),
  );
}

/**
 * Verifies the vendor's own signature, where the endpoint has what it needs.
 * @throws AuthenticationError saying what does not match
 */
export async function verifyVendorSignature(
  endpoint: StoredEndpoint,
  format: WebhookFormat,
  request: WebhookRequest,
  keys: WebhookKeySource,
): Promise<void> {
  const { settings: known = {} } = endpoint;
  const signature = format.authentication.find(
    (way): way is VendorSignature => way.type === 'signed',
  );
  if (!signature || !signature.requires.some(name => known[name])) {
    return;
  }
  const missing = signature.requires.filter(name => !known[name]);
  if (missing.length) {
    const settings = missing.join(', ');
    throw refusal(
      AuthenticationError,
      because(
        'webhook-setting-missing',
        `The endpoint lacks ${settings} to verify signatures`,
        { settings },
      ),
    );
  }
  await signature.verify(request, known, keys);
}

/** Whether calls are proven by an HMAC, so that the secret itself is needed. */
export function needsKey(format: WebhookFormat): boolean {
  return format.authentication.some(({ type }) => type === 'hmac');
}
