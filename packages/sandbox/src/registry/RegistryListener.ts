import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { AccessControl, AccessOptions } from './access/AccessControl';
import { createAccessControl } from './access/createAccessControl';
import { requiredScopes } from './access/requiredScopes';
import { DistributionBehavior } from './behavior';
import { ContentStore } from './content/ContentStore';
import { UploadSessions } from './content/UploadSessions';
import {
  alterRequest,
  alterResponse,
  replacementOf,
} from './faults/applyEffects';
import { FaultInjector } from './faults/FaultInjector';
import { RegistryFaultEffect } from './faults/RegistryFault';
import { Notifier } from './notifications/Notifier';
import { createEvent } from './notifications/RegistryEvent';
import { MEDIA_TYPES } from './protocol/mediaTypes';
import { errorBody, RegistryError } from './protocol/RegistryError';
import { answer } from './routes/answer';
import {
  emptyResponse,
  PayloadTooLarge,
  RegistryRequest,
  RegistryResponse,
} from './routes/exchange';
import { ContentEvent } from './routes/RegistryContext';
import { matchRoute, RegistryRoute } from './routes/RegistryRoute';
import { readRequest } from './readRequest';

/** What the listener works with. */
export interface RegistryListenerOptions {
  content: ContentStore;
  faults: FaultInjector;
  notifier: Notifier;
  behavior: DistributionBehavior;
  access: AccessOptions;
  deleteEnabled: boolean;
  includeReferences: boolean;
  protocol: 'http' | 'https';
}

/** Turns HTTP requests into calls of routes: faults, access, errors. */
export class RegistryListener {
  private readonly options: RegistryListenerOptions;
  private readonly access: AccessControl;
  private readonly uploads = new UploadSessions();
  private readonly instanceId = randomUUID();

  constructor(options: RegistryListenerOptions) {
    this.options = options;
    this.access = createAccessControl(options.access);
  }

  /** Answers one request; never throws. */
  async handle(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    try {
      const request = readRequest(incoming, this.options.protocol);
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
      await this.answer(alterRequest(effects, request)),
    );
  }

  private async answer(request: RegistryRequest): Promise<RegistryResponse> {
    const response = await this.dispatch(request).catch(refusal);
    return response.headers['Content-Type'] === MEDIA_TYPES.json
      ? withContentType(response, this.options.behavior.jsonContentType)
      : response;
  }

  private async dispatch(request: RegistryRequest): Promise<RegistryResponse> {
    const path = decodePath(request.url);
    if (path === '/v2') {
      return emptyResponse(301, { Location: '/v2/' });
    }
    if (path === '/token' && this.access.issueToken) {
      return this.access.issueToken(request);
    }
    const route = path === undefined ? undefined : matchRoute(path);
    if (!route || !this.offers(route)) {
      return plainNotFound();
    }
    const scopes = requiredScopes(route, request.method, request.url);
    const { actor } = this.access.authorize(request, scopes);
    const { behavior, content, deleteEnabled } = this.options;
    const context = {
      content,
      uploads: this.uploads,
      behavior,
      deleteEnabled,
      notify: (event: ContentEvent) => this.notify(request, actor, event),
    };
    return answer(context, request, route);
  }

  private offers(route: RegistryRoute): boolean {
    return route.kind !== 'referrers' || this.options.behavior.referrers;
  }

  private notify(
    request: RegistryRequest,
    actor: string | undefined,
    { action, target }: ContentEvent,
  ): void {
    const { behavior, includeReferences, notifier } = this.options;
    const event = createEvent({
      version: behavior.events,
      action,
      target,
      includeReferences,
      actor,
      request: {
        id: randomUUID(),
        addr: request.remoteAddress,
        host: request.url.host,
        method: request.method,
        useragent: request.headers['user-agent'] ?? '',
      },
      source: {
        addr: `${hostname()}:${request.url.port || '443'}`,
        instanceID: this.instanceId,
      },
    });
    notifier.send(behavior.events, event);
  }
}

function refusal(error: unknown): RegistryResponse {
  const json = { 'Content-Type': MEDIA_TYPES.json };
  if (error instanceof RegistryError) {
    return {
      status: error.status,
      headers: { ...json, ...error.headers },
      body: errorBody(error.code, error.details),
    };
  }
  if (error instanceof PayloadTooLarge) {
    return {
      status: 413,
      headers: json,
      body: errorBody('SIZE_INVALID', [error.message]),
    };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { status: 500, headers: json, body: errorBody('UNKNOWN', [detail]) };
}

function withContentType(
  response: RegistryResponse,
  contentType: string,
): RegistryResponse {
  const headers = { ...response.headers, 'Content-Type': contentType };
  return { ...response, headers };
}

/** What the router of distribution answers: no JSON. */
function plainNotFound(): RegistryResponse {
  return {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: Buffer.from('404 page not found\n'),
  };
}

function decodePath(url: URL): string | undefined {
  try {
    return decodeURIComponent(url.pathname);
  } catch {
    return undefined;
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
