import { createServer, request } from 'node:http';
import { AddressInfo } from 'node:net';

/** A running proxy. */
export interface PathPrefixProxy {
  /** With the prefix, without a slash at the end. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts a proxy in front of a server that knows nothing of it: below a
 * prefix are the server's paths, and what the server says of its paths is
 * passed on as it is. Any other path is a page.
 *
 * @param prefix - such as `/team/registry`
 */
export async function startPathPrefixProxy(
  upstream: string,
  prefix: string,
): Promise<PathPrefixProxy> {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    if (!path.startsWith(`${prefix}/`)) {
      outgoing
        .writeHead(404, { 'Content-Type': 'text/html' })
        .end('<html><head><title>No such page</title></head></html>');
      return;
    }
    const forwarded = request(
      new URL(path.slice(prefix.length), upstream),
      { method: incoming.method, headers: incoming.headers },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
