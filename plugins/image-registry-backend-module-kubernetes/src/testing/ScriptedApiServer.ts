import { createServer, Server } from 'https';
import { ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { Duplex } from 'stream';
import { text } from 'stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterSource } from '../clusters';
import { createServerCertificate } from './serverCertificate';

/** One request as the script sees it. */
export interface ScriptedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization?: string;
  /** Of a write. */
  body?: unknown;
}

/** Answers one request; what it leaves open stays open. */
export type Script = (
  request: ScriptedRequest,
  response: ServerResponse,
) => void;

/**
 * An HTTPS server that says what a test wants an API server to say: for what
 * happens between client and server, below the objects.
 */
export class ScriptedApiServer {
  /** Every request, in order. */
  readonly requests: ScriptedRequest[] = [];
  /** TLS connections that were opened. */
  handshakes = 0;
  script: Script;

  private readonly server: Server;
  private readonly certificate: string;
  private readonly sockets = new Set<Duplex>();
  private port = 0;

  static async start(script: Script): Promise<ScriptedApiServer> {
    const { certificate, key } = await createServerCertificate();
    const started = new ScriptedApiServer(script, certificate, key);
    await started.listen(0);
    return started;
  }

  private constructor(script: Script, certificate: string, key: string) {
    this.script = script;
    this.certificate = certificate;
    this.server = createServer(
      { cert: certificate, key },
      async (incoming, response) => {
        const url = new URL(incoming.url ?? '/', 'https://server');
        const body = await text(incoming);
        const request = {
          method: incoming.method ?? 'GET',
          path: url.pathname,
          query: url.searchParams,
          authorization: incoming.headers.authorization,
          body: body === '' ? undefined : JSON.parse(body),
        };
        this.requests.push(request);
        this.script(request, response);
      },
    );
    this.server.on('secureConnection', () => {
      this.handshakes += 1;
    });
    this.server.on('connection', socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** This server as a cluster of the driver. */
  source(name: string = 'scripted'): ClusterSource {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      {
        name,
        server: `https://127.0.0.1:${this.port}`,
        caData: Buffer.from(this.certificate).toString('base64'),
        skipTLSVerify: false,
      },
      { name: 'user', token: 'dummy-token' },
    );
    return { name, connection: { kubeConfig } };
  }

  /** Requests of this path that opened a watch, or those that did not. */
  count(path: string, kind: 'watch' | 'list'): number {
    return this.requests.filter(
      request =>
        request.path === path &&
        request.query.has('watch') === (kind === 'watch'),
    ).length;
  }

  /** Cuts all connections and takes no new ones. */
  async goDown(): Promise<void> {
    const closed = new Promise(resolve => this.server.close(resolve));
    this.cut();
    await closed;
  }

  /** Takes connections again, at the same address. */
  async comeBack(): Promise<void> {
    await this.listen(this.port);
  }

  /** Cuts all connections. */
  cut(): void {
    this.sockets.forEach(socket => socket.destroy());
  }

  async stop(): Promise<void> {
    if (this.server.listening) {
      await this.goDown();
    }
  }

  private async listen(port: number): Promise<void> {
    await new Promise<void>(resolve => {
      this.server.listen(port, '127.0.0.1', resolve);
    });
    this.port = (this.server.address() as AddressInfo).port;
  }
}

/** Answers with JSON. */
export function answer(
  response: ServerResponse,
  statusCode: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(statusCode, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** Writes one event of a watch. */
export function sendEvent(
  response: ServerResponse,
  type: string,
  object: object,
): void {
  response.write(`${JSON.stringify({ type, object })}\n`);
}
