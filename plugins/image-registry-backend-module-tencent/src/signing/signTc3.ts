import { createHash, createHmac } from 'node:crypto';

/** An API key of Tencent Cloud. */
export interface ApiKey {
  secretId: string;
  secretKey: string;
}

/** A call as it will be sent: a POST of JSON to `/`. */
export interface UnsignedCall {
  /** Such as `tcr.tencentcloudapi.com`; its first part is the service. */
  host: string;
  action: string;
  version: string;
  /** Absent for calls that hold for all regions. */
  region?: string;
  /** The bytes that are sent. */
  body: string;
}

const ALGORITHM = 'TC3-HMAC-SHA256';
const CONTENT_TYPE = 'application/json; charset=utf-8';
const SIGNED_HEADERS = 'content-type;host;x-tc-action';

/**
 * Signs a call with TC3-HMAC-SHA256.
 * https://www.tencentcloud.com/document/api/1051/34999
 *
 * @param now - milliseconds since the epoch; refused when more than 5 minutes off
 * @returns the headers to send; `host` follows from the URL
 */
export function signTc3(
  { action, body, host, region, version }: UnsignedCall,
  { secretId, secretKey }: ApiKey,
  now: number,
): Record<string, string> {
  const timestamp = Math.floor(now / 1000);
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const [service] = host.split('.', 1);
  const scope = `${date}/${service}/tc3_request`;
  const canonicalRequest = [
    'POST',
    '/',
    '',
    `content-type:${CONTENT_TYPE}`,
    `host:${host}`,
    `x-tc-action:${action.toLowerCase()}`,
    '',
    SIGNED_HEADERS,
    sha256(body),
  ].join('\n');
  const signingKey = [date, service, 'tc3_request'].reduce(
    (key, part) => hmac(key, part),
    Buffer.from(`TC3${secretKey}`, 'utf8'),
  );
  const signed = hmac(
    signingKey,
    [ALGORITHM, timestamp, scope, sha256(canonicalRequest)].join('\n'),
  ).toString('hex');
  return {
    'content-type': CONTENT_TYPE,
    'x-tc-action': action,
    'x-tc-timestamp': String(timestamp),
    'x-tc-version': version,
    ...(region && { 'x-tc-region': region }),
    authorization: `${ALGORITHM} Credential=${secretId}/${scope}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signed}`,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
