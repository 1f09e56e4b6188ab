import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
  WebhookReceipt,
} from '@slipway/backstage-plugin-image-registry-node';

/** By the registry's action, and by Event Grid's type without its prefix. */
const kinds = new Map(
  Object.entries<ImageEvent['kind']>({
    push: 'push',
    imagepushed: 'push',
    delete: 'delete',
    imagedeleted: 'delete',
    chart_push: 'chart',
    chartpushed: 'chart',
    chart_delete: 'delete',
    chartdeleted: 'delete',
    ping: 'test',
  }),
);

const TYPE_PREFIX = 'microsoft.containerregistry.';
const VALIDATION = 'microsoft.eventgrid.subscriptionvalidationevent';

/**
 * Webhooks of a registry, which can carry headers of one's own, and its events
 * as Azure Event Grid delivers them: its own schema, a list, or CloudEvents.
 *
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-webhook-reference
 * @see https://learn.microsoft.com/azure/event-grid/event-schema-container-registry
 */
export const azureAcrWebhook: WebhookFormat = {
  authentication: [{ type: 'bearer' }, { type: 'basic' }, { type: 'url' }],
  contentTypes: [
    'application/json',
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
  ],
  receive(request): WebhookReceipt {
    const payloads = Payload.allOf(request);
    const format = formatOf(payloads);
    if (!format) {
      throw new InputError(
        'The body holds no action, eventType or CloudEvents, as the webhooks of Azure Container Registry and Event Grid do',
      );
    }
    return (
      validationOf(payloads) ?? {
        format,
        events: payloads.map(payload =>
          format === 'azure-acr'
            ? toImageEvent(payload.text('action'), payload, payload)
            : toImageEvent(typeOf(payload), payload.object('data'), payload),
        ),
      }
    );
  },
};

function formatOf([first]: Payload[]): string | undefined {
  if (first?.has('specversion') && first.has('type')) {
    return 'azure-eventgrid-cloudevents';
  }
  if (first?.has('eventType')) {
    return 'azure-eventgrid';
  }
  return first?.has('action') ? 'azure-acr' : undefined;
}

/**
 * Before its first delivery Event Grid wants its code back, at once. Whoever
 * gets here has shown the endpoint's secret.
 */
function validationOf(payloads: Payload[]): WebhookReceipt | undefined {
  const event = payloads.find(
    payload => typeOf(payload)?.toLowerCase() === VALIDATION,
  );
  const code = event?.object('data').text('validationCode');
  return code === undefined
    ? undefined
    : {
        format: 'azure-eventgrid-validation',
        respond: {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ validationResponse: code }),
        },
      };
}

function typeOf(payload: Payload): string | undefined {
  return payload.text('eventType') ?? payload.text('type');
}

function toImageEvent(
  type: string | undefined,
  data: Payload,
  envelope: Payload,
): ImageEvent {
  const lower = (type ?? '').toLowerCase();
  const name = lower.startsWith(TYPE_PREFIX)
    ? lower.slice(TYPE_PREFIX.length)
    : lower;
  const target = data.object('target');
  return imageEvent({
    kind: kinds.get(name) ?? 'other',
    repository: target.text('repository'),
    tag: target.text('tag'),
    digest: target.text('digest'),
    mediaType: target.text('mediaType'),
    relatedTypes: [target.text('artifactType') ?? []].flat(),
    occurredAt:
      data.time('timestamp') ??
      envelope.time('eventTime') ??
      envelope.time('time'),
  });
}
