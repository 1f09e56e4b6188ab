import { webhookRequest } from '../../testing/webhookRequest';
import { azureAcrWebhook } from './webhook';

const receive = (body: unknown) =>
  azureAcrWebhook.receive(webhookRequest(body));

const digest = `sha256:${'d4'.repeat(32)}`;
const image = 'application/vnd.docker.distribution.manifest.v2+json';

const target = {
  mediaType: image,
  size: 524,
  digest,
  length: 524,
  repository: 'shop/web',
  tag: 'v1.3.0',
};
const request = {
  id: '3cbb0000-0000-4000-8000-000000000001',
  host: 'acme.azurecr.io',
  method: 'PUT',
  useragent: 'docker/27.0.0',
};
const delivery = (fields: object = {}) => ({
  id: 'cb8c0000-0000-4000-8000-000000000001',
  timestamp: '2026-11-17T16:52:01.343145347Z',
  action: 'push',
  target,
  request,
  ...fields,
});
const push = {
  kind: 'push',
  repository: 'shop/web',
  tag: 'v1.3.0',
  digest,
  mediaType: image,
  occurredAt: '2026-11-17T16:52:01.343Z',
};

const topic =
  '/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/acme';
const gridEvent = (eventType: string, data: object = delivery()) => ({
  id: '831e0000-0000-4000-8000-000000000001',
  topic,
  subject: 'shop/web:v1.3.0',
  eventType,
  eventTime: '2026-11-17T16:52:02.6549614Z',
  data,
  dataVersion: '1.0',
  metadataVersion: '1',
});
const cloudEvent = (type: string, data: object = delivery()) => ({
  id: '831e0000-0000-4000-8000-000000000001',
  source: topic,
  subject: 'shop/web:v1.3.0',
  type,
  time: '2026-11-17T16:52:02.6549614Z',
  specversion: '1.0',
  data,
});

describe('webhooks of Azure Container Registry', () => {
  it.each([
    ['a push', delivery(), push],
    [
      'a push by digest',
      delivery({ target: { ...target, tag: '' } }),
      { ...push, tag: undefined },
    ],
    [
      'a deletion, which names no tag',
      delivery({ action: 'delete', target: { ...target, tag: undefined } }),
      { ...push, kind: 'delete', tag: undefined },
    ],
    ['a ping', { action: 'ping' }, { kind: 'test' }],
    [
      'a quarantined image',
      delivery({ action: 'quarantine' }),
      { ...push, kind: 'other' },
    ],
    [
      'a chart of the old kind',
      delivery({
        action: 'chart_push',
        request: undefined,
        target: {
          mediaType: 'application/vnd.acr.helm.chart',
          digest: 'sha256:xxxx',
          repository: 'charts',
          tag: 'web-1.0.0.tgz',
          name: 'web',
          version: '1.0.0.tgz',
        },
      }),
      {
        kind: 'chart',
        repository: 'charts',
        tag: 'web-1.0.0.tgz',
        mediaType: 'application/vnd.acr.helm.chart',
        occurredAt: push.occurredAt,
      },
    ],
    [
      'the deletion of such a chart',
      delivery({ action: 'chart_delete' }),
      { ...push, kind: 'delete' },
    ],
    [
      'a signature',
      delivery({ target: { ...target, tag: `sha256-${'a'.repeat(64)}.sig` } }),
      {
        ...push,
        kind: 'signature',
        tag: `sha256-${'a'.repeat(64)}.sig`,
      },
    ],
    [
      'unknown fields, and names in another case',
      { Action: 'PUSH', Target: { Repository: 'web', TAG: '1' }, more: [] },
      { kind: 'push', repository: 'web', tag: '1' },
    ],
    ['an unknown action', { action: 'untag' }, { kind: 'other' }],
    [
      'fields of other types',
      { action: 'push', target: [], timestamp: {} },
      { kind: 'other' },
    ],
  ])('reads %s', (_, body, event) => {
    expect(receive(body)).toEqual({
      format: 'azure-acr',
      events: [JSON.parse(JSON.stringify(event))],
    });
  });

  it.each([
    ['ImagePushed', 'push'],
    ['Microsoft.ContainerRegistry.ImagePushed', 'push'],
    ['Microsoft.ContainerRegistry.ImageDeleted', 'delete'],
    ['Microsoft.ContainerRegistry.ChartPushed', 'chart'],
    ['Microsoft.ContainerRegistry.ChartDeleted', 'delete'],
    ['Microsoft.Storage.BlobCreated', 'other'],
  ])('reads %s of Event Grid in both of its schemas', (type, kind) => {
    const events = [{ ...push, kind }];
    expect(receive([gridEvent(type)])).toEqual({
      format: 'azure-eventgrid',
      events,
    });
    expect(receive(cloudEvent(type))).toEqual({
      format: 'azure-eventgrid-cloudevents',
      events,
    });
  });

  it('reads all events of one call', () => {
    const type = 'Microsoft.ContainerRegistry.ImagePushed';
    const other = delivery({ target: { ...target, tag: 'latest' } });
    expect(receive([gridEvent(type), gridEvent(type, other)])).toMatchObject({
      events: [{ tag: 'v1.3.0' }, { tag: 'latest' }],
    });
    expect(receive([cloudEvent(type), cloudEvent(type, other)])).toMatchObject({
      events: [{ tag: 'v1.3.0' }, { tag: 'latest' }],
    });
  });

  it("gives back the code of Event Grid's validation", () => {
    const validation = gridEvent(
      'Microsoft.EventGrid.SubscriptionValidationEvent',
      {
        validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6',
        validationUrl: 'https://rp-eastus.eventgrid.azure.net/validate?id=1',
      },
    );
    expect(receive([validation])).toEqual({
      format: 'azure-eventgrid-validation',
      respond: {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"validationResponse":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}',
      },
    });
  });

  it('knows no answer to a validation without a code', () => {
    const validation = gridEvent(
      'Microsoft.EventGrid.SubscriptionValidationEvent',
      {},
    );
    expect(receive([validation])).toMatchObject({
      events: [{ kind: 'other' }],
    });
  });

  it.each(['', '[]', '{}', '"push"', '[1]', '{"target":{}}'])(
    'refuses %s',
    body => {
      expect(() => receive(body)).toThrow(/^The body/);
    },
  );
});
