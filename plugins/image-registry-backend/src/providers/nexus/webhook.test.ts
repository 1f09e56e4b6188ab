import { WebhookRequest } from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '../../testing/webhookRequest';
import { nexusWebhook } from './webhook';

type Registry = WebhookRequest['registry'];

function receive(body: unknown, registry?: Registry) {
  const receipt = nexusWebhook.receive({ ...webhookRequest(body), registry });
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt;
}

const digest = `sha256:${'c3'.repeat(32)}`;

const envelope = {
  timestamp: '2026-11-14T19:32:13.515+0000',
  nodeId: '11111111-22222222-33333333-44444444-55555555',
  initiator: 'ann/10.0.0.7',
  repositoryName: 'docker-hosted',
  action: 'CREATED',
};

const component = (fields: object = {}, more: object = {}) => ({
  ...envelope,
  component: {
    id: '0123456789abcdef',
    componentId: 'ZG9ja2VyLWhvc3RlZDox',
    format: 'docker',
    name: 'shop/web',
    group: null,
    version: 'v1.3.0',
    ...fields,
  },
  ...more,
});

const asset = (name: string, more: object = {}) => ({
  ...envelope,
  asset: { id: '01', assetId: 'ZG9ja2VyOjE', format: 'docker', name },
  ...more,
});

const common = {
  occurredAt: '2026-11-14T19:32:13.515Z',
  pushedBy: 'ann',
};
const push = {
  ...common,
  kind: 'push',
  repository: 'shop/web',
  tag: 'v1.3.0',
};
const pathRouting: Registry = {
  address: 'https://nexus.example.com',
  options: { routing: 'path' },
};
const port: Registry = {
  address: 'https://nexus.example.com:5000',
  options: { repositoryName: 'docker-hosted' },
};
const group: Registry = {
  address: 'https://nexus.example.com:5001',
  options: {
    repositoryName: 'docker-group',
    sourceRepositories: 'docker-hosted, docker-hub',
  },
};

describe('webhooks of Sonatype Nexus', () => {
  it.each([
    ['a pushed tag', component(), push],
    ['a tag that is pushed again', component({}, { action: 'UPDATED' }), push],
    [
      'a deletion',
      component({}, { action: 'DELETED' }),
      { ...push, kind: 'delete' },
    ],
    [
      'a purge, which names no image',
      { ...envelope, action: 'PURGED', components: ['a', 'b'] },
      { ...common, kind: 'other' },
    ],
    [
      'an image without a tag',
      component({ version: digest }),
      { ...common, kind: 'push', repository: 'shop/web', digest },
    ],
    [
      'a signature',
      component({ version: `sha256-${'a'.repeat(64)}.sig` }),
      {
        ...push,
        kind: 'signature',
        tag: `sha256-${'a'.repeat(64)}.sig`,
      },
    ],
    [
      'a component of another format',
      component({ format: 'npm' }),
      { ...common, kind: 'other' },
    ],
    ['the manifest of a tag', asset('v2/shop/web/manifests/v1.3.0'), push],
    [
      'the manifest of a digest',
      asset(`/v2/shop/web/manifests/${digest}`),
      { ...common, kind: 'push', repository: 'shop/web', digest },
    ],
    [
      'a layer',
      asset(`v2/-/blobs/${digest}`),
      { ...common, kind: 'blob', digest },
    ],
    [
      'an asset of another path',
      asset('v1/search'),
      { ...common, kind: 'other' },
    ],
    [
      'a task of Nexus',
      component({}, { initiator: '*TASK' }),
      { ...push, pushedBy: undefined },
    ],
    [
      'unknown fields, and names in another case',
      {
        RepositoryName: 'x',
        ACTION: 'created',
        Component: { Format: 'DOCKER', NAME: 'web', VERSION: '1', new: 1 },
      },
      { kind: 'push', repository: 'web', tag: '1' },
    ],
    [
      'nothing of an image',
      { repositoryName: 'x', action: 'CREATED' },
      { kind: 'other' },
    ],
    [
      'fields of other types',
      { repositoryName: 'x', action: 'CREATED', component: 7, timestamp: {} },
      { kind: 'other' },
    ],
  ])('reads %s', (_, body, event) => {
    expect(receive(body).events).toEqual([JSON.parse(JSON.stringify(event))]);
  });

  it.each<[string, Registry, string[]]>([
    ['path based routing', pathRouting, ['docker-hosted/shop/web']],
    ['its own port', port, ['shop/web']],
    ['the port of a group', group, ['shop/web']],
    [
      'the port of another repository',
      { ...port, options: { repositoryName: 'docker-dev' } },
      [],
    ],
    [
      'a port of which no more is known',
      { ...port, options: {} },
      ['shop/web'],
    ],
  ])('names the image as Docker does by %s', (_, registry, names) => {
    const { events } = receive(component(), registry);
    expect(events.flatMap(({ repository }) => repository ?? [])).toEqual(names);
  });

  it.each(['', '[]', '{}', '{"action":"CREATED"}', '{"repositoryName":"x"}'])(
    'refuses %s',
    body => {
      expect(() => receive(body)).toThrow(/^The body/);
    },
  );
});
