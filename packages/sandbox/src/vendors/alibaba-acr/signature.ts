import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { VendorRequest } from '../VendorRequest';
import { AlibabaKeys } from './accounts';

const AUTHORIZATION =
  /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/;

/** A call may be that old or that early, in milliseconds. */
const MOST_SKEW = 15 * 60 * 1000;

/** Who signed a request, or the code by which the API refuses it. */
export type SignatureResult =
  | { keys: AlibabaKeys }
  | { refused: string; message: string };

/**
 * Looks after a signature as the page on request syntax and signature method
 * V3 tells how it is made:
 * alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export class SignatureCheck {
  private readonly nonces = new Set<string>();

  /** @param clockOffsetMs - how far the vendor's clock is from ours */
  constructor(
    private readonly known: readonly AlibabaKeys[],
    private readonly clockOffsetMs: number,
  ) {}

  verify(request: VendorRequest): SignatureResult {
    const { headers } = request;
    const [, id, names, signature] =
      AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
    if (!id) {
      return refusal('MissingAuthorization', 'Authorization is mandatory.');
    }
    const keys = this.known.find(each => each.accessKeyId === id);
    if (!keys) {
      return refusal(
        'InvalidAccessKeyId.NotFound',
        'Specified access key is not found.',
      );
    }
    const date = Date.parse(String(headers['x-acs-date']));
    const now = Date.now() + this.clockOffsetMs;
    if (!(Math.abs(now - date) <= MOST_SKEW)) {
      return refusal(
        'InvalidTimeStamp.Expired',
        'Specified time stamp or date value is expired.',
      );
    }
    const nonce = String(headers['x-acs-signature-nonce']);
    if (this.nonces.has(nonce)) {
      return refusal(
        'SignatureNonceUsed',
        'Specified signature nonce was used already.',
      );
    }
    const expected = sign(request, names.split(';'), keys.accessKeySecret);
    if (
      !signsEnough(request, names.split(';')) ||
      !timingSafeEqual(Buffer.from(expected), Buffer.from(signature))
    ) {
      return refusal(
        'SignatureDoesNotMatch',
        'Specified signature is not matched with our calculation.',
      );
    }
    this.nonces.add(nonce);
    return { keys };
  }
}

function refusal(refused: string, message: string) {
  return { refused, message };
}

/** Host, body and whatever begins with x-acs- have to be signed. */
function signsEnough({ headers }: VendorRequest, names: string[]): boolean {
  return ['host', ...Object.keys(headers)]
    .filter(name => name === 'host' || name.startsWith('x-acs-'))
    .every(name => names.includes(name));
}

function sign(
  { body, headers, method, rawPath, url }: VendorRequest,
  names: string[],
  secret: string,
): string {
  const hash = sha256(body);
  const pairs = url.search.slice(1).split('&').filter(Boolean).sort();
  const lines = names.map(name => `${name}:${String(headers[name]).trim()}`);
  const canonical = `${method}\n${rawPath}\n${pairs.join('&')}\n${lines.join(
    '\n',
  )}\n\n${names.join(';')}\n${hash}`;
  return hash === headers['x-acs-content-sha256']
    ? createHmac('sha256', secret)
        .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
        .digest('hex')
    : '0'.repeat(64);
}

function sha256(value: string | Buffer): string {
  return createHash('sha256').update(value).digest('hex');
}
