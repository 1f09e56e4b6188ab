import { createServer, IncomingHttpHeaders } from 'node:http';
import { AddressInfo } from 'node:net';

/** The parts of an event that tests look at. */
export interface ReceivedEvent {
  action: string;
  target: Record<string, unknown>;
  request: Record<string, unknown>;
  actor: Record<string, unknown>;
}

/** A server that takes notifications and can be told to refuse them. */
export interface EventReceiver {
  url: string;
  events: ReceivedEvent[];
  headers: IncomingHttpHeaders[];
  /** Attempts, refused ones among them. */
  attempts: number;
  /** Status of the next answers. */
  status: number;
  /** Resolves when so many events were taken. */
  received(count: number): Promise<ReceivedEvent[]>;
  stop(): Promise<void>;
}

/** Starts a receiver; on a given port to come back where it was. */
export async function startEventReceiver(port = 0): Promise<EventReceiver> {
  const waiting: { count: number; resolve: () => void }[] = [];
  const state = {
    events: [] as ReceivedEvent[],
    headers: [] as IncomingHttpHeaders[],
    attempts: 0,
    status: 200,
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', chunk => chunks.push(chunk));
    incoming.on('end', () => {
      state.attempts += 1;
      if (state.status < 300) {
        const body = JSON.parse(Buffer.concat(chunks).toString());
        state.events.push(...body.events);
        state.headers.push(incoming.headers);
      }
      outgoing.writeHead(state.status).end();
      waiting
        .filter(each => state.events.length >= each.count)
        .forEach(each => each.resolve());
    });
  });
  await new Promise<void>(resolve => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${bound}/events`,
    received: async (count: number) => {
      if (state.events.length < count) {
        await new Promise<void>(resolve => {
          waiting.push({ count, resolve });
        });
      }
      return state.events;
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
