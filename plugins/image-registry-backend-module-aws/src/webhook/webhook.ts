import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  Payload,
  WebhookFormat,
  WebhookReceipt,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { isEcrCloudEvent, readCloudEvent } from './cloudEvents';
import { isEventBridgeEvent, readEventBridgeEvent } from './eventBridge';
import { confirmSubscription, isSnsMessage, readNotification } from './sns';
import { snsSignature } from './snsSignature';

/**
 * What EventBridge sends of ECR: by an API destination as it is, through SNS
 * in a message, or as a CloudEvent that an input transformer made.
 */
export const ecrWebhook: WebhookFormat = {
  authentication: [
    { type: 'header', header: 'x-api-key' },
    { type: 'bearer' },
    { type: 'basic' },
    { type: 'url' },
    snsSignature,
  ],
  contentTypes: [
    'application/json',
    // SNS sends JSON under this name.
    'text/plain',
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
  ],
  receive(request): WebhookReceipt {
    const payloads = Payload.allOf(request);
    const [first] = payloads;
    if (first && isSnsMessage(first)) {
      return receiveSns(first, request);
    }
    const events = payloads.flatMap(payload => readEvent(payload, request));
    if (events.length === 0) {
      throw new InputError(
        'The body holds no event of Amazon ECR: neither of EventBridge, nor of SNS, nor a CloudEvent',
      );
    }
    const isCloudEvent = first && !isEventBridgeEvent(first);
    return { format: isCloudEvent ? 'ecr-cloudevents' : 'ecr', events };
  },
};

function receiveSns(message: Payload, request: WebhookRequest): WebhookReceipt {
  const format = 'ecr-sns';
  switch (message.text('Type')) {
    case 'SubscriptionConfirmation':
      return { format, ...confirmSubscription(message, request.settings) };
    case 'Notification': {
      const event = readNotification(message);
      const events = event ? readEvent(event, request) : [];
      return {
        format,
        // Somebody may publish a text of their own to try the topic.
        events: events.length ? events : [{ kind: event ? 'other' : 'test' }],
      };
    }
    default:
      // Whoever ended the subscription meant it.
      return { format, events: [{ kind: 'other' }] };
  }
}

function readEvent(payload: Payload, request: WebhookRequest): ImageEvent[] {
  if (isEventBridgeEvent(payload)) {
    return readEventBridgeEvent(payload);
  }
  return isEcrCloudEvent(payload, request.headers)
    ? readCloudEvent(payload, request.headers)
    : [];
}
