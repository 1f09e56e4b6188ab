import { createHash, createHmac } from 'node:crypto';
import { VendorRequest } from '../VendorRequest';
import { TencentKey } from './accounts';

const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/([a-z]+)\/tc3_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

/** A call may be that old or that early, in seconds. */
const MOST_SKEW = 300;

/** Who signed a call, or the code by which the API refuses it. */
export type SignatureResult =
  | { key: TencentKey }
  | { refused: string; message: string };

/**
 * Looks after a signature as the page "Signature v3" tells how it is made:
 * tencentcloud.com/document/api/1051/34999
 *
 * @param clockOffsetMs - how far the vendor's clock is from ours
 */
export function verifyTc3(
  { body, headers, method, rawPath }: VendorRequest,
  known: readonly TencentKey[],
  clockOffsetMs: number,
): SignatureResult {
  const [, id, date, service, names, signature] =
    AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  if (!id) {
    return refusal(
      'AuthFailure.InvalidAuthorization',
      'Authorization in the request header is invalid.',
    );
  }
  const key = known.find(each => each.secretId === id);
  if (!key) {
    return refusal('AuthFailure.SecretIdNotFound', 'Key does not exist.');
  }
  const timestamp = Number(headers['x-tc-timestamp']);
  const now = (Date.now() + clockOffsetMs) / 1000;
  if (!(Math.abs(now - timestamp) <= MOST_SKEW)) {
    return refusal('AuthFailure.SignatureExpire', 'Signature expired.');
  }
  const lines = names.split(';').map(name => {
    const value = String(headers[name]).trim();
    return `${name}:${name === 'x-tc-action' ? value.toLowerCase() : value}\n`;
  });
  const canonical = `${method}\n${rawPath}\n\n${lines.join(
    '',
  )}\n${names}\n${sha256(body)}`;
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${sha256(
    canonical,
  )}`;
  const secretDate = hmac(`TC3${key.secretKey}`, date);
  const signingKey = hmac(hmac(secretDate, service), 'tc3_request');
  const isRight =
    hmac(signingKey, text).toString('hex') === signature &&
    ['content-type', 'host'].every(name => names.split(';').includes(name)) &&
    date === new Date(timestamp * 1000).toISOString().slice(0, 10);
  return isRight
    ? { key }
    : refusal(
        'AuthFailure.SignatureFailure',
        'The provided credentials could not be validated. Please check your signature is correct.',
      );
}

function refusal(refused: string, message: string) {
  return { refused, message };
}

function sha256(value: string | Buffer): string {
  return createHash('sha256').update(value).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
