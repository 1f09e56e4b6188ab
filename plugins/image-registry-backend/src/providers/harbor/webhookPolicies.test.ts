import { failureOf } from '@slipway/provider-tests';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { HARBOR_HOST, HarborWorld } from './__testUtils__/harborWorld';

const bench = HarborWorld.create();

describe('webhooks that Harbor is asked to make', () => {
  const webhook = {
    name: 'portal',
    url: 'https://portal.example.com/api/image-registry/webhooks/e1',
    secret: 'secret-of-the-hook',
    place: 'acme',
  };
  const made = {
    id: 1,
    project_id: 2,
    name: 'portal',
    description: 'Tells the portal of pushed images',
    enabled: true,
    event_types: [
      'PUSH_ARTIFACT',
      'DELETE_ARTIFACT',
      'SCANNING_COMPLETED',
      'SCANNING_FAILED',
      'SCANNING_STOPPED',
    ],
    targets: [
      {
        type: 'http',
        address: webhook.url,
        auth_header: 'Bearer secret-of-the-hook',
        skip_cert_verify: false,
        payload_format: 'CloudEvents',
      },
    ],
  };

  it('are made, and told where they are', async () => {
    const client = await bench.start();
    expect(await client.createWebhook(webhook)).toEqual({
      location: `https://${HARBOR_HOST}/harbor/projects/2/webhook`,
    });
    expect(bench.harbor.state.webhooks).toEqual([made]);
  });

  it('are changed when there is one of the name, and keep what was ticked', async () => {
    const client = await bench.start();
    await client.createWebhook(webhook);
    bench.harbor.state.webhooks[0].event_types.push('QUOTA_WARNING');
    await client.createWebhook({ ...webhook, secret: 'another-secret' });
    expect(bench.harbor.state.webhooks).toMatchObject([
      {
        id: 1,
        event_types: [...made.event_types, 'QUOTA_WARNING'],
        targets: [{ auth_header: 'Bearer another-secret' }],
      },
    ]);
  });

  it('are in the only format of an older Harbor', async () => {
    const client = await bench.start(undefined, { version: '2.7' });
    await client.createWebhook(webhook);
    expect(bench.harbor.state.webhooks[0].targets[0]).not.toHaveProperty(
      'payload_format',
    );
  });

  it('need a project', async () => {
    const client = await bench.start();
    const { place, ...homeless } = webhook;
    expect(await failureOf(client.createWebhook(homeless))).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('project'),
    });
  });

  it('are not taken for made when the call is led elsewhere', async () => {
    const client = await bench.start();
    bench.world.faults.add({
      method: 'POST',
      effect: {
        kind: 'status',
        status: 301,
        headers: { Location: `https://${HARBOR_HOST}/api/v2.0/projects` },
      },
    });
    expect(await failureOf(client.createWebhook(webhook))).toBeInstanceOf(
      RegistryError,
    );
  });
});
