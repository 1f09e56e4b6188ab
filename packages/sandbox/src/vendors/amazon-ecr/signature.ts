import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { VendorRequest } from '../VendorRequest';
import { Identities, Identity } from './Identities';

/** Milliseconds by which the clocks may differ. */
const SKEW = 5 * 60 * 1000;

const PATTERN =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** Why a request is not taken for the identity that it names. */
export interface SignatureProblem {
  type: string;
  message: string;
}

/**
 * Verifies "AWS Signature Version 4" of the IAM user guide, with the secret of
 * the access key that the request names.
 *
 * The time of the signature is compared with the machine's: a test that lets
 * a login expire would otherwise make every signature too old.
 */
export function verifySignature(
  request: VendorRequest,
  identities: Identities,
): Identity | SignatureProblem {
  const match = PATTERN.exec(request.headers.authorization ?? '');
  if (!match) {
    return {
      type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    };
  }
  const [, accessKeyId, day, region, service, signedHeaders, signature] = match;
  const identity = identities.find(accessKeyId);
  const token = request.headers['x-amz-security-token'];
  if (!identity || identity.sessionToken !== token) {
    return {
      type: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    };
  }
  if (identities.hasEnded(identity)) {
    return {
      type: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    };
  }
  const time = String(request.headers['x-amz-date'] ?? '');
  const scope = [day, region, service, 'aws4_request'];
  const expected = sign(
    [
      'AWS4-HMAC-SHA256',
      time,
      scope.join('/'),
      sha256(canonicalRequest(request, signedHeaders)),
    ].join('\n'),
    identity.secretAccessKey,
    scope,
  );
  const isRight =
    signedHeaders.split(';').includes('host') &&
    timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
  return isRight && isNow(time)
    ? identity
    : {
        type: 'InvalidSignatureException',
        message:
          'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      };
}

function canonicalRequest(
  { body, headers, method, query, rawPath, url }: VendorRequest,
  signedHeaders: string,
): string {
  const valueOf = (name: string) =>
    String(name === 'host' ? url.host : headers[name] ?? '')
      .trim()
      .replace(/ +/g, ' ');
  const names = signedHeaders.split(';');
  return [
    method,
    rawPath,
    [...query]
      .map(pair => pair.map(encodeURIComponent).join('='))
      .sort()
      .join('&'),
    ...names.map(name => `${name}:${valueOf(name)}`),
    '',
    signedHeaders,
    sha256(body),
  ].join('\n');
}

function sign(text: string, secret: string, scope: readonly string[]): string {
  const key = scope.reduce<string | Buffer>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', key).update(text).digest('hex');
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** `20261121T120000Z` */
function isNow(time: string): boolean {
  const at = Date.parse(
    time.replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      '$1-$2-$3T$4:$5:$6Z',
    ),
  );
  return Math.abs(Date.now() - at) < SKEW;
}
