import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import {
  WebhookKeySource,
  WebhookReceipt,
} from '@slipway/backstage-plugin-image-registry-node';
import express, { Request, RequestHandler, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { refuseNullCharacters } from '../http';
import { RegistryService } from '../registries';
import { DeliveryWriter, InboxFullError, NewDelivery } from './DeliveryWriter';
import { Admitted, Doorkeeper } from './Doorkeeper';
import { EndpointStore } from './EndpointStore';
import { endOfTurn } from './endOfTurn';
import { EventQueue } from './EventQueue';
import { FollowUps } from './FollowUps';
import { repositoriesWithNews } from './imageFacts';
import { receivedDelivery } from './receivedDelivery';
import { RefusalCounter } from './RefusalCounter';
import { hideUrlToken } from './urlToken';
import { bodyOf, mediaType, unprovenCall } from './webhookCall';

/** Largest body of a webhook call, in bytes. */
const MAX_BODY = 1024 * 1024;
/** The use of a secret is noted at most once in this time, in ms. */
const NOTE_INTERVAL_MS = 1000;

/** @internal */
export interface WebhookRouterOptions {
  endpoints: EndpointStore;
  events: EventQueue;
  logger: LoggerService;
  followUps: FollowUps;
  keys: WebhookKeySource;
  registries: RegistryService;
  timeAnswers: RequestHandler;
  writer: DeliveryWriter;
  publish(signal: ImageRegistrySignal): void;
  /** Called when there is something new to know of images. */
  imageFact(image: { registryId: string; repository: string }): void;
}

/**
 * Who sends these asks by OPTIONS first whether it may, as Azure Event Grid
 * does (CloudEvents, HTTP 1.1 Web Hooks for Event Delivery, section 4).
 */
const CLOUD_EVENTS = 'application/cloudevents+json';

class UnsupportedMediaTypeError extends InputError {
  readonly statusCode = 415;
}

/**
 * The open route: who may not speak is turned away before the body is read;
 * what is understood is on disk before the answer; nothing outside is called.
 */
export function createWebhookRouter(options: WebhookRouterOptions): Router {
  const { endpoints, events, logger, writer } = options;
  const router = PromiseRouter();
  router.use(hideUrlToken, refuseNullCharacters);
  const refusals = new RefusalCounter(endpoints, logger);
  const doorkeeper = new Doorkeeper({ ...options, refusals });
  const noted = new Map<string, number>();
  const readBody = express.raw({ type: () => true, limit: MAX_BODY });

  const receive = async (request: Request, response: Response) => {
    const call = unprovenCall(request, () =>
      bodyOf(readBody, request, response),
    );
    const admitted = await doorkeeper.admit(request.params.endpointId, call);
    const contentType = mediaType(request);
    if (!admitted.format.contentTypes.includes(contentType)) {
      throw new UnsupportedMediaTypeError(
        `Content-Type ${
          contentType || '(none)'
        } is not one of ${admitted.format.contentTypes.join(', ')}`,
      );
    }
    const body = await call.body();
    // From here to the database, calls that came together go together.
    await endOfTurn();
    const received = {
      headers: call.headers,
      body,
      contentType,
      registry: admitted.registry,
      settings: admitted.endpoint.settings,
    };
    await doorkeeper.verify(admitted, received);
    const receipt = admitted.format.receive(received);
    const delivery = receivedDelivery(admitted, received, receipt);
    await store(writer, delivery, response);
    answer(response, receipt, delivery);
    if (delivery.followUp) {
      options.followUps.wake();
    }
    noteReceived(options, admitted, delivery.id, noted);
    if (delivery.events.some(event => event.outcome === 'pending')) {
      events.wake();
    }
    const { registryId, repositories } = admitted.endpoint;
    for (const each of repositoriesWithNews(delivery.events, repositories)) {
      options.imageFact({ registryId, repository: each });
    }
  };

  const allow = async (request: Request, response: Response) => {
    const call = unprovenCall(request, async () => Buffer.alloc(0));
    const { format } = await doorkeeper.admit(request.params.endpointId, call);
    const origin = request.header('webhook-request-origin');
    response.set('Allow', 'POST');
    if (origin && format.contentTypes.includes(CLOUD_EVENTS)) {
      response.set('WebHook-Allowed-Origin', origin);
      response.set('WebHook-Allowed-Rate', '*');
    }
    response.status(200).end();
  };

  const { timeAnswers } = options;
  router.post('/webhooks/:endpointId', timeAnswers, receive);
  router.post('/webhooks/:endpointId/:token', timeAnswers, receive);
  router.options('/webhooks/:endpointId/:token', allow);
  return router;
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
  accepted(response, {
    deliveryId: delivery.id,
    events: delivery.events.length,
  });
}

/**
 * As `response.json` would, without the ETag and the negotiation that nobody
 * who pushes asks for: they cost a tenth of a call.
 */
function accepted(response: Response, told: object): void {
  const text = JSON.stringify(told);
  response.statusCode = 202;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
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
