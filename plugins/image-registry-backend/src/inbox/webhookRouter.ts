import { LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ImageRegistrySignal,
  isDigest,
  isRepository,
  isTag,
  matchRepositoryGlob,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageEvent,
  RegistryError,
  WebhookFormat,
  WebhookKeySource,
  WebhookReceipt,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import express, { Request, RequestHandler, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { randomUUID } from 'node:crypto';
import { refuseNullCharacters } from '../http';
import { RegistryService } from '../registries';
import {
  authenticate,
  Authenticated,
  carriesProof,
  UnprovenCall,
  verifyVendorSignature,
} from './authenticate';
import {
  DeliveryWriter,
  InboxFullError,
  NewDelivery,
  NewEvent,
} from './DeliveryWriter';
import { EndpointStore, StoredEndpoint } from './EndpointStore';
import { EventQueue } from './EventQueue';
import { FollowUps } from './FollowUps';
import { inboxReasons } from './reasons';
import { RefusalCounter } from './RefusalCounter';

/** Largest body of a webhook call, in bytes. */
const MAX_BODY = 1024 * 1024;
/** Events of one call beyond this are refused: no registry sends so many. */
const MAX_EVENTS = 1000;
/**
 * For how long an endpoint and its secrets are kept in memory, in ms: so long
 * another process may still let in a secret that was revoked.
 */
const ENDPOINT_CACHE_MS = 2000;

/** The use of a secret is noted at most once in this time, in ms. */
const NOTE_INTERVAL_MS = 1000;

/** Headers that are kept with a delivery; all others may hold secrets. */
const storedHeaders = [
  'content-type',
  'user-agent',
  'ce-id',
  'ce-type',
  'ce-source',
  'x-request-id',
];

/** @internal */
export interface WebhookRouterOptions {
  endpoints: EndpointStore;
  events: EventQueue;
  logger: LoggerService;
  followUps: FollowUps;
  keys: WebhookKeySource;
  registries: RegistryService;
  writer: DeliveryWriter;
  publish(signal: ImageRegistrySignal): void;
}

class UnsupportedMediaTypeError extends InputError {
  readonly statusCode = 415;
}

interface Admitted {
  endpoint: StoredEndpoint;
  format: WebhookFormat;
  authenticated: Authenticated;
}

/**
 * The open route: who may not speak is turned away before the body is read;
 * what is understood is on disk before the answer; nothing outside is called.
 */
export function createWebhookRouter(options: WebhookRouterOptions): Router {
  const { events, writer } = options;
  const router = PromiseRouter();
  router.use(refuseNullCharacters);
  const lookUp = cachedLookup(options.endpoints);
  const refusals = new RefusalCounter(options.endpoints, options.logger);
  const noted = new Map<string, number>();
  const readBody = express.raw({ type: () => true, limit: MAX_BODY });

  const receive = async (request: Request, response: Response) => {
    const call = unprovenCall(request, () =>
      bodyOf(readBody, request, response),
    );
    const admitted = await admit(request, call, options, lookUp, refusals);
    const contentType = mediaType(request);
    if (!admitted.format.contentTypes.includes(contentType)) {
      throw new UnsupportedMediaTypeError(
        `Content-Type ${
          contentType || '(none)'
        } is not one of ${admitted.format.contentTypes.join(', ')}`,
      );
    }
    const received = {
      headers: call.headers,
      body: await call.body(),
      contentType,
      settings: admitted.endpoint.settings,
    };
    await verify(admitted, received, options.keys, refusals);
    const receipt = admitted.format.receive(received);
    const delivery = deliveryOf(admitted, request, received.body, receipt);
    await store(writer, delivery, response);
    answer(response, receipt, delivery);
    if (delivery.followUp) {
      options.followUps.wake();
    }
    noteReceived(options, admitted, delivery.id, noted);
    if (delivery.events.some(event => event.outcome === 'pending')) {
      events.wake();
    }
  };

  router.post('/webhooks/:endpointId', receive);
  router.post('/webhooks/:endpointId/:token', receive);
  return router;
}

/** Finds an endpoint; `fresh` asks the database whatever is remembered. */
type LookUp = (
  id: string,
  options?: { fresh: boolean },
) => Promise<StoredEndpoint | undefined>;

function cachedLookup(endpoints: EndpointStore): LookUp {
  const cache = new Map<
    string,
    { until: number; endpoint: Promise<StoredEndpoint | undefined> }
  >();
  endpoints.onChange(id => cache.delete(id));
  return async (id, { fresh } = { fresh: false }) => {
    const cached = cache.get(id);
    if (!fresh && cached && cached.until > Date.now()) {
      return cached.endpoint;
    }
    if (cache.size > 1000) {
      cache.clear();
    }
    const endpoint = endpoints.find(id);
    cache.set(id, { until: Date.now() + ENDPOINT_CACHE_MS, endpoint });
    // Nothing that is not there is remembered: it may be made any time.
    endpoint.then(
      found => found ?? cache.delete(id),
      () => cache.delete(id),
    );
    return endpoint;
  };
}

/** The body is read once, and not before somebody needs it. */
function unprovenCall(
  request: Request,
  read: () => Promise<Buffer>,
): UnprovenCall {
  let body: Promise<Buffer> | undefined;
  return {
    headers: singleHeaders(request),
    urlToken: request.params.token,
    body: () => {
      body ??= read();
      return body;
    },
  };
}

async function admit(
  request: Request,
  call: UnprovenCall,
  options: WebhookRouterOptions,
  lookUp: LookUp,
  refusals: RefusalCounter,
): Promise<Admitted> {
  const { endpointId } = request.params;
  const endpoint = await lookUp(endpointId);
  const registry =
    endpoint && (await options.registries.find(endpoint.registryId));
  const format =
    registry && options.registries.provider(registry.provider).webhook;
  if (!endpoint || !format) {
    throw new NotFoundError('No such webhook endpoint');
  }
  const { endpoints } = options;
  const current = () => lookUp(endpointId, { fresh: true });
  const authenticated =
    (await authenticate(endpoint, format, call, endpoints)) ??
    // The secret may be newer than what is remembered.
    (await authenticate(
      (await current()) ?? endpoint,
      format,
      call,
      endpoints,
    ));
  if (!authenticated) {
    const reason = carriesProof(format, call)
      ? 'The secret is wrong'
      : 'The call carried no secret';
    refusals.note(endpoint.id, reason);
    throw new AuthenticationError(reason);
  }
  return { endpoint, format, authenticated };
}

/** @throws AuthenticationError when the vendor's own signature is wrong */
async function verify(
  { endpoint, format }: Admitted,
  received: WebhookRequest,
  keys: WebhookKeySource,
  refusals: RefusalCounter,
): Promise<void> {
  try {
    await verifyVendorSignature(endpoint, format, received, keys);
  } catch (error) {
    if (error instanceof RegistryError) {
      // The vendor calls again, and perhaps the keys can be read then.
      throw new ServiceUnavailableError(
        `The signature cannot be verified now: ${error.message}`,
      );
    }
    if (error instanceof AuthenticationError) {
      refusals.note(endpoint.id, error.message);
    }
    throw error;
  }
}

function mediaType(request: Request): string {
  return (request.header('content-type') ?? '')
    .split(';')[0]
    .trim()
    .toLowerCase();
}

function singleHeaders(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

async function bodyOf(
  readBody: RequestHandler,
  request: Request,
  response: Response,
): Promise<Buffer> {
  await new Promise<void>((resolve, reject) => {
    readBody(request, response, error => (error ? reject(error) : resolve()));
  });
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) {
    throw new InputError('The body is empty');
  }
  return request.body;
}

function deliveryOf(
  { endpoint, authenticated }: Admitted,
  request: Request,
  body: Buffer,
  receipt: WebhookReceipt,
) {
  const events = 'events' in receipt ? receipt.events : [];
  if (events.length > MAX_EVENTS) {
    throw new InputError(
      `One call may hold at most ${MAX_EVENTS} events, not ${events.length}`,
    );
  }
  const { presented } = authenticated;
  const redact = (text: string) =>
    presented ? text.replaceAll(presented, '[redacted]') : text;
  const headers: Record<string, string> = {};
  for (const name of storedHeaders) {
    const value = request.header(name);
    if (value !== undefined) {
      headers[name] = redact(value).slice(0, 1024);
    }
  }
  return {
    id: randomUUID(),
    registryId: endpoint.registryId,
    endpointId: endpoint.id,
    receivedAt: Date.now(),
    format: receipt.format,
    contentType: mediaType(request),
    headers,
    body: redact(body.toString('utf8')),
    bytes: body.length,
    ...('followUp' in receipt && { followUp: receipt.followUp }),
    events: events.map(event => classify(event, endpoint.repositories)),
  };
}

/** A format may pass on what is no name at all; nothing can be asked of that. */
function withNamesOnly(event: ImageEvent): ImageEvent {
  const { repository, tag, digest } = event;
  return {
    ...event,
    repository: repository && isRepository(repository) ? repository : undefined,
    tag: tag && isTag(tag) ? tag : undefined,
    digest: digest && isDigest(digest) ? digest : undefined,
  };
}

/** A registry that is told to wait sends the delivery again. */
async function store(
  writer: DeliveryWriter,
  delivery: NewDelivery,
  response: Response,
): Promise<void> {
  try {
    await writer.write(delivery);
  } catch (error) {
    if (error instanceof InboxFullError) {
      response.set('Retry-After', String(error.retryAfterSeconds));
    }
    throw error;
  }
}

/** What can be said of an event without asking anybody. */
export function classify(
  received: ImageEvent,
  repositories: string[] | undefined,
): NewEvent {
  const event = withNamesOnly(received);
  const id = randomUUID();
  const { kind, repository, tag } = event;
  if (kind !== 'push') {
    const reason = inboxReasons.notAPush(kind);
    return { id, event, outcome: 'ignored', reason };
  }
  const allowed =
    repository === undefined ||
    repositories === undefined ||
    repositories.some(glob => matchRepositoryGlob(glob, repository));
  if (!allowed) {
    const reason = inboxReasons.notThisEndpoint(repository ?? '');
    return { id, event, outcome: 'refused', reason };
  }
  if (!repository || !tag) {
    return { id, event, outcome: 'ignored', reason: inboxReasons.noTag() };
  }
  return { id, event, outcome: 'pending' };
}

function answer(
  response: Response,
  receipt: WebhookReceipt,
  delivery: { id: string; events: unknown[] },
): void {
  if ('respond' in receipt) {
    const { status, headers, body } = receipt.respond;
    response
      .status(status)
      .set(headers ?? {})
      .send(body ?? '');
    return;
  }
  response
    .status(202)
    .json({ deliveryId: delivery.id, events: delivery.events.length });
}

/** After the answer: nothing here may delay or fail it. */
function noteReceived(
  { endpoints, logger, publish }: WebhookRouterOptions,
  { endpoint, authenticated }: Admitted,
  deliveryId: string,
  noted: Map<string, number>,
): void {
  publish({
    topic: 'delivery',
    id: deliveryId,
    registryId: endpoint.registryId,
  });
  const now = Date.now();
  const { secretId } = authenticated;
  if (now - (noted.get(secretId) ?? 0) < NOTE_INTERVAL_MS) {
    return;
  }
  noted.set(secretId, now);
  endpoints.received(endpoint.id, secretId).catch(error => {
    logger.warn(`Could not note the use of endpoint ${endpoint.id}: ${error}`);
  });
}
