import { createHash, createHmac } from 'node:crypto';
import { VendorRequest } from '../VendorRequest';
import { HuaweiKeys } from './accounts';

const AUTHORIZATION =
  /^SDK-HMAC-SHA256 Access=([^,]+), SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

/** A call may be that old or that early, in milliseconds. */
const MOST_SKEW = 15 * 60 * 1000;

/** Who signed a request, or why the gateway refuses it. */
export type SignatureResult = { keys: HuaweiKeys } | { refused: string };

/**
 * Looks after a signature as the API request signing guide tells how it is
 * made: support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html
 *
 * @param clockOffsetMs - how far the vendor's clock is from ours
 */
export function verifySdk(
  { body, headers, method, rawPath, url }: VendorRequest,
  known: readonly HuaweiKeys[],
  clockOffsetMs: number,
): SignatureResult {
  const [, id, names, signature] =
    AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  if (!id) {
    return refused('decrypt token fail');
  }
  const keys = known.find(each => each.accessKey === id);
  if (!keys) {
    return refused(`Get secretKey failed, ak:${id}, err:ak not exist`);
  }
  const date = String(headers['x-sdk-date']);
  const time = Date.parse(
    date.replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      '$1-$2-$3T$4:$5:$6Z',
    ),
  );
  if (!(Math.abs(Date.now() + clockOffsetMs - time) <= MOST_SKEW)) {
    return refused('signature expired, X-Sdk-Date is too far from now');
  }
  const signed = names.split(';');
  const canonical = [
    method,
    `${rawPath.replace(/\/$/, '')}/`,
    url.search.slice(1).split('&').filter(Boolean).sort().join('&'),
    signed.map(name => `${name}:${String(headers[name]).trim()}\n`).join(''),
    names,
    sha256(body),
  ].join('\n');
  const expected = createHmac('sha256', keys.secretKey)
    .update(`SDK-HMAC-SHA256\n${date}\n${sha256(canonical)}`)
    .digest('hex');
  return expected === signature &&
    ['host', 'x-sdk-date'].every(name => signed.includes(name))
    ? { keys }
    : refused('verify aksk signature fail');
}

function refused(because: string) {
  return { refused: `Incorrect IAM authentication information: ${because}` };
}

function sha256(value: string | Buffer): string {
  return createHash('sha256').update(value).digest('hex');
}
