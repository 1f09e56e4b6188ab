import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from './SeededRandom';

/** Hands notifications on after a while, as a network on a bad day does. */
export class SlowRelay {
  /** Calls that were handed on. */
  attempts = 0;

  private constructor(private readonly server: Server) {}

  /**
   * @param target - URL that is called
   * @param longestMs - most that a call is held back
   */
  static async start(
    target: string,
    random: SeededRandom,
    longestMs: number,
  ): Promise<SlowRelay> {
    const server = createServer();
    const relay = new SlowRelay(server);
    server.on('request', async (request, response) => {
      const body = await text(request);
      await sleep(random.below(longestMs));
      relay.attempts += 1;
      const answer = await handOn(target, request, body).catch(() => 502);
      response.writeHead(answer).end();
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return relay;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.server.close(() => resolve());
    });
    this.server.closeAllConnections();
    await closed;
  }
}

async function handOn(
  target: string,
  { headers }: IncomingMessage,
  body: string,
): Promise<number> {
  const response = await fetch(target, {
    method: 'POST',
    headers: {
      authorization: headers.authorization ?? '',
      'content-type': headers['content-type'] ?? '',
    },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}
