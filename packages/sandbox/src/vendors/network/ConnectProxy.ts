import {
  createServer as createHttpServer,
  IncomingMessage,
  Server as HttpServer,
  ServerResponse,
} from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { CertificateMint, CertificateProblem } from './CertificateMint';
import { Destination, Directory } from './Directory';

/** What the proxy works with. */
export interface ConnectProxyOptions {
  directory: Directory;
  mint: CertificateMint;
  /** Asked once for each connection. */
  certificateProblem(destination: Destination): CertificateProblem | undefined;
  /** Answers a request that came through a tunnel. */
  serve(
    destination: Destination,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): void;
}

const UNKNOWN = 'the sandbox simulates no vendor under this name';

/**
 * An HTTP proxy whose tunnels all end here: those to a vendor's host in the
 * vendor, any other in a 502. Nothing is ever connected to.
 */
export class ConnectProxy {
  private readonly options: ConnectProxyOptions;
  /** Takes the requests, also those of unwrapped TLS sockets; only it listens. */
  private readonly server: HttpServer;
  private readonly destinations = new WeakMap<Duplex, Destination>();
  private readonly sockets = new Set<Duplex>();

  constructor(options: ConnectProxyOptions) {
    this.options = options;
    this.server = createHttpServer((incoming, outgoing) =>
      this.request(incoming, outgoing),
    );
    this.server.on('connection', socket => this.track(socket));
    this.server.on('connect', (request, socket, head) => {
      this.connect(request, socket as Socket, head).catch(() =>
        socket.destroy(),
      );
    });
  }

  /** @returns the port */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve((this.server.address() as AddressInfo).port);
      });
    });
  }

  /** Cuts every tunnel. */
  close(): Promise<void> {
    return new Promise(resolve => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
      this.sockets.forEach(socket => socket.destroy());
    });
  }

  private async connect(
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
  ): Promise<void> {
    const [, host, port] = /^(.+):(\d+)$/.exec(request.url ?? '') ?? [];
    const destination = this.options.directory.find(host ?? '', Number(port));
    if (!destination) {
      socket.end(
        `HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: ${UNKNOWN.length}\r\nConnection: close\r\n\r\n${UNKNOWN}`,
      );
      return;
    }
    const tunnel = await this.enter(destination);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) {
      socket.unshift(head);
    }
    tunnel(socket);
  }

  /** Prepares the far end of a tunnel. */
  private async enter(
    destination: Destination,
  ): Promise<(socket: Socket) => void> {
    const receive = (socket: Duplex) => {
      this.destinations.set(socket, destination);
      this.server.emit('connection', socket);
    };
    if (destination.scheme === 'http') {
      return receive;
    }
    const { certificate, key } = await this.options.mint.certificateFor(
      destination.host,
      this.options.certificateProblem(destination),
    );
    const ending = createTlsServer({ cert: certificate, key }, receive);
    // A client that does not like the certificate hangs up.
    ending.on('tlsClientError', (_error, socket) => socket.destroy());
    return socket => ending.emit('connection', socket);
  }

  private request(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const destination =
      this.destinations.get(incoming.socket) ?? this.directly(incoming);
    if (!destination) {
      outgoing.writeHead(502, { 'Content-Type': 'text/plain' }).end(UNKNOWN);
      return;
    }
    this.options.serve(destination, incoming, outgoing);
  }

  /** Plain http may come without a tunnel, its whole URL in the first line. */
  private directly(incoming: IncomingMessage): Destination | undefined {
    const target = incoming.url ?? '';
    if (!target.startsWith('http://') || !URL.canParse(target)) {
      return undefined;
    }
    const url = new URL(target);
    incoming.url = `${url.pathname}${url.search}`;
    const found = this.options.directory.find(
      url.hostname,
      Number(url.port || 80),
    );
    return found?.scheme === 'http' ? found : undefined;
  }

  private track(socket: Duplex): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.sockets.delete(socket));
  }
}
