import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';

/** By type in lower case; the vendor documents PUSH_ARTIFACT alone. */
const kinds = new Map<string, ImageEvent['kind']>([
  ['push_artifact', 'push'],
  ['pushimage', 'push'],
  ['harbor.artifact.pushed', 'push'],
  ['pull_artifact', 'pull'],
  ['delete_artifact', 'delete'],
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
      events: events.length ? events : [imageEvent({ kind: 'other' })],
    };
  },
};

function readEvents(payload: Payload): ImageEvent[] {
  const type = payload.text('type') ?? payload.text('event_type') ?? '';
  const data = payload.has('event_data') ? 'event_data' : 'data';
  return toEvents(
    kinds.get(type.toLowerCase()) ?? 'other',
    payload,
    payload.object(data),
  );
}

function toEvents(
  kind: ImageEvent['kind'],
  payload: Payload,
  data: Payload,
): ImageEvent[] {
  const common = {
    repository: repositoryOf(data.object('repository')),
    pushedBy: payload.text('operator'),
    occurredAt: payload.time('occur_at') ?? payload.time('time'),
  };
  const resources = data.list('resources');
  return resources.length
    ? resources.map(resource =>
        imageEvent({
          ...common,
          kind,
          tag: resource.text('tag'),
          digest: resource.text('digest'),
        }),
      )
    : // Something happened, but not to what: nothing can be done about it.
      [imageEvent({ ...common, kind: 'other' })];
}

function repositoryOf(repository: Payload): string | undefined {
  const namespace = repository.text('namespace');
  const name = repository.text('name');
  return (
    repository.text('repo_full_name') ??
    (namespace && name ? `${namespace}/${name}` : undefined)
  );
}
