import {
  ImageEvent,
  kindOfResourceCall,
  Payload,
  resourceEvents,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';

/**
 * Triggers of the Enterprise Edition. The vendor publishes no body, and of the
 * names of events PUSH_ARTIFACT alone; these are of Harbor's API, so that its
 * bodies are read, those in CloudEvents included. Other JSON is taken as an
 * event of kind `other`, so that the log shows what the vendor does send. The
 * header is the one that the trigger is given.
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
    kind: kindOfResourceCall(type),
    data: payload.object(data),
    pushedBy: payload.text('operator'),
    occurredAt: payload.time('occur_at') ?? payload.time('time'),
  });
}
