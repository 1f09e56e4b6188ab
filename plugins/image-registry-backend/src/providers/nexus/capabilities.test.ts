import { connectionTo, failureOf } from '@slipway/provider-tests';
import {
  nexusAccounts,
  SimulatedNexus,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createNexusProvider } from './createNexusProvider';

const address = 'https://nexus.example.com';
const { admin, portal } = nexusAccounts;
const webhook = {
  name: 'backstage-e1',
  url: 'https://portal.example.com/webhooks/e1',
  secret: 'first-webhook-secret',
};
const ofConnector = {
  apiAddress: address,
  repositoryName: 'docker-hosted',
};

describe('webhooks that are made in Sonatype Nexus', () => {
  let nexus: SimulatedNexus;
  let world: VendorWorld;

  beforeEach(async () => {
    nexus = SimulatedNexus.create();
    world = await startVendorWorld({ vendors: [nexus] });
  });
  afterEach(() => world.stop());

  const make = (
    options: Record<string, string> = ofConnector,
    changes: { repositories?: string[]; secret?: string } = {},
    credentials: { username: string; password: string } = admin,
  ) => {
    const provider = createNexusProvider();
    const at = options.routing === 'path' ? address : `${address}:5000`;
    return provider.connect(
      connectionTo(provider, at, world, { credentials, options }),
    ).createWebhook!({ ...webhook, ...changes });
  };
  const made = () =>
    [...nexus.capabilities.values()].map(({ properties }) => properties);

  it('sign, and are changed when they are there', async () => {
    expect(await make()).toEqual({
      location: `${address}/#admin/system/capabilities`,
    });
    await make(ofConnector, { secret: 'second-webhook-secret' });
    expect([...nexus.capabilities.values()]).toMatchObject([
      {
        type: 'webhook.repository',
        notes: 'backstage-e1',
        enabled: true,
        properties: {
          repository: 'docker-hosted',
          names: 'component',
          url: webhook.url,
          secret: 'second-webhook-secret',
        },
      },
    ]);
  });

  it.each<[string, Record<string, string>, string[] | undefined, string[]]>([
    ['all', { routing: 'path' }, undefined, ['docker-hosted', 'docker-hub']],
    ['one', { routing: 'path' }, ['docker-hub/library/*'], ['docker-hub']],
    [
      'those behind a group',
      {
        ...ofConnector,
        repositoryName: 'docker-group',
        sourceRepositories: 'docker-hosted, docker-hub',
      },
      undefined,
      ['docker-hosted', 'docker-hub'],
    ],
  ])('tell of %s', async (_, options, repositories, expected) => {
    await make(options, { ...(repositories && { repositories }) });
    expect(made().map(each => each?.repository)).toEqual(expected);
  });

  it.each<[string, Record<string, string>]>([
    ['the connector alone', {}],
    ['no name of the repository', { apiAddress: address }],
    [
      'a group whose members are not known',
      { ...ofConnector, repositoryName: 'docker-group' },
    ],
  ])('cannot be made by %s', async (_, options) => {
    expect(await failureOf(make(options))).toMatchObject({
      code: 'unsupported',
      hint: expect.stringMatching(/^Fill in/),
    });
    expect(made()).toEqual([]);
  });

  it('need privileges, which are named', async () => {
    expect(await failureOf(make(ofConnector, {}, portal))).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining(
        'The account portal lacks the privilege "nx-capabilities-read"',
      ),
    });
  });

  it('need an API that older versions do not have', async () => {
    world.faults.add({
      path: '/capabilities',
      effect: { kind: 'status', status: 404 },
    });
    expect(await failureOf(make())).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('by hand'),
    });
  });

  it('keep their secret, whatever Nexus answers', async () => {
    world.faults.add({
      method: 'POST',
      effect: { kind: 'status', status: 400, body: webhook.secret },
    });
    const { message } = await failureOf(make());
    expect(message).not.toContain(webhook.secret);
  });
});
