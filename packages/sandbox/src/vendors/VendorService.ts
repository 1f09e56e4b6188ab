import { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { alter, replacementOf } from './faults/applyFaults';
import { Stranger } from './faults/Stranger';
import { ActiveFault, VendorFaults } from './faults/VendorFaults';
import { Destination, originOf } from './network/Directory';
import { RequestLog } from './RequestLog';
import { SimulatedVendor } from './SimulatedVendor';
import { headerOf, textAnswer, VendorAnswer } from './VendorAnswer';
import { createVendorRequest, VendorRequest } from './VendorRequest';

/** Answers what came through the proxy: faults first, then the vendor. */
export class VendorService {
  constructor(
    private readonly parts: {
      faults: VendorFaults;
      requests: RequestLog;
      stranger: Stranger;
    },
  ) {}

  async serve(
    destination: Destination,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const { faults, requests, stranger } = this.parts;
    const request = createVendorRequest({
      method: incoming.method ?? 'GET',
      origin: originOf(destination),
      target: incoming.url ?? '/',
      headers: incoming.headers,
      body: await buffer(incoming),
      remoteAddress: `${incoming.socket.remoteAddress}:${incoming.socket.remotePort}`,
    });
    const recorded = requests.add(request);
    const hitting = faults.hitting(request);
    await delay(hitting);
    if (has(hitting, 'hang')) {
      return;
    }
    if (cuts(hitting, 'before')) {
      incoming.socket.destroy();
      return;
    }
    const answer =
      replacementOf(hitting) ??
      (await alter(hitting, await ask(destination.vendor, request), {
        origin: request.url.origin,
        stranger,
      }));
    const location = headerOf(answer, 'Location');
    recorded.answer = {
      status: answer.status,
      ...(location !== undefined && { location }),
    };
    if (cuts(hitting, 'body')) {
      writeHalf(answer, outgoing);
      return;
    }
    write(answer, outgoing);
  }
}

async function ask(
  vendor: SimulatedVendor,
  request: VendorRequest,
): Promise<VendorAnswer> {
  try {
    return (
      (await vendor.handle(request)) ??
      textAnswer('404 page not found\n', { status: 404 })
    );
  } catch (error) {
    return textAnswer(`${vendor.id}: ${error}\n`, { status: 500 });
  }
}

function write({ body, headers, status }: VendorAnswer, to: ServerResponse) {
  const isBodiless = status === 204 || status === 304;
  to.writeHead(status, {
    ...(!isBodiless &&
      Buffer.isBuffer(body) && { 'Content-Length': String(body.length) }),
    ...headers,
  });
  if (body instanceof Readable) {
    body.pipe(to);
  } else {
    to.end(body);
  }
}

function writeHalf(
  { body, headers, status }: VendorAnswer,
  to: ServerResponse,
) {
  const bytes = body as Buffer;
  to.writeHead(status, { 'Content-Length': String(bytes.length), ...headers });
  to.write(bytes.subarray(0, bytes.length / 2), () => to.socket?.destroy());
}

function has(faults: ActiveFault[], kind: 'hang'): boolean {
  return faults.some(({ fault }) => fault.effect.kind === kind);
}

function cuts(faults: ActiveFault[], when: 'before' | 'body'): boolean {
  return faults.some(
    ({ fault: { effect } }) => effect.kind === 'reset' && effect.when === when,
  );
}

async function delay(faults: ActiveFault[]): Promise<void> {
  const milliseconds = faults.reduce(
    (sum, { fault: { effect } }) =>
      sum + (effect.kind === 'latency' ? effect.milliseconds : 0),
    0,
  );
  if (milliseconds > 0) {
    await sleep(milliseconds);
  }
}
