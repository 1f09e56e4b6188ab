import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { readPlace } from '../place';
import { readImageReference } from './imageReference';
import { googleSignature } from './googleSignature';

/** By action in upper case. */
const kinds = new Map(
  Object.entries<ImageEvent['kind']>({
    INSERT: 'push',
    DELETE: 'delete',
  }),
);

/**
 * Messages of the Pub/Sub topic `gcr`, as push subscriptions deliver them: in
 * the envelope, or unwrapped with the metadata in headers. What cannot be read
 * inside is recorded, because Pub/Sub repeats what is not answered by 2xx.
 */
export const artifactRegistryWebhook: WebhookFormat = {
  // The header carries Google's token, and not the secret.
  authentication: [{ type: 'url' }, googleSignature],
  contentTypes: ['application/json'],
  receive(request) {
    const { data, format, occurredAt } = unwrap(request);
    const event: ImageEvent = data
      ? readEvent(data, request)
      : { kind: 'test' };
    return {
      format,
      events: [{ ...event, ...(occurredAt && { occurredAt }) }],
    };
  },
};

const UNWRAPPED = 'google-pubsub-unwrapped';

interface Message {
  /** Absent: none, or none that is JSON; somebody tries the topic. */
  data?: Payload;
  format: string;
  occurredAt?: string;
}

function unwrap(request: WebhookRequest): Message {
  const isUnwrapped =
    request.headers['x-goog-pubsub-message-id'] !== undefined ||
    request.headers['x-goog-pubsub-subscription-name'] !== undefined;
  const payload = isUnwrapped
    ? Payload.ofText(request.body.toString('utf8'))
    : Payload.of(request);
  if (!payload) {
    return { format: UNWRAPPED };
  }
  const message = payload.object('message');
  if (payload.has('subscription') || message.has('data')) {
    const text = Buffer.from(message.text('data') ?? '', 'base64');
    return {
      format: 'google-pubsub',
      data: Payload.ofText(text.toString('utf8')),
      occurredAt: message.time('publishTime') ?? message.time('publish_time'),
    };
  }
  if (!isUnwrapped && !payload.has('action')) {
    throw new InputError(
      'The body is neither a message of Google Pub/Sub nor an event of Artifact Registry',
    );
  }
  const publishedAt = request.headers['x-goog-pubsub-publish-time'];
  const time = Payload.ofText(JSON.stringify({ publishedAt }));
  return {
    format: UNWRAPPED,
    data: payload,
    occurredAt: time?.time('publishedAt'),
  };
}

function readEvent(data: Payload, request: WebhookRequest): ImageEvent {
  const place = placeOf(request);
  const tagged = readImageReference(data.text('tag'), place);
  const digested = readImageReference(data.text('digest'), place);
  const named = tagged ?? digested;
  const event = imageEvent({
    kind: kinds.get(data.text('action')?.toUpperCase() ?? '') ?? 'other',
    repository: named?.repository,
    tag: tagged?.tag,
    digest:
      digested && digested.repository === named?.repository
        ? digested.digest
        : undefined,
  });
  // The topic tells of the whole project, whatever the host.
  return named?.isElsewhere && event.kind === 'push'
    ? { ...event, kind: 'other' }
    : event;
}

function placeOf({ registry }: WebhookRequest) {
  return registry && URL.canParse(registry.address)
    ? readPlace(new URL(registry.address).hostname)
    : undefined;
}
