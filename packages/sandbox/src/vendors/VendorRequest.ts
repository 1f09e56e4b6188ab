import { IncomingHttpHeaders } from 'node:http';
import { parseBasic } from '../registry/access/AccessControl';

/** One request, as vendors see it. */
export interface VendorRequest {
  method: string;
  /** Absolute, under the name and port that the client asked for. */
  url: URL;
  /** Name that the client asked for, without the port. */
  host: string;
  /** As it was sent, still encoded, without the query. */
  rawPath: string;
  /** Decoded once; as it was sent where that is impossible. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: IncomingHttpHeaders;
  /** Bytes as they were sent. */
  body: Buffer;
  /** `address:port` of the client. */
  remoteAddress: string;
}

/** What a {@link VendorRequest} is made of. */
export interface VendorRequestParts {
  method: string;
  /** `https://quay.io`, without a path. */
  origin: string;
  /** Path and query as they were sent. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  remoteAddress: string;
}

/** Puts a request into the form that vendors take. */
export function createVendorRequest(parts: VendorRequestParts): VendorRequest {
  const { method, origin, target, headers, body, remoteAddress } = parts;
  const url = new URL(`${origin}${target}`);
  const [rawPath] = target.split('?', 1);
  return {
    method,
    url,
    host: url.hostname,
    rawPath,
    path: decoded(rawPath),
    query: url.searchParams,
    headers,
    body,
    remoteAddress,
  };
}

/** The same request for another path, still encoded; the query stays. */
export function withPath(
  request: VendorRequest,
  rawPath: string,
): VendorRequest {
  const { url, ...rest } = request;
  return createVendorRequest({
    ...rest,
    origin: url.origin,
    target: `${rawPath}${url.search}`,
  });
}

/** User and password of `Authorization: Basic`. */
export function basicLoginOf({
  headers,
}: VendorRequest): { username: string; password: string } | undefined {
  return parseBasic(headers.authorization);
}

/** The token of `Authorization: Bearer`. */
export function bearerTokenOf({ headers }: VendorRequest): string | undefined {
  return /^bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/**
 * The body as JSON.
 *
 * @returns undefined when it is none
 */
export function jsonBodyOf({ body }: VendorRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The body as a form, `application/x-www-form-urlencoded`. */
export function formBodyOf({ body }: VendorRequest): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

function decoded(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    return rawPath;
  }
}
