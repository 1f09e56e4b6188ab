import { IncomingHttpHeaders } from 'node:http';
import { ResponseHeaders } from '../protocol/RegistryError';
import { MEDIA_TYPES } from '../protocol/mediaTypes';

/** One request, as the routes see it. */
export interface RegistryRequest {
  method: string;
  /** Absolute, with the host that the client addressed. */
  url: URL;
  headers: IncomingHttpHeaders;
  /** `address:port` of the client. */
  remoteAddress: string;
  /**
   * Reads the whole body, once.
   *
   * @throws PayloadTooLarge when it has more bytes than the limit.
   */
  readBody(limit: number): Promise<Buffer>;
}

/** One answer; the server adds `Content-Length` and drops bodies of HEAD. */
export interface RegistryResponse {
  status: number;
  headers: ResponseHeaders;
  body: Buffer;
}

/** A body is larger than its route takes. */
export class PayloadTooLarge extends Error {
  constructor(limit: number) {
    super(`the body has more than ${limit} bytes`);
    this.name = 'PayloadTooLarge';
  }
}

/** An answer without a body. */
export function emptyResponse(
  status: number,
  headers: ResponseHeaders = {},
): RegistryResponse {
  return { status, headers, body: Buffer.alloc(0) };
}

/** An answer with a JSON body. */
export function jsonResponse(
  status: number,
  value: unknown,
  headers: ResponseHeaders = {},
): RegistryResponse {
  return {
    status,
    headers: { 'Content-Type': MEDIA_TYPES.json, ...headers },
    body: Buffer.from(`${JSON.stringify(value)}\n`),
  };
}
