import { canonicalQuery } from '@slipway/backstage-plugin-image-registry-node';
import { createHash, createHmac } from 'node:crypto';

/** A pair of keys of an IAM user. */
export interface AccessKeys {
  accessKey: string;
  secretKey: string;
}

/** A request to one of Huawei Cloud's APIs, as it will be sent. */
export interface UnsignedRequest {
  method: string;
  /** Path and query encoded as in RFC 3986. */
  url: URL;
  /** Further headers, in lower case; all are signed. */
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

const ALGORITHM = 'SDK-HMAC-SHA256';

/**
 * Signs a request with SDK-HMAC-SHA256.
 * https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html
 *
 * @param now - milliseconds since the epoch; refused when more than 15 minutes off
 * @returns the headers to send; `host` follows from the URL
 */
export function signSdk(
  { body = '', headers = {}, method, url }: UnsignedRequest,
  { accessKey, secretKey }: AccessKeys,
  now: number,
): Record<string, string> {
  const date = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const sent: Record<string, string> = { ...headers, 'x-sdk-date': date };
  const signed = Object.entries({ ...sent, host: url.host }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const signedNames = signed.map(([name]) => name).join(';');
  const canonicalRequest = [
    method,
    // The signature wants a slash that is not sent.
    url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`,
    canonicalQuery(url),
    signed.map(([name, value]) => `${name}:${value.trim()}\n`).join(''),
    signedNames,
    sha256(body),
  ].join('\n');
  const signature = createHmac('sha256', secretKey)
    .update(`${ALGORITHM}\n${date}\n${sha256(canonicalRequest)}`)
    .digest('hex');
  return {
    ...sent,
    authorization: `${ALGORITHM} Access=${accessKey}, SignedHeaders=${signedNames}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
