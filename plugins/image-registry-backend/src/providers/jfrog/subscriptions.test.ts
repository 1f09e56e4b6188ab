import { jfrogAccounts } from '@slipway/sandbox';
import { JFrogWorld, loginOf } from './__testUtils__/jfrogWorld';

const { admin } = jfrogAccounts;
const bench = JFrogWorld.create();

describe('webhooks that are made at the JFrog Platform', () => {
  it('makes the webhook, and changes it when it is there', async () => {
    const client = bench.connect({ credentials: loginOf(admin) });
    const webhook = {
      name: 'Portal of Team Web',
      url: 'https://portal.example.com/webhooks/1',
      secret: 'first-webhook-secret',
      repositories: ['docker-local/acme/web'],
    };
    await client.createWebhook(webhook);
    const { location } = await client.createWebhook({
      ...webhook,
      secret: 'second-webhook-secret',
    });
    expect(location).toMatch(/^https:\/\/acme\.jfrog\.io\/ui\//);
    expect([...bench.jfrog.subscriptions.values()]).toMatchObject([
      {
        key: 'portal-of-team-web',
        event_filter: {
          criteria: {
            anyLocal: false,
            repoKeys: ['docker-local'],
            includePatterns: ['acme/web/**'],
          },
        },
        handlers: [
          {
            url: webhook.url,
            secret: 'second-webhook-secret',
            use_secret_for_signing: true,
          },
        ],
      },
    ]);
  });

  it.each([
    [['docker-local/acme/*'], ['docker-local'], ['acme/*/**']],
    [['docker-local/acme/*', '**'], [], []],
    [undefined, [], []],
  ])('makes a webhook for %j', async (repositories, repoKeys, patterns) => {
    const client = bench.connect({ credentials: loginOf(admin) });
    await client.createWebhook({
      name: 'p',
      url: 'https://portal.example.com/webhooks/1',
      secret: 'a-webhook-secret',
      ...(repositories && { repositories }),
    });
    const [{ event_filter: filter }] = bench.jfrog.subscriptions.values();
    expect(filter.criteria).toMatchObject({
      anyLocal: repoKeys.length === 0,
      repoKeys,
      includePatterns: patterns,
    });
  });

  it('says who may make webhooks, without the secret', async () => {
    const failed = bench.connect().createWebhook({
      name: 'portal',
      url: 'https://portal.example.com/webhooks/1',
      secret: 'webhook-secret',
    });
    await expect(failed).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('"Manage Webhooks"'),
    });
    await expect(failed).rejects.not.toThrow('webhook-secret');
  });
});
