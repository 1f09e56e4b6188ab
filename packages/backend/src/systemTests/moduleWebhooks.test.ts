import {
  DeliveryDetails,
  Registry,
  WebhookEndpointSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import { startWorld, World } from './testing';

// A start takes what a busy machine takes.
jest.setTimeout(120_000);

const digest = `sha256:${'f6'.repeat(32)}`;
const tag = 'v1.3.0';
const repository = {
  name: 'web',
  namespace: 'shop',
  repo_full_name: 'shop/web',
  repo_type: 'private',
};
const resources = [
  { digest, tag, resource_url: 'registry/shop/web:v1.3.0' },
  { digest, tag: 'latest', resource_url: 'registry/shop/web:latest' },
];
const operator = '100012345678';
const push = { kind: 'push', repository: 'shop/web', tag, digest };

/** What the vendors of modules send, in forms of their own. */
const vendors = [
  {
    provider: 'alibaba-acr',
    address: 'https://registry.cn-hangzhou.aliyuncs.com',
    proof: 'url',
    body: {
      push_data: { digest, pushed_at: '2026-11-16 17:30:00', tag },
      repository: {
        ...repository,
        date_created: '2026-01-02 03:04:05',
        region: 'cn-hangzhou',
      },
    },
    events: [push],
  },
  {
    provider: 'tencent-tcr',
    address: 'https://shop.tencentcloudcr.com',
    proof: 'header',
    body: {
      type: 'pushImage',
      occur_at: 1763285400,
      event_data: { resources, repository },
      operator,
    },
    events: [push, { ...push, tag: 'latest' }],
  },
  {
    provider: 'huawei-swr',
    address: 'https://swr.cn-north-4.myhuaweicloud.com',
    proof: 'header',
    body: {
      type: 'PUSH_ARTIFACT',
      occur_at: 1763285400,
      event_data: { resources, repository },
      operator,
    },
    events: [push, { ...push, tag: 'latest' }],
  },
] as const;

describe("webhooks of modules' vendors, through the public route", () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
  }, 240_000);
  afterAll(() => world?.stop());

  it.each(vendors)(
    '$provider',
    async ({ address, body, events, ...vendor }) => {
      const admin = world.portal.as('admin');
      const { provider } = vendor;
      const { id } = await admin.post<Registry>('/registries', {
        name: provider,
        provider,
        address,
      });
      const { endpoint, secret } = await admin.post<WebhookEndpointSecret>(
        `/registries/${id}/webhook-endpoints`,
        { name: 'push' },
      );
      const deliver = (proof: string) =>
        fetch(
          `${world.portal.url}/api/image-registry/webhooks/${endpoint.id}${
            vendor.proof === 'url' ? `/${proof}` : ''
          }`,
          {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              ...(vendor.proof === 'header' && {
                authorization: `Bearer ${proof}`,
              }),
            },
            body: JSON.stringify(body),
          },
        );

      expect((await deliver('not-the-secret')).status).toBe(401);
      const taken = await deliver(secret);
      expect(taken.status).toBe(202);
      const { deliveryId } = await taken.json();
      const delivery = await admin.get<DeliveryDetails>(
        `/deliveries/${deliveryId}`,
      );
      expect(delivery.events).toEqual(
        events.map(event => expect.objectContaining(event)),
      );
      expect(JSON.stringify(delivery)).not.toContain(secret);
    },
  );
});
