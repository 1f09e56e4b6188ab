/**
 * Codes, statuses and messages that distribution answers with; clients match
 * on them, so they are part of the protocol.
 */
const ERRORS = {
  UNSUPPORTED: [405, 'The operation is unsupported.'],
  UNAUTHORIZED: [401, 'authentication required'],
  DENIED: [403, 'requested access to the resource is denied'],
  TOOMANYREQUESTS: [429, 'too many requests'],
  UNKNOWN: [500, 'unknown error'],
  UNAVAILABLE: [503, 'service unavailable'],
  DIGEST_INVALID: [400, 'provided digest did not match uploaded content'],
  SIZE_INVALID: [400, 'provided length did not match content length'],
  RANGE_INVALID: [416, 'invalid content range'],
  NAME_INVALID: [400, 'invalid repository name'],
  NAME_UNKNOWN: [404, 'repository name not known to registry'],
  MANIFEST_UNKNOWN: [404, 'manifest unknown'],
  MANIFEST_INVALID: [400, 'manifest invalid'],
  MANIFEST_BLOB_UNKNOWN: [400, 'blob unknown to registry'],
  BLOB_UNKNOWN: [404, 'blob unknown to registry'],
  BLOB_UPLOAD_UNKNOWN: [404, 'blob upload unknown to registry'],
  BLOB_UPLOAD_INVALID: [404, 'blob upload invalid'],
  PAGINATION_NUMBER_INVALID: [400, 'invalid number of results requested'],
} as const satisfies Record<string, readonly [number, string]>;

/** An error code of the distribution specification or of distribution. */
export type RegistryErrorCode = keyof typeof ERRORS;

/** Headers of a response; a list becomes several lines. */
export type ResponseHeaders = Record<string, string | string[]>;

/** An answer in the JSON form of the specification ("Error codes"). */
export class RegistryError extends Error {
  readonly status: number;
  readonly code: RegistryErrorCode;
  /** The body has one error for each; undefined is one without detail. */
  readonly details: unknown[];
  readonly headers: ResponseHeaders;

  constructor(
    code: RegistryErrorCode,
    detail?: unknown,
    headers: ResponseHeaders = {},
  ) {
    super(ERRORS[code][1]);
    this.name = 'RegistryError';
    this.status = ERRORS[code][0];
    this.code = code;
    this.details = [detail];
    this.headers = headers;
  }

  /** One answer with an error for each detail. */
  static forEach(code: RegistryErrorCode, details: unknown[]): RegistryError {
    return Object.assign(new RegistryError(code), { details });
  }
}

/** The JSON body of an answer with one error for each detail. */
export function errorBody(
  code: RegistryErrorCode,
  details: unknown[] = [undefined],
): Buffer {
  const message = ERRORS[code][1];
  const errors = details.map(detail => ({ code, message, detail }));
  return Buffer.from(`${JSON.stringify({ errors })}\n`);
}
