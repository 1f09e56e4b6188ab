import { connectionTo, failureOf } from '@slipway/provider-tests';
import {
  azureAcrAccounts,
  SimulatedAzureAcr,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createAzureAcrProvider } from './createAzureAcrProvider';

const { admin, application, contributor, stranger, tenantId } =
  azureAcrAccounts;
const webhook = {
  name: 'backstage-0198-e1',
  url: 'https://portal.example.com/webhooks/e1',
  secret: 'secret-of-the-hook',
};

describe('webhooks that are made by Azure Resource Manager', () => {
  let azure: SimulatedAzureAcr;
  let world: VendorWorld;

  beforeEach(async () => {
    azure = SimulatedAzureAcr.create();
    world = await startVendorWorld({ vendors: [azure] });
  });
  afterEach(() => world.stop());

  const make = (
    credentials: Record<string, string> = contributor,
    changes: { repositories?: string[] } = {},
  ) => {
    const provider = createAzureAcrProvider();
    return provider.connect(
      connectionTo(provider, 'https://acme.azurecr.io', world, {
        credentials,
        options: { tenantId },
      }),
    ).createWebhook!({ ...webhook, ...changes });
  };

  it('carry the secret in a header, and are changed when they are there', async () => {
    const { location } = await make();
    expect(location).toMatch(
      /^https:\/\/portal\.azure\.com\/#resource\/subscriptions\/.*\/acme\/webhooks$/,
    );
    await make();
    expect([...azure.webhooks]).toEqual([
      [
        'backstage0198e1',
        {
          location: 'westeurope',
          properties: {
            serviceUri: webhook.url,
            customHeaders: { Authorization: 'Bearer secret-of-the-hook' },
            actions: ['push', 'delete', 'chart_push', 'chart_delete'],
            status: 'enabled',
            scope: '',
          },
        },
      ],
    ]);
  });

  it.each([
    [['acme/web'], 'acme/web:*'],
    [['acme/*'], ''],
    [['acme/web', 'acme/api'], ''],
  ])('for %j have the scope "%s"', async (repositories, scope) => {
    await make(contributor, { repositories });
    const [made] = azure.webhooks.values();
    expect(made.properties).toMatchObject({ scope });
  });

  it.each([
    ['may only pull', application, 'could not make the webhook'],
    ['sees no subscription', stranger, 'none of the subscriptions'],
  ])('need a role of an application that %s', async (_, account, words) => {
    expect(await failureOf(make(account))).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining(words),
      hint: expect.stringContaining('Contributor'),
    });
    expect(azure.webhooks.size).toBe(0);
  });

  it('cannot be made by what only the registry knows', async () => {
    expect(await failureOf(make(admin))).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('service principal'),
    });
  });

  it('keep their secrets, whatever Azure answers', async () => {
    world.faults.add({
      method: 'PUT',
      effect: { kind: 'status', status: 400, body: webhook.secret },
    });
    const { message } = await failureOf(make());
    expect(message).not.toContain(webhook.secret);
  });

  it('follow a next page to no other host', async () => {
    world.faults.add({
      path: '^/subscriptions\\?',
      effect: {
        kind: 'status',
        status: 200,
        body: { value: [], nextLink: 'https://elsewhere.example.com/' },
      },
    });
    expect(await failureOf(make())).toMatchObject({
      code: 'invalid-response',
    });
    expect(world.requests.list('elsewhere.example.com')).toEqual([]);
  });
});
