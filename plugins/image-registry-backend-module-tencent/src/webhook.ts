import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';

/** By type in lower case. */
const kinds = new Map(
  Object.entries<ImageEvent['kind']>({
    pushimage: 'push',
    pullimage: 'pull',
    deleteimage: 'delete',
    uploadchart: 'chart',
    pushchart: 'chart',
    downloadchart: 'chart',
    deletechart: 'chart',
    scanningcompleted: 'scan',
    scanningfailed: 'scan',
    testendpoint: 'test',
  }),
);

/** Triggers of the Enterprise Edition, with a header of one's own. */
export const tencentWebhook: WebhookFormat = {
  authentication: [{ type: 'bearer' }, { type: 'url' }],
  contentTypes: ['application/json'],
  receive(request) {
    const payload = Payload.of(request);
    const type = payload.text('type');
    if (type === undefined || !payload.has('event_data')) {
      throw new InputError(
        'The body holds no type and event_data, as triggers of Tencent Container Registry do',
      );
    }
    const kind =
      kinds.get(type.toLowerCase().replace(/[^a-z]/g, '')) ??
      ('other' as const);
    return { format: 'tencent-tcr', events: toEvents(kind, payload) };
  },
};

function toEvents(kind: ImageEvent['kind'], payload: Payload): ImageEvent[] {
  const data = payload.object('event_data');
  const common = {
    repository: repositoryOf(data.object('repository')),
    pushedBy: payload.text('operator'),
    occurredAt: payload.time('occur_at'),
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
      [imageEvent({ ...common, kind: kind === 'test' ? kind : 'other' })];
}

function repositoryOf(repository: Payload): string | undefined {
  const namespace = repository.text('namespace');
  const name = repository.text('name');
  return (
    repository.text('repo_full_name') ??
    (namespace && name ? `${namespace}/${name}` : undefined)
  );
}
