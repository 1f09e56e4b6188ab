import { Agent, ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import { Connector } from '../guard';

/**
 * Milliseconds that an unused connection is kept. Servers that say nothing
 * often close after five seconds; those that announce another time are heard.
 */
const keepMs = 4_000;

/**
 * Keeps the connections of one registry open between its requests; http and
 * https apart, because one agent serves one scheme.
 */
export class RegistryAgent extends Agent {
  readonly protocol: string;
  readonly defaultPort: number;
  readonly #connect: Connector;

  constructor(protocol: 'http:' | 'https:', connect: Connector) {
    super({ keepAlive: true, timeout: keepMs });
    this.protocol = protocol;
    this.defaultPort = protocol === 'https:' ? 443 : 80;
    this.#connect = connect;
  }

  createConnection(
    { host, port, defaultPort }: ClientRequestArgs,
    opened: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const target = {
      hostname: host ?? '',
      protocol: this.protocol,
      port: String(port ?? defaultPort ?? this.defaultPort),
    };
    // Node looks at the socket only when there is no error.
    this.#connect(target, opened as Parameters<Connector>[1]);
  }
}
