import { ImageRegistryApi } from './ImageRegistryApi';
import { ImageRegistryClient } from './ImageRegistryClient';

const BASE = 'http://portal/api/image-registry';
const target = {
  cluster: 'eu',
  namespace: 'shop',
  kind: 'Deployment' as const,
  name: 'web',
  container: 'web',
};
const rollout = {
  entityRef: 'component:default/web',
  target,
  image: { registryId: 'hub', repository: 'apps/web', tag: 'v1' },
};

function setup(answer: () => Response = () => Response.json({ items: [] })) {
  const fetch = jest.fn<Promise<Response>, [string, RequestInit]>(async () =>
    answer(),
  );
  const api = ImageRegistryClient.create({
    discoveryApi: {
      getBaseUrl: async pluginId => `http://portal/api/${pluginId}`,
    },
    fetchApi: { fetch: fetch as unknown as typeof globalThis.fetch },
  });
  return { api, fetch };
}

describe('ImageRegistryClient', () => {
  it.each<[string, (api: ImageRegistryApi) => Promise<unknown>, string]>([
    ['providers', api => api.listProviders(), 'GET /providers'],
    ['registries', api => api.listRegistries(), 'GET /registries?limit=500'],
    [
      'registries of a component',
      api => api.listRegistries({ entityRef: 'component:default/web' }),
      'GET /registries?limit=500&entityRef=component%3Adefault%2Fweb',
    ],
    [
      'a check before saving',
      api => api.checkConnection({ provider: 'harbor', address: 'h' }),
      'POST /registries/check',
    ],
    [
      'a repository with a slash',
      api =>
        api.listTags('a/b', { repository: 'apps/web', search: '', limit: 5 }),
      'GET /registries/a%2Fb/tags?repository=apps%2Fweb&limit=5',
    ],
    [
      'an image by digest',
      api => api.getImage('hub', { repository: 'web', reference: 'sha256:ab' }),
      'GET /registries/hub/image?repository=web&reference=sha256%3Aab',
    ],
    [
      'sources of a component',
      api => api.getComponentSources('component:default/web'),
      'GET /components/sources?entityRef=component%3Adefault%2Fweb',
    ],
    [
      'rotating an endpoint',
      api => api.rotateWebhookEndpoint('e1'),
      'POST /webhook-endpoints/e1/rotate',
    ],
    [
      "having a vendor's webhook made",
      api => api.installWebhook('hub', 'e1', { place: 'apps' }),
      'POST /registries/hub/webhook-endpoints/e1/install',
    ],
    [
      'pods of a target, its key encoded once',
      api => api.listPods('eu/shop/Deployment/web/web', { entityRef: 'e' }),
      'GET /targets/eu%2Fshop%2FDeployment%2Fweb%2Fweb/pods?entityRef=e',
    ],
    [
      'replaying',
      api => api.replayDelivery('d1'),
      'POST /deliveries/d1/replay',
    ],
    [
      'rolling back',
      api => api.rollbackRollout('r1'),
      'POST /rollouts/r1/rollback',
    ],
    [
      'the freezes of a component',
      api => api.listFreezes({ entityRef: 'component:default/web' }),
      'GET /freeze?entityRef=component%3Adefault%2Fweb',
    ],
    ['lifting the freeze of all', api => api.deleteFreeze(), 'DELETE /freeze'],
    [
      'approvals of one’s own',
      api => api.listApprovals({ mine: 'true' }),
      'GET /approvals?mine=true',
    ],
    [
      'approving',
      api => api.approveRollout('r1', { digest: 'sha256:ab' }),
      'POST /rollouts/r1/approve',
    ],
    ['deleting', api => api.deleteHold('h1'), 'DELETE /holds/h1'],
    [
      'deleting for a component',
      api => api.deleteHold('h1', 'component:default/web'),
      'DELETE /holds/h1?entityRef=component%3Adefault%2Fweb',
    ],
  ])('asks for %s', async (_, call, expected) => {
    const { api, fetch } = setup();
    await call(api);
    const [url, init] = fetch.mock.calls[0];
    expect(`${init.method} ${url.slice(BASE.length)}`).toBe(expected);
  });

  it('sends a new idempotency key for each rollout, or the one given', async () => {
    const { api, fetch } = setup();
    await api.createRollout(rollout);
    await api.createRollout(rollout);
    await api.createRollout(rollout, { idempotencyKey: 'click-1' });
    const keys = fetch.mock.calls.map(([, init]) =>
      new Headers(init.headers).get('Idempotency-Key'),
    );
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe('click-1');
  });

  it('asks for a diff with dryRun and without a key', async () => {
    const { api, fetch } = setup();
    await api.previewRollout(rollout);
    const [, init] = fetch.mock.calls[0];
    expect(JSON.parse(String(init.body))).toEqual({ ...rollout, dryRun: true });
    expect(new Headers(init.headers).has('Idempotency-Key')).toBe(false);
  });

  it('reads answers without content', async () => {
    const { api } = setup(() => new Response(null, { status: 204 }));
    await expect(
      api.consentToTarget('key', 'component:default/web'),
    ).resolves.toBeUndefined();
    await expect(api.deleteRegistry('hub')).resolves.toBeUndefined();
  });

  it('throws what the backend refuses, with its sentence', async () => {
    const { api } = setup(() =>
      Response.json(
        {
          error: { name: 'ConflictError', message: 'hub is in use' },
          response: { statusCode: 409 },
        },
        { status: 409 },
      ),
    );
    await expect(api.deleteRegistry('hub')).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 409,
      cause: { name: 'ConflictError', message: 'hub is in use' },
    });
  });

  it('hands the abort signal on', async () => {
    const { api, fetch } = setup();
    const { signal } = new AbortController();
    await api.listClusters({ signal });
    expect(fetch.mock.calls[0][1].signal).toBe(signal);
  });
});
