import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AccessControl } from './access/AccessControl';
import { requiredScopes } from './access/requiredScopes';
import { DistributionBehavior } from './behavior';
import { ContentStore } from './content/ContentStore';
import { UploadSessions } from './content/UploadSessions';
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

/** What the protocol works with. */
export interface RegistryProtocolOptions {
  content: ContentStore;
  notifier: Notifier;
  behavior: DistributionBehavior;
  access: AccessControl;
  deleteEnabled: boolean;
  includeReferences: boolean;
}

/** The distribution protocol without a socket: access, routes, refusals. */
export class RegistryProtocol {
  private readonly options: RegistryProtocolOptions;
  private readonly uploads = new UploadSessions();
  private readonly instanceId = randomUUID();

  constructor(options: RegistryProtocolOptions) {
    this.options = options;
  }

  /** Answers one request; a refusal is an answer, too. */
  async answer(request: RegistryRequest): Promise<RegistryResponse> {
    const response = await this.dispatch(request).catch(refusal);
    return response.headers['Content-Type'] === MEDIA_TYPES.json
      ? withContentType(response, this.options.behavior.jsonContentType)
      : response;
  }

  private async dispatch(request: RegistryRequest): Promise<RegistryResponse> {
    const { access, behavior, content, deleteEnabled } = this.options;
    if (access.issueToken && access.isTokenRequest?.(request.url)) {
      return access.issueToken(request);
    }
    const path = decodePath(request.url);
    if (path === '/v2') {
      return emptyResponse(301, { Location: '/v2/' });
    }
    const route = path === undefined ? undefined : matchRoute(path);
    if (!route || !this.offers(route)) {
      return plainNotFound();
    }
    const scopes = requiredScopes(route, request.method, request.url);
    const { actor } = access.authorize(request, scopes);
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
