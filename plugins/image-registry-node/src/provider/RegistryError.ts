import { Reason } from '@slipway/backstage-plugin-image-registry-common';

/** Stable codes of what can go wrong with a registry. */
export type RegistryErrorCode =
  /** The name does not resolve. */
  | 'name-not-found'
  /** Nothing answers: refused, unreachable, timed out. */
  | 'unreachable'
  | 'timeout'
  /** The certificate is not trusted, expired or for another name. */
  | 'untrusted-certificate'
  /** A plain-http server was asked by https, or the other way round. */
  | 'protocol-mismatch'
  /** The guard refused the address. */
  | 'forbidden-address'
  /** Wrong user name or password. */
  | 'unauthenticated'
  /** Signed in, but without the right. */
  | 'forbidden'
  | 'not-found'
  /** 429. */
  | 'rate-limited'
  /** The registry does not offer this. */
  | 'unsupported'
  /** 5xx. */
  | 'server-error'
  /** Not what the protocol promises: HTML, cut JSON, wrong digest. */
  | 'invalid-response';

/** Codes after which trying again later can help. */
const transientCodes: readonly RegistryErrorCode[] = [
  'name-not-found',
  'unreachable',
  'timeout',
  'rate-limited',
  'server-error',
  'invalid-response',
];

/**
 * A failed call to a registry. The message is for the person who reads it and
 * never holds a secret.
 */
export class RegistryError extends Error {
  readonly code: RegistryErrorCode;
  /** What to do about it, in English. */
  readonly hint?: string;
  /** The same, for translation. */
  readonly remedy?: Reason;
  readonly status?: number;
  /** Milliseconds after which the registry wants to be asked again. */
  readonly retryAfterMs?: number;

  constructor(
    code: RegistryErrorCode,
    message: string,
    details: {
      hint?: Reason;
      status?: number;
      retryAfterMs?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'RegistryError';
    this.code = code;
    this.hint = details.hint?.message;
    this.remedy = details.hint;
    // `statusCode` is not set on purpose: the status is the registry's, not ours.
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }

  /** True when the same call may succeed later without anybody's doing. */
  get transient(): boolean {
    return transientCodes.includes(this.code);
  }
}
