import { canonicalQuery } from '@slipway/backstage-plugin-image-registry-node';
import { createHash, createHmac } from 'node:crypto';

/** A pair of keys of a RAM user. */
export interface AccessKeys {
  accessKeyId: string;
  accessKeySecret: string;
}

/** A request to one of Alibaba Cloud's APIs, as it will be sent. */
export interface UnsignedRequest {
  method: string;
  /** Path and query encoded as in RFC 3986. */
  url: URL;
  /** Name and version of the API's operation. */
  action: string;
  version: string;
  body?: string;
  /** Signed as well, where there is a body. */
  contentType?: string;
}

/** What makes each signature another one. */
export interface SigningMoment {
  /** Milliseconds since the epoch; refused when more than 15 minutes off. */
  now: number;
  /** Never the same twice. */
  nonce: string;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';

/**
 * Signs a request with ACS3-HMAC-SHA256, for RPC and ROA operations alike.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 *
 * @returns the headers to send; `host` follows from the URL
 */
export function signAcs3(
  request: UnsignedRequest,
  keys: AccessKeys,
  { now, nonce }: SigningMoment,
): Record<string, string> {
  const { action, body = '', contentType, method, url, version } = request;
  const hashedBody = sha256(body);
  const headers: Record<string, string> = {
    ...(contentType && { 'content-type': contentType }),
    'x-acs-action': action,
    'x-acs-content-sha256': hashedBody,
    'x-acs-date': new Date(now).toISOString().replace(/\.\d{3}/, ''),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  };
  const signed = Object.entries({ ...headers, host: url.host }).sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  const signedNames = signed.map(([name]) => name).join(';');
  const canonicalRequest = [
    method,
    url.pathname,
    canonicalQuery(url),
    signed.map(([name, value]) => `${name}:${value.trim()}\n`).join(''),
    signedNames,
    hashedBody,
  ].join('\n');
  const signature = createHmac('sha256', keys.accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonicalRequest)}`)
    .digest('hex');
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${keys.accessKeyId},SignedHeaders=${signedNames},Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
