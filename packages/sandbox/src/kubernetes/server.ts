import { IncomingMessage, ServerResponse } from 'node:http';
import { Server, createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { SandboxTokens, authenticate } from './access/tokens';
import { Cluster } from './cluster';
import { faultStatus } from './fault-status';
import { FaultEffect, Faults } from './faults';
import { WriteRecords } from './records';
import { Answer } from './routes/request';
import { ApiRequest, isWatch, route } from './routes/router';
import { StatusError } from './status';
import { ServerCertificate } from './tls/certificates';

/** The API server's own limit of a request body. */
const BODY_LIMIT = 3 * 1024 * 1024;

/** What open watches get when their revision is forgotten under them. */
export const EXPIRED = new StatusError(
  410,
  'Expired',
  'The resourceVersion for the provided watch is too old.',
);

export interface ApiServerOptions {
  cluster: Cluster;
  tokens: SandboxTokens;
  faults: Faults;
  records: WriteRecords;
  certificate: ServerCertificate;
}

/** The HTTPS side: bodies, bearer tokens, faults, and how answers are sent. */
export class ApiServer {
  private readonly server: Server;
  private readonly sockets = new Set<Duplex>();
  /** Open watches with their paths. */
  private readonly watches = new Map<ServerResponse, string>();

  static create(options: ApiServerOptions): ApiServer {
    return new ApiServer(options);
  }

  private constructor(private readonly options: ApiServerOptions) {
    const { certificate, key } = options.certificate;
    this.server = createServer(
      { cert: certificate, key, keepAlive: true },
      (request, response) => {
        this.handle(request, response).catch(error => {
          this.fail(response, error);
        });
      },
    );
    this.server.on('connection', socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** @returns the port that it listens on */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.server.close(() => resolve());
    });
    this.dropConnections();
    await closed;
  }

  /** Resets every connection, as a dying server would. */
  dropConnections(): void {
    this.sockets.forEach(socket => socket.destroy());
  }

  /** Cuts the open watches whose path with its query fits. */
  dropWatches(pattern: RegExp): void {
    for (const [response, path] of this.watches) {
      if (pattern.test(path)) {
        response.destroy();
      }
    }
  }

  private async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { cluster, tokens, faults, records } = this.options;
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const body = await readBody(request);
    const identity = authenticate(tokens, request.headers.authorization);
    const record =
      method === 'GET' || method === 'HEAD'
        ? undefined
        : records.add({
            method,
            path: url.pathname + url.search,
            contentType: request.headers['content-type'],
            body: readable(body),
            token: Object.keys(tokens).find(name => tokens[name] === identity),
          });
    response.on('finish', () => {
      if (record) {
        record.answer = response.statusCode;
      }
    });

    const effects = faults.hit({
      method,
      path: url.pathname + url.search,
      isWatch: isWatch(method, url),
    });
    if (!(await this.suffer(effects, request))) {
      return;
    }
    if (!identity) {
      throw new StatusError(401, 'Unauthorized', 'Unauthorized');
    }
    const stream = () => {
      this.watches.set(response, url.pathname + url.search);
      response.on('close', () => this.watches.delete(response));
      return openStream(response, effects);
    };
    const apiRequest: ApiRequest = {
      cluster,
      identity,
      method,
      url,
      headers: request.headers,
      body,
      stream,
    };
    const answer = route(apiRequest);
    if (answer && effects.some(effect => effect.kind === 'lost-answer')) {
      request.socket.destroy();
    } else if (answer) {
      send(response, answer);
    }
  }

  /**
   * Lets the effects of faults happen before the request is served.
   *
   * @returns false if the request must not be answered
   */
  private async suffer(
    effects: FaultEffect[],
    request: IncomingMessage,
  ): Promise<boolean> {
    for (const effect of effects) {
      if (effect.kind === 'latency') {
        await sleep(effect.milliseconds);
      }
      if (effect.kind === 'outage') {
        request.socket.destroy();
        return false;
      }
      if (effect.kind === 'status') {
        throw faultStatus(effect);
      }
    }
    return true;
  }

  private fail(response: ServerResponse, error: unknown): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const status =
      error instanceof StatusError
        ? error
        : new StatusError(
            500,
            'InternalError',
            `Internal error occurred: ${
              error instanceof Error ? error.message : String(error)
            }`,
          );
    const retryAfter = status.details?.retryAfterSeconds;
    send(response, {
      status: status.code,
      body: status.toStatus(),
      headers: retryAfter ? { 'Retry-After': String(retryAfter) } : undefined,
    });
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${BODY_LIMIT}`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function readable(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Records keep what cannot be parsed as it came.
    return body;
  }
}

function send(response: ServerResponse, answer: Answer): void {
  const isText = typeof answer.body === 'string';
  const text = isText ? (answer.body as string) : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'Cache-Control': 'no-cache, private',
    ...(text !== undefined && {
      'Content-Type': isText ? 'text/plain' : 'application/json',
    }),
    ...answer.headers,
  });
  response.end(text);
}

function openStream(
  response: ServerResponse,
  effects: FaultEffect[],
): ReturnType<ApiRequest['stream']> {
  const expire = effects.some(effect => effect.kind === 'expire-watch');
  const drop = effects.find(effect => effect.kind === 'drop-watch');
  let left =
    drop?.kind === 'drop-watch'
      ? drop.afterEvents ?? 0
      : Number.POSITIVE_INFINITY;
  response.writeHead(200, {
    'Cache-Control': 'no-cache, private',
    'Content-Type': 'application/json',
    'Transfer-Encoding': 'chunked',
  });
  response.flushHeaders();
  const write = (event: object) => {
    if (!response.writableEnded && !response.destroyed) {
      response.write(`${JSON.stringify(event)}\n`);
    }
  };
  if (expire) {
    write({ type: 'ERROR', object: EXPIRED.toStatus() });
    response.end();
  } else if (left <= 0) {
    response.destroy();
  }
  return {
    send: event => {
      write(event);
      if (--left <= 0) {
        response.destroy();
      }
    },
    end: () => response.end(),
    onClose: listener => {
      if (response.writableEnded || response.destroyed) {
        listener();
      }
      response.on('close', listener);
    },
  };
}
