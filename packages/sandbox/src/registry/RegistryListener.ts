import { IncomingMessage, ServerResponse } from 'node:http';
import {
  alterRequest,
  alterResponse,
  replacementOf,
} from './faults/applyEffects';
import { FaultInjector } from './faults/FaultInjector';
import { RegistryFaultEffect } from './faults/RegistryFault';
import { readRequest } from './readRequest';
import { RegistryProtocol } from './RegistryProtocol';
import { RegistryRequest, RegistryResponse } from './routes/exchange';

/** What the listener works with. */
export interface RegistryListenerOptions {
  faults: FaultInjector;
  protocol: RegistryProtocol;
  scheme: 'http' | 'https';
}

/** Turns HTTP requests into calls of the protocol, and adds the faults. */
export class RegistryListener {
  private readonly options: RegistryListenerOptions;

  constructor(options: RegistryListenerOptions) {
    this.options = options;
  }

  /** Answers one request; never throws. */
  async handle(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    try {
      const request = readRequest(incoming, this.options.scheme);
      await this.exchange(request, incoming, outgoing);
    } catch {
      // The head is unreadable or the client is gone.
      incoming.socket.destroy();
    }
  }

  private async exchange(
    request: RegistryRequest,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const effects = this.options.faults.effectsFor(
      request.method,
      `${request.url.pathname}${request.url.search}`,
    );
    await delay(effects);
    if (resets(effects, 'before')) {
      incoming.socket.resetAndDestroy();
      return;
    }
    const response = await this.respond(effects, request);
    if (resets(effects, 'body')) {
      writeHead(outgoing, response);
      outgoing.write(response.body.subarray(0, response.body.length / 2), () =>
        incoming.socket.resetAndDestroy(),
      );
      return;
    }
    writeHead(outgoing, response);
    outgoing.end(response.body);
  }

  private async respond(
    effects: RegistryFaultEffect[],
    request: RegistryRequest,
  ): Promise<RegistryResponse> {
    const replacement = replacementOf(effects, request);
    if (replacement) {
      return replacement;
    }
    return alterResponse(
      effects,
      await this.options.protocol.answer(alterRequest(effects, request)),
    );
  }
}

function writeHead(outgoing: ServerResponse, response: RegistryResponse) {
  const bodiless = response.status === 204 || response.status === 304;
  outgoing.writeHead(response.status, {
    'Docker-Distribution-Api-Version': 'registry/2.0',
    'X-Content-Type-Options': 'nosniff',
    ...(!bodiless && { 'Content-Length': String(response.body.length) }),
    ...response.headers,
  });
}

function resets(effects: RegistryFaultEffect[], when: 'before' | 'body') {
  return effects.some(each => each.kind === 'reset' && each.when === when);
}

async function delay(effects: RegistryFaultEffect[]): Promise<void> {
  const milliseconds = effects.reduce(
    (sum, each) => sum + (each.kind === 'latency' ? each.milliseconds : 0),
    0,
  );
  if (milliseconds > 0) {
    await new Promise(resolve => {
      setTimeout(resolve, milliseconds);
    });
  }
}
