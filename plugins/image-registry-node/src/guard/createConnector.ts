import { LookupFunction, Socket, connect as connectTcp, isIP } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { builtin } from '../builtin';

/** What a {@link Connector} connects to. */
export interface ConnectorTarget {
  /** Name or address, IPv6 without brackets. */
  hostname: string;
  host?: string;
  /** `http:` or `https:`. */
  protocol: string;
  /** Empty for the port of the protocol. */
  port: string;
  /** An open socket, for TLS inside a tunnel. */
  httpSocket?: Socket;
}

/** Opens a socket; with `https:` it is handed over when TLS stands. */
export type Connector = (
  target: ConnectorTarget,
  callback: (
    ...result: [error: null, socket: Socket | TLSSocket] | [Error, null]
  ) => void,
) => void;

/** How sockets are opened, apart from the guard. */
export interface ConnectorOptions {
  /** Milliseconds until the socket is open, TLS included. Default 10 000. */
  timeout?: number;
  secureContext?: SecureContext;
  /** Default true. */
  rejectUnauthorized?: boolean;
}

const defaultTimeoutMs = 10_000;
/** Idle connections are probed from then on, so that middle boxes keep them. */
const probeAfterMs = 60_000;

/** Connects to one destination; resumes its TLS sessions. */
export function createConnector(
  options: ConnectorOptions & { lookup: LookupFunction },
): Connector {
  const { timeout = defaultTimeoutMs, lookup, ...secure } = options;
  let session: Buffer | undefined;

  function open(target: ConnectorTarget): Socket {
    const { hostname: host, httpSocket: socket } = target;
    if (target.protocol !== 'https:') {
      return connectTcp({ host, port: Number(target.port || 80), lookup });
    }
    return builtin
      .tls()
      .connect({
        ...secure,
        ...(socket
          ? { socket }
          : { host, port: Number(target.port || 443), lookup }),
        // By name only (RFC 6066, 3); the host of an address is checked still.
        ...(isIP(host) ? { host } : { servername: host }),
        session,
        ALPNProtocols: ['http/1.1'],
      })
      .on('session', given => {
        session = given;
      });
  }

  return (target, callback) => {
    const socket = open(target);
    const timer = setTimeout(
      () => socket.destroy(connectTimeout(target)),
      timeout,
    );
    socket.setNoDelay(true).setKeepAlive(true, probeAfterMs);
    let isSettled = false;
    const settle = (tell: () => void) => {
      clearTimeout(timer);
      if (!isSettled) {
        isSettled = true;
        tell();
      }
    };
    const isReady = target.protocol === 'https:' ? 'secureConnect' : 'connect';
    socket
      .once(isReady, () => settle(() => callback(null, socket)))
      // Stays: who takes the socket over listens a moment later.
      .on('error', error => settle(() => callback(error, null)));
  };
}

function connectTimeout({ hostname, port }: ConnectorTarget): Error {
  return Object.assign(
    new Error(`No connection to ${hostname}:${port} in time`),
    { code: 'ETIMEDOUT' },
  );
}
