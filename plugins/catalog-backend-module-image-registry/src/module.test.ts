import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { CreatedComponent } from '@slipway/backstage-plugin-image-registry-common';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { CreatedComponentsProvider } from './CreatedComponentsProvider';
import { catalogModuleImageRegistry } from './module';
import { readCreatedFrom } from './readCreated';

const basket: CreatedComponent = {
  entityRef: 'component:default/basket',
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'basket', annotations: { a: 'b' } },
    spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
  },
  author: 'user:default/ada',
  createdAt: '2026-11-21T08:00:00.000Z',
};

function connection() {
  return {
    applyMutation: jest.fn(async () => undefined),
    refresh: jest.fn(async () => undefined),
  } satisfies EntityProviderConnection;
}

describe('CreatedComponentsProvider', () => {
  it('tells the catalog what has changed, and only then', async () => {
    let created = [basket];
    const provider = new CreatedComponentsProvider(async () => created);
    const catalog = connection();
    expect(await provider.refresh()).toBe(false);
    await provider.connect(catalog);
    expect(await provider.refresh()).toBe(true);
    expect(await provider.refresh()).toBe(false);
    created = [];
    expect(await provider.refresh()).toBe(true);
    expect(catalog.applyMutation.mock.calls).toEqual([
      [
        {
          type: 'full',
          entities: [
            {
              entity: {
                ...basket.entity,
                metadata: {
                  name: 'basket',
                  annotations: {
                    a: 'b',
                    'backstage.io/managed-by-location':
                      'image-registry:component:default/basket',
                    'backstage.io/managed-by-origin-location':
                      'image-registry:component:default/basket',
                  },
                },
              },
            },
          ],
        },
      ],
      [{ type: 'full', entities: [] }],
    ]);
  });

  it('tells again what the catalog did not take', async () => {
    const provider = new CreatedComponentsProvider(async () => [basket]);
    const catalog = connection();
    catalog.applyMutation.mockRejectedValueOnce(new Error('busy'));
    await provider.connect(catalog);
    await expect(provider.refresh()).rejects.toThrow('busy');
    expect(await provider.refresh()).toBe(true);
  });
});

describe('the module', () => {
  let server: Server;
  let answer: { status: number; body: unknown };
  const asked: Array<string | undefined> = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(() => new Promise(resolve => server.close(resolve)));

  const read = readCreatedFrom({
    auth: mockServices.auth(),
    discovery: {
      getBaseUrl: async () =>
        `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      getExternalBaseUrl: async () => '',
    },
  });

  it('asks as the catalog, and refuses what is no answer', async () => {
    answer = { status: 200, body: { items: [basket] } };
    expect(await read()).toEqual([basket]);
    expect(asked[0]).toMatch(/^Bearer mock-service-token/);
    answer = { status: 200, body: { items: [{}] } };
    await expect(read()).rejects.toThrow();
    answer = { status: 503, body: {} };
    await expect(read()).rejects.toThrow(/503/);
  });

  it('adds its provider to the catalog', async () => {
    const addEntityProvider = jest.fn();
    const scheduler = mockServices.scheduler.mock();
    const backend = await startTestBackend({
      extensionPoints: [
        [catalogProcessingExtensionPoint, { addEntityProvider }],
      ],
      features: [
        catalogModuleImageRegistry,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
      ],
    });
    expect(addEntityProvider).toHaveBeenCalledWith(
      expect.any(CreatedComponentsProvider),
    );
    expect(scheduler.scheduleTask).toHaveBeenCalledTimes(1);
    await backend.stop();
  });
});
