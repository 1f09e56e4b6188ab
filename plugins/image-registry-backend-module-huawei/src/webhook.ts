import {
  ImageEvent,
  Payload,
  resourceEvents,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';

/** By type in lower case; the vendor documents PUSH_ARTIFACT alone. */
const kinds = new Map<string, ImageEvent['kind']>([
  ['push_artifact', 'push'],
  ['pushimage', 'push'],
  ['harbor.artifact.pushed', 'push'],
  ['pull_artifact', 'pull'],
  ['harbor.artifact.pulled', 'pull'],
  ['delete_artifact', 'delete'],
  ['harbor.artifact.deleted', 'delete'],
  ['scanning_completed', 'scan'],
  ['scanning_failed', 'scan'],
]);

/**
 * Triggers of the Enterprise Edition. The vendor publishes no body: names of
 * events and fields are those of Harbor's API, so that its bodies are read,
 * those in CloudEvents included. Other JSON is taken as an event of kind
 * `other`, so that the log shows what the vendor does send. The header is the
 * one that the trigger is given.
 */
export const huaweiWebhook: WebhookFormat = {
  authentication: [{ type: 'bearer' }, { type: 'url' }],
  contentTypes: ['application/json', 'application/cloudevents+json'],
  receive(request) {
    const events = Payload.allOf(request).flatMap(readEvents);
    return {
      format: 'huawei-swr',
      events: events.length ? events : [{ kind: 'other' }],
    };
  },
};

function readEvents(payload: Payload): ImageEvent[] {
  const type = payload.text('type') ?? payload.text('event_type') ?? '';
  const data = payload.has('event_data') ? 'event_data' : 'data';
  return resourceEvents({
    kind: kinds.get(type.toLowerCase()) ?? 'other',
    data: payload.object(data),
    pushedBy: payload.text('operator'),
    occurredAt: payload.time('occur_at') ?? payload.time('time'),
  });
}
