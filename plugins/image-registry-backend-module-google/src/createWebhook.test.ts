import { connectionTo } from '@slipway/provider-tests';
import {
  googleServiceAccountKey,
  SimulatedArtifactRegistry,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createArtifactRegistryProvider } from './createArtifactRegistryProvider';

const secret = 'secret-of-the-endpoint';
const webhook = {
  name: 'backstage-4711',
  url: `https://portal.example.com/webhooks/4711/${secret}`,
  secret,
};
const subscription = 'projects/acme-prod/subscriptions/backstage-4711';

describe('createWebhook', () => {
  const vendor = SimulatedArtifactRegistry.create();
  let world: VendorWorld;

  beforeAll(async () => {
    world = await startVendorWorld({ vendors: [vendor] });
  });
  afterAll(() => world.stop());

  const provider = createArtifactRegistryProvider();
  const connect = (key: 'portal' | 'nobody' = 'portal') =>
    provider.connect(
      connectionTo(provider, 'europe-west1-docker.pkg.dev', world, {
        credentials: { serviceAccountKey: googleServiceAccountKey(key) },
      }),
    );

  it('makes topic and subscription', async () => {
    expect(await connect().createWebhook!(webhook)).toEqual({
      location:
        'https://console.cloud.google.com/cloudpubsub/subscription/detail/backstage-4711?project=acme-prod',
    });
    expect(vendor.pubSub.subscriptions.get(subscription)).toEqual({
      topic: 'projects/acme-prod/topics/gcr',
      pushConfig: { pushEndpoint: webhook.url },
      ackDeadlineSeconds: 20,
      expirationPolicy: {},
    });
  });

  it('changes the subscription that it made, now with a signature', async () => {
    const audience = 'portal';
    const serviceAccount = 'push@acme-prod.iam.gserviceaccount.com';
    await connect().createWebhook!({
      ...webhook,
      place: 'acme-prod',
      settings: { audience, serviceAccount },
    });
    expect(vendor.pubSub.subscriptions.get(subscription)).toMatchObject({
      topic: 'projects/acme-prod/topics/gcr',
      pushConfig: {
        pushEndpoint: webhook.url,
        oidcToken: { serviceAccountEmail: serviceAccount, audience },
      },
    });
  });

  it('says why Google does not accept it, without the secret', async () => {
    const refusal = connect().createWebhook!({
      ...webhook,
      url: webhook.url.replace('https', 'http'),
    });
    await expect(refusal).rejects.toMatchObject({
      message: expect.not.stringContaining(secret),
      hint: expect.stringContaining('https address'),
    });
  });

  it('names the permission that is missing', async () => {
    await expect(
      connect('nobody').createWebhook!(webhook),
    ).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('pubsub.topics.create'),
      hint: expect.stringContaining('roles/pubsub.editor'),
    });
  });
});
