import { AddressInfo, createServer, Server, Socket } from 'node:net';

/**
 * Stands before several replicas of a portal: each connection goes to the next
 * one, or, while that does not run, to the one after it.
 */
export class LoadBalancer {
  #turn = 0;
  readonly #open = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly ports: readonly number[],
  ) {
    server.on('connection', socket => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
      socket.on('error', () => socket.destroy());
      this.#forward(socket, 0);
    });
  }

  static async start(ports: readonly number[]): Promise<LoadBalancer> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new LoadBalancer(server, ports);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.server.close(() => resolve());
    });
    this.#open.forEach(socket => socket.destroy());
    await closed;
  }

  #forward(socket: Socket, attempt: number): void {
    this.#turn = (this.#turn + 1) % this.ports.length;
    const replica = new Socket();
    let connected = false;
    replica.once('connect', () => {
      connected = true;
      join(socket, replica);
    });
    replica.once('error', () => {
      if (!connected && attempt + 1 < this.ports.length) {
        this.#forward(socket, attempt + 1);
      } else {
        socket.destroy();
      }
    });
    replica.connect(this.ports[this.#turn], '127.0.0.1');
  }
}

/** What ends on one side ends on the other, so that a kill is felt. */
function join(socket: Socket, replica: Socket): void {
  socket.once('close', () => replica.destroy());
  replica.once('close', () => socket.destroy());
  socket.pipe(replica).pipe(socket);
}
