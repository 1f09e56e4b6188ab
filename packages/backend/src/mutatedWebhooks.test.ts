import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import imageRegistryPlugin from '@slipway/backstage-plugin-image-registry-backend';
import aliyunModule, {
  createAlibabaProvider,
} from '@slipway/backstage-plugin-image-registry-backend-module-aliyun';
import awsModule, {
  createEcrProvider,
} from '@slipway/backstage-plugin-image-registry-backend-module-aws';
import googleModule, {
  createArtifactRegistryProvider,
} from '@slipway/backstage-plugin-image-registry-backend-module-google';
import huaweiModule, {
  createHuaweiProvider,
} from '@slipway/backstage-plugin-image-registry-backend-module-huawei';
import tencentModule, {
  createTencentProvider,
} from '@slipway/backstage-plugin-image-registry-backend-module-tencent';
import {
  describeMutatedWebhooks,
  MutantCall,
  mutants,
  prove,
  vendorPayloads,
} from '@slipway/provider-tests';
import { startVendorWorld, VendorWorld } from '@slipway/sandbox';
import fc from 'fast-check';
import knexFactory, { Knex } from 'knex';

const secretOf = (provider: string) => `a-secret-of-${provider}-for-webhooks`;

describe('calls that no vendor of a module makes', () => {
  [
    createAlibabaProvider(),
    createArtifactRegistryProvider(),
    createEcrProvider(),
    createHuaweiProvider(),
    createTencentProvider(),
  ].forEach(describeMutatedWebhooks);
});

describe('calls that no vendor makes, through the public route', () => {
  /** Knows no vendor: whoever is asked after a push is not reached. */
  let nobody: VendorWorld;
  let knex: Knex;
  let portal: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    nobody = await startVendorWorld({ vendors: [] });
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    portal = await startTestBackend({
      features: [
        imageRegistryPlugin,
        aliyunModule,
        awsModule,
        googleModule,
        huaweiModule,
        tencentModule,
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () => ({ getClient: async () => knex }),
        }),
        mockServices.rootConfig.factory({
          data: {
            imageRegistry: {
              encryption: {
                keys: [
                  { id: 'k', secret: Buffer.alloc(32, 7).toString('base64') },
                ],
              },
              outgoing: { allowedLoopback: [new URL(nobody.proxyUrl).host] },
              registries: Object.fromEntries(
                vendorPayloads.map(({ registry }) => [
                  registry.provider,
                  {
                    provider: registry.provider,
                    address: registry.address,
                    ...(registry.options && { options: registry.options }),
                    proxy: nobody.proxyUrl,
                    webhookEndpoints: {
                      push: { secret: secretOf(registry.provider) },
                    },
                  },
                ]),
              ),
            },
          },
        }),
      ],
    });
  }, 60_000);

  afterAll(async () => {
    await portal?.stop();
    await knex?.destroy();
    await nobody?.stop();
  });

  async function send(
    provider: string,
    { body, contentType, headers, proof }: MutantCall,
  ) {
    const proven = prove(proof, secretOf(provider), body);
    const address = portal.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const response = await fetch(
      `http://127.0.0.1:${port}/api/image-registry/webhooks/config-${provider}-push${proven.path}`,
      {
        method: 'POST',
        headers: {
          'content-type': contentType,
          ...headers,
          ...proven.headers,
        },
        body,
      },
    );
    return { status: response.status, text: await response.text() };
  }

  /** Nothing half: neither a delivery without its events, nor an event. */
  async function expectWholeRows(deliveryId: string, count: number) {
    const events = await knex('image_events').where({
      delivery_id: deliveryId,
    });
    expect(events).toHaveLength(count);
    for (const { kind, outcome, repository, tag } of events) {
      expect([typeof kind, typeof outcome]).toEqual(['string', 'string']);
      if (outcome !== 'ignored' && outcome !== 'refused') {
        expect({ kind, repository, tag }).toEqual({
          kind: 'push',
          repository: expect.stringMatching(/^[a-z0-9][a-z0-9._/-]*$/),
          tag: expect.stringMatching(/^\w[\w.-]*$/),
        });
      }
    }
  }

  /** Stored, refused with a reason, or a handshake's answer. */
  async function expectTaken(answer: { status: number; text: string }) {
    const { status, text } = answer;
    expect([200, 202, 400]).toContain(status);
    if (status === 202) {
      const { deliveryId, events } = JSON.parse(text);
      await expectWholeRows(deliveryId, events);
    } else if (status === 400) {
      expect(JSON.parse(text).error.message).toMatch(/\S/);
    }
  }

  it.each(
    vendorPayloads.map(vendor => [vendor.registry.provider, vendor] as const),
  )(
    'are stored whole or refused with a reason: %s',
    async (provider, vendor) => {
      const calls = fc.array(mutants(vendor), { minLength: 10, maxLength: 10 });
      await fc.assert(
        fc.asyncProperty(calls, async sent => {
          const answers = await Promise.all(
            sent.map(call => send(provider, call)),
          );
          for (const answer of answers) {
            await expectTaken(answer);
          }
        }),
        { numRuns: 4 },
      );
      const orphans = await knex('image_events')
        .leftJoin('deliveries', 'deliveries.id', 'image_events.delivery_id')
        .whereNull('deliveries.id');
      expect(orphans).toEqual([]);
    },
  );
});
