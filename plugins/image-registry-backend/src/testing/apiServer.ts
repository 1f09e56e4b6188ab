import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  createAddressGuard,
  createRegistryHttp,
  RegistryConnection,
  RegistryCredentials,
} from '@slipway/backstage-plugin-image-registry-node';

/** A request as a test's API sees it. */
export interface ApiRequest {
  method: string;
  /** Path as it was sent, still encoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What a test's API answers. */
export interface ApiAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Starts an API of a test on a free port; it remembers what was asked. */
export async function startApi(
  answer: (request: ApiRequest) => ApiAnswer,
): Promise<{ url: string; requests: ApiRequest[]; stop(): Promise<void> }> {
  const requests: ApiRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    const [path, query] = (incoming.url ?? '').split('?', 2);
    const request = {
      method: incoming.method ?? 'GET',
      path,
      query: new URLSearchParams(query),
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    requests.push(request);
    const { status = 200, headers, body } = answer(request);
    outgoing.writeHead(status, {
      'content-type': 'application/json',
      ...headers,
    });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const once = { attempts: 1, firstDelayMs: 1, longestWaitMs: 1 };

/** A connection to an API of a test. */
export function connectionTo(
  address: string,
  options: { credentials?: RegistryCredentials; namespace?: string } = {},
): RegistryConnection {
  const tls = { verify: true };
  return {
    registryId: 'test',
    address,
    options: {},
    tls,
    ...options,
    http: createRegistryHttp({
      registryId: 'test',
      address,
      tls,
      title: 'Test',
      guard: createAddressGuard({ allowedLoopback: ['127.0.0.1'] }),
      patience: { interactive: once, webhook: once, background: once },
    }),
  };
}
