import { IncomingMessage } from 'node:http';
import { PayloadTooLarge, RegistryRequest } from './routes/exchange';

/** Puts an incoming message into the form that the routes take. */
export function readRequest(
  incoming: IncomingMessage,
  protocol: 'http' | 'https',
): RegistryRequest {
  const { socket } = incoming;
  const host =
    incoming.headers.host ?? `${socket.localAddress}:${socket.localPort}`;
  return {
    method: incoming.method ?? 'GET',
    url: new URL(`${protocol}://${host}${incoming.url ?? '/'}`),
    headers: incoming.headers,
    remoteAddress: `${socket.remoteAddress}:${socket.remotePort}`,
    readBody: limit => readBody(incoming, limit),
  };
}

async function readBody(
  incoming: IncomingMessage,
  limit: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > limit) {
      throw new PayloadTooLarge(limit);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
