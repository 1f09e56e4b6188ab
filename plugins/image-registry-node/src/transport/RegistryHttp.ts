import { Readable } from 'node:stream';
import { RequestPriority } from '../provider/RegistryProvider';

/** A request through the guarded transport. */
export interface RegistryHttpRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute URL. */
  url: string;
  headers?: Record<string, string>;
  /** Replayable, so that a retry can send it again. */
  body?: string | Buffer;
  /** Secrets in the body, which no message may repeat; those of headers and forms are found. */
  secrets?: readonly string[];
  signal?: AbortSignal;
  priority?: RequestPriority;
  /** For the sentence of an error: what was being done, e.g. `list tags of demo/web`. */
  operation: string;
  /** Most bytes of the answer that are read; more is an error. Default 4 MiB. */
  maxBytes?: number;
  /** Redirects are followed by hand up to this many, without credentials to other hosts. Default 3. */
  maxRedirects?: number;
  /** Statuses that are returned instead of thrown. 2xx always are. */
  acceptStatuses?: readonly number[];
}

/** The answer; the body is read whole, bytes as sent. */
export interface RegistryHttpResponse {
  status: number;
  /** Lower-case names; several of one name joined by `, `. */
  headers: Readonly<Record<string, string>>;
  /** URL that answered, after redirects. */
  url: string;
  body: Buffer;
  /**
   * The body as JSON.
   * @throws RegistryError `invalid-response` naming what came instead
   */
  json<T>(): T;
}

/** What is left of a registry's budget, as its headers said. */
export interface RegistryBudget {
  limit?: number;
  remaining?: number;
  /** ISO 8601. */
  resetsAt?: string;
  /** Asked to wait until then; ISO 8601. */
  retryAt?: string;
}

/**
 * HTTP for one registry and credential: the guard on every address and hop,
 * TLS settings, time-outs, retries with backoff, one budget, concurrency.
 */
export interface RegistryHttp {
  request(request: RegistryHttpRequest): Promise<RegistryHttpResponse>;
  /** Like `request`, with the body as a stream that must be consumed. */
  stream(
    request: RegistryHttpRequest,
  ): Promise<Omit<RegistryHttpResponse, 'body' | 'json'> & { body: Readable }>;
  budget(): RegistryBudget;
}
