import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { ControlAnswer, ControlError, ControlRoute } from './ControlRoute';

/** A running control server. */
export interface ControlServer {
  /** `http://host:port`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Bytes of a body: seeds of objects are the largest. */
const MAXIMUM_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Starts the server that changes a running sandbox: JSON over HTTP, without a
 * password, so for loopback.
 */
export async function startControlServer(options: {
  routes: ControlRoute[];
  host?: string;
  port?: number;
}): Promise<ControlServer> {
  const { routes, host = '127.0.0.1', port = 0 } = options;
  const server = createServer(async (incoming, outgoing) => {
    const { status = 200, body } = await answer(routes, incoming);
    const text = `${JSON.stringify(body)}\n`;
    outgoing.writeHead(status, { 'Content-Type': 'application/json' });
    send(outgoing, text);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    stop: () => close(server),
  };
}

function send(outgoing: ServerResponse, text: string): void {
  if (!outgoing.destroyed) {
    outgoing.end(text);
  }
}

async function answer(
  routes: ControlRoute[],
  incoming: IncomingMessage,
): Promise<ControlAnswer> {
  try {
    requireLocalCaller(incoming);
    return await dispatch(routes, incoming);
  } catch (error) {
    const status = error instanceof ControlError ? error.status : 500;
    const message = error instanceof Error ? error.message : String(error);
    return { status, body: { error: { message } } };
  }
}

async function dispatch(
  routes: ControlRoute[],
  incoming: IncomingMessage,
): Promise<ControlAnswer> {
  const path = (incoming.url ?? '/').split('?')[0];
  const here = routes.flatMap(route => {
    const parameters = matchPath(route.path, path);
    return parameters ? [{ route, parameters }] : [];
  });
  if (here.length === 0) {
    throw new ControlError(404, `there is no ${path}`);
  }
  const found = here.find(({ route }) => route.method === incoming.method);
  if (!found) {
    const methods = here.map(({ route }) => route.method).join(', ');
    throw new ControlError(405, `${path} takes ${methods}`);
  }
  const body = await readBody(incoming);
  return found.route.handle({ parameters: found.parameters, body });
}

/**
 * A page in a browser could post here too: such requests carry `Origin`, or
 * the name of another host when a name was rebound to loopback.
 */
function requireLocalCaller(incoming: IncomingMessage): void {
  const host = (incoming.headers.host ?? '').replace(/:\d+$/, '');
  const local = /^(localhost|\[[0-9a-f:]+\]|\d+\.\d+\.\d+\.\d+)$/i.test(host);
  if (incoming.headers.origin !== undefined || !local) {
    throw new ControlError(403, 'the control server is not for web pages');
  }
}

function matchPath(
  pattern: string,
  path: string,
): Record<string, string> | undefined {
  const expected = pattern.split('/');
  const given = path.split('/');
  const parameters: Record<string, string> = {};
  const fits = expected.every((segment, index) => {
    if (segment.startsWith(':') && given[index]) {
      parameters[segment.slice(1)] = decode(given[index]);
      return true;
    }
    return segment === given[index];
  });
  return fits && expected.length === given.length ? parameters : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ControlError(400, `'${segment}' is not percent-encoded`);
  }
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > MAXIMUM_BODY_BYTES) {
      throw new ControlError(413, `more than ${MAXIMUM_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  if (size === 0) {
    return undefined;
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new ControlError(400, `the body is not JSON: ${error}`);
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
