import { IncomingMessage, request as httpRequest } from 'node:http';
import { answerTimeout } from './answerTimeout';
import { Hop } from './redirect';
import { RegistryAgent } from './RegistryAgent';

/** Milliseconds after which a request is given up, by what it waits for. */
export interface HttpTimeouts {
  connectMs: number;
  headersMs: number;
  /** Between two pieces of the body. */
  bodyMs: number;
}

export const defaultTimeouts: HttpTimeouts = {
  connectMs: 5_000,
  headersMs: 20_000,
  bodyMs: 30_000,
};

/** What sends the requests of one registry. */
export interface Exchanger {
  agents: Readonly<Record<string, RegistryAgent>>;
  timeouts: HttpTimeouts;
}

const idempotentMethods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'PUT',
  'DELETE',
]);

/** Whether sending it twice does no more than sending it once. */
export function isIdempotent(method: string): boolean {
  return idempotentMethods.has(method);
}

/**
 * Sends one request, and waits for the headers of its answer. The body must be
 * consumed or destroyed.
 *
 * A server may close a connection in the moment that it is used again; what
 * may be repeated is then sent at once on another.
 *
 * @throws the error of Node's net, dns, tls or http, of the connector, or of
 * a time-out
 */
export function exchange(
  { agents, timeouts }: Exchanger,
  hop: Hop,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(hop.url, {
      agent: agents[hop.url.protocol],
      method: hop.method,
      headers: hop.headers,
      signal,
    });
    let timer: NodeJS.Timeout | undefined;
    request
      .once('finish', () => {
        timer = setTimeout(
          () => request.destroy(answerTimeout('headers')),
          timeouts.headersMs,
        );
      })
      .once('response', response => {
        clearTimeout(timer);
        request.setTimeout(timeouts.bodyMs, () => {
          // A full buffer is the delay of who reads it.
          if (response.readableLength < response.readableHighWaterMark) {
            response.destroy(answerTimeout('body'));
          }
        });
        resolve(response);
      })
      // Stays: an error may follow the answer.
      .on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        const wasStale = request.reusedSocket && error.code === 'ECONNRESET';
        if (wasStale && isIdempotent(hop.method) && !signal?.aborted) {
          resolve(exchange({ agents, timeouts }, hop, signal));
        } else {
          reject(error);
        }
      })
      .once('close', () => clearTimeout(timer))
      .end(hop.body);
  });
}
