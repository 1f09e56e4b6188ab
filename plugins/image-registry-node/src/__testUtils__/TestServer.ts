import {
  IncomingMessage,
  Server,
  ServerResponse,
  createServer as createHttpServer,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface TestRequest {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What is answered; objects are sent as JSON. */
export interface TestAnswer {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer | object;
}

/** Answers, or takes the socket into its own hands and returns nothing. */
export type TestHandler = (
  request: TestRequest,
  response: ServerResponse,
) => TestAnswer | undefined | Promise<TestAnswer | undefined>;

/** A real server on a free port that remembers what it was asked. */
export class TestServer {
  readonly requests: TestRequest[] = [];

  static async start(
    handler: TestHandler,
    tls?: { key: string; cert: string },
  ): Promise<TestServer> {
    const server = tls ? createHttpsServer(tls) : createHttpServer();
    const started = new TestServer(server, handler, tls ? 'https' : 'http');
    server.on('request', (request, response) => {
      void started.handle(request, response);
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return started;
  }

  private constructor(
    private readonly server: Server,
    private readonly handler: TestHandler,
    private readonly protocol: 'http' | 'https',
  ) {}

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Under any name that the test's resolver knows. */
  urlOf(hostname: string): string {
    return `${this.protocol}://${hostname}:${this.port}`;
  }

  /** Method and path with query of each request, in order. */
  get log(): string[] {
    return this.requests.map(
      ({ method, url }) => `${method} ${url.pathname}${url.search}`,
    );
  }

  async stop(): Promise<void> {
    await new Promise<void>(resolve => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async handle(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    const request: TestRequest = {
      method: incoming.method ?? '',
      url: new URL(
        incoming.url ?? '',
        `${this.protocol}://${incoming.headers.host}`,
      ),
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.requests.push(request);
    const answer = await this.handler(request, outgoing);
    if (!answer) {
      return;
    }
    const { status = 200, headers = {}, body = '' } = answer;
    const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
    const bytes = isJson ? JSON.stringify(body) : body;
    outgoing.writeHead(status, {
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      'content-length': String(Buffer.byteLength(bytes)),
      ...headers,
    });
    outgoing.end(request.method === 'HEAD' ? undefined : bytes);
  }
}
