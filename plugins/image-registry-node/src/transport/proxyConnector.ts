import { request as httpRequest } from 'node:http';
import { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { advise } from '../provider/advise';
import {
  AddressGuard,
  Connector,
  ConnectorOptions,
  ConnectorTarget,
} from '../guard';
import { RegistryError } from '../provider/RegistryError';
import { answerTimeout } from './answerTimeout';
import { networkFailure } from './networkError';
import { OutgoingProxy, parseProxyUrl } from './OutgoingProxy';
import { ProxyError, proxyRefusal } from './proxyError';

/** What {@link createProxyConnector} works with. */
export interface ProxyConnectorOptions {
  guard: AddressGuard;
  proxy: OutgoingProxy;
  /** Host name of the registry, which alone may be a private address. */
  ownHost: string;
  /** Milliseconds for the answer of the proxy. */
  timeoutMs: number;
  /** How the connection to the proxy is opened. */
  toProxy: ConnectorOptions;
  /** Begins TLS with the target, over a socket that is open already. */
  secure: Connector;
}

const defaultPorts: Readonly<Record<string, string>> = {
  'http:': '80',
  'https:': '443',
};

/**
 * Opens sockets through an HTTP proxy. Every target gets a tunnel (RFC 9110,
 * 9.3.6), plain http as well: so one way of connecting serves both, and the
 * proxy never sees what is sent to an https registry.
 *
 * The guard checks the target as it is written, for only the proxy resolves
 * it, and every address of the proxy, which may be private: whoever configured
 * it meant it.
 */
export function createProxyConnector(
  options: ProxyConnectorOptions,
): Connector {
  const { guard, ownHost, proxy, secure, timeoutMs } = options;
  const proxyUrl = parseProxyUrl(proxy.url);
  const open = guard.connector(options.toProxy, {
    ownHost: proxyUrl.hostname,
  });
  const toProxy: ConnectorTarget = {
    hostname: proxyUrl.hostname.replace(/^\[|\]$/g, ''),
    host: proxyUrl.host,
    protocol: proxyUrl.protocol,
    port: proxyUrl.port,
  };
  return (target, callback) => {
    try {
      guard.checkUrl(urlOf(target), { ownHost });
      if (isLocalhost(target.hostname)) {
        // What the proxy would take for itself.
        guard.checkUrl(urlOf({ ...target, hostname: '127.0.0.1' }));
      }
    } catch (refused) {
      callback(refused as Error, null);
      return;
    }
    open(toProxy, (error, socket) => {
      if (error || !socket) {
        callback(unreachable(proxyUrl, error), null);
        return;
      }
      openTunnel(socket, proxyUrl, proxy, target, timeoutMs, failure => {
        if (failure) {
          socket.destroy();
          callback(failure, null);
        } else if (target.protocol === 'https:') {
          secure({ ...target, httpSocket: socket }, callback);
        } else {
          callback(null, socket);
        }
      });
    });
  };
}

/** `host:port` of a target, an IPv6 address in brackets. */
function authorityOf({ hostname, port, protocol }: ConnectorTarget): string {
  const host = hostname.includes(':')
    ? `[${hostname.replace(/^\[|\]$/g, '')}]`
    : hostname;
  return `${host}:${port || defaultPorts[protocol]}`;
}

/** Names that mean the machine that resolves them (RFC 6761, 6.3). */
function isLocalhost(hostname: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(hostname);
}

function urlOf(target: ConnectorTarget): string {
  return `${target.protocol}//${authorityOf(target)}`;
}

function openTunnel(
  socket: Socket | TLSSocket,
  proxyUrl: URL,
  { username, password }: OutgoingProxy,
  target: ConnectorTarget,
  timeoutMs: number,
  done: (error: Error | undefined) => void,
): void {
  const authority = authorityOf(target);
  const request = httpRequest({
    method: 'CONNECT',
    path: authority,
    headers: {
      host: authority,
      connection: 'keep-alive',
      ...(username !== undefined && {
        'proxy-authorization': `Basic ${Buffer.from(
          `${username}:${password ?? ''}`,
        ).toString('base64')}`,
      }),
    },
    createConnection: () => socket,
  });
  const timer = setTimeout(
    () => request.destroy(answerTimeout('headers')),
    timeoutMs,
  );
  let isDone = false;
  const finish = (error: Error | undefined) => {
    clearTimeout(timer);
    if (!isDone) {
      isDone = true;
      done(error);
    }
  };
  request.once('connect', ({ statusCode = 0 }, _socket, head) => {
    if (statusCode !== 200) {
      finish(proxyRefusal(proxyUrl, authority, statusCode));
      return;
    }
    if (head.length > 0) {
      socket.unshift(head);
    }
    finish(undefined);
  });
  // Stays: an error after the tunnel is open belongs to the socket's new owner.
  request.on('error', error => finish(unreachable(proxyUrl, error)));
  request.end();
}

function unreachable(proxyUrl: URL, error: Error | null): Error {
  if (error instanceof RegistryError) {
    return new RegistryError(
      error.code,
      `the proxy is refused: ${error.message}`,
      { hint: error.remedy, cause: error },
    );
  }
  const { because, code } = networkFailure(error);
  return new ProxyError(
    code,
    `the proxy ${proxyUrl.host} cannot be used: ${because}`,
    advise(
      'check-proxy',
      'Check the address of the proxy, and that it is running',
    ),
    { cause: error },
  );
}
