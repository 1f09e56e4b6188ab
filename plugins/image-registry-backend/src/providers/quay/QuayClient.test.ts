import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  NIGHTLY_TAGS,
  quayAccounts,
  SimulatedQuay,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createQuayProvider } from './createQuayProvider';

const { adminToken, applicationToken, robot } = quayAccounts;

describe('QuayClient', () => {
  let quay: SimulatedQuay;
  let world: VendorWorld;

  beforeAll(async () => {
    quay = SimulatedQuay.create();
    world = await startVendorWorld({ vendors: [quay] });
  });

  afterEach(() => {
    world.faults.clear();
    world.requests.clear();
  });

  afterAll(() => world.stop());

  function connect(
    settings: ConnectionToOptions = {
      credentials: { ...robot, applicationToken },
      namespace: 'acme',
    },
  ) {
    const provider = createQuayProvider();
    return provider.connect(
      connectionTo(provider, 'https://quay.io', world, settings),
    );
  }

  it.each<[string, ConnectionToOptions]>([
    [
      'a robot account and a token',
      { credentials: { ...robot, applicationToken } },
    ],
    ['a robot account alone', { credentials: robot }],
    ['a token alone', { credentials: { applicationToken } }],
    ['nobody', { namespace: 'opensource' }],
  ])('is checked as %s in at most four requests', async (_name, settings) => {
    const steps = await connect({ namespace: 'acme', ...settings }).check();
    expect(steps.filter(({ ok, skipped }) => !ok || skipped)).toEqual([]);
    expect(world.requests.list().length).toBeLessThanOrEqual(4);
  });

  it('lists organizations and repositories with what Quay tells', async () => {
    const client = connect({ credentials: { ...robot, applicationToken } });
    expect(await client.listNamespaces!({})).toMatchObject({
      items: ['acme', 'portal-owner'],
    });
    const page = await client.listRepositories({ namespace: 'acme' });
    expect(page).toMatchObject({ complete: true, totalItems: 4 });
    expect(page.items).toContainEqual({
      repository: 'acme/web',
      isPublic: false,
      updatedAt: '2026-11-04T09:30:00.000Z',
    });
    const found = await client.listRepositories({
      namespace: 'acme',
      search: 'NIGHT',
    });
    expect(found.items).toHaveLength(1);
  });

  it('reads all pages of tags with push times and sizes', async () => {
    const page = await connect().listTags('acme/nightly', {});
    expect(page).toMatchObject({ complete: true, totalItems: NIGHTLY_TAGS });
    expect(page.items[0]).toEqual({
      tag: 'build-0130',
      digest: expect.stringMatching(/^sha256:/),
      pushedAt: '2026-11-16T09:30:00.000Z',
      size: expect.any(Number),
    });
  });

  it('has the registry list what the API shows only to a token', async () => {
    const client = connect({ credentials: robot, namespace: 'acme' });
    const repositories = await client.listRepositories({});
    expect(repositories.items).toContainEqual({ repository: 'acme/web' });
    const tags = await client.listTags('acme/web', {});
    expect(tags.items).toContainEqual({ tag: 'v1.2.0' });
    expect(tags.complete).toBe(true);
  });

  it('asks nobody for the whole of Quay', async () => {
    await expect(connect({}).listRepositories({})).rejects.toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('organization'),
    });
    expect(world.requests.list()).toEqual([]);
  });

  it('lists public repositories for nobody', async () => {
    const client = connect({ namespace: 'opensource' });
    expect((await client.listRepositories({})).items).toEqual([
      expect.objectContaining({
        repository: 'opensource/tool',
        isPublic: true,
      }),
    ]);
    const { items } = await client.listTags('opensource/tool', {});
    expect(items).toEqual([
      expect.objectContaining({ pushedAt: expect.any(String) }),
    ]);
  });

  it('sends each credential to where it belongs', async () => {
    const client = connect();
    await client.listTags('acme/web', {});
    await client.resolve('acme/web', 'latest');
    const sent = world.requests
      .list()
      .map(({ url, headers }) => [
        url.pathname.startsWith('/api/') ? 'API' : url.pathname,
        headers.authorization,
      ]);
    const basic = `Basic ${Buffer.from(
      `${robot.username}:${robot.password}`,
    ).toString('base64')}`;
    expect(sent).toContainEqual(['/v2/auth', basic]);
    const withToken = sent.filter(
      ([, authorization]) => authorization === `Bearer ${applicationToken}`,
    );
    expect(withToken).toEqual(sent.filter(([place]) => place === 'API'));
  });

  it('tries again when Quay gives no time to come back', async () => {
    const client = connect();
    world.faults.add({
      path: '/tag/',
      times: 1,
      effect: { kind: 'status', status: 429 },
    });
    await expect(client.listTags('acme/web', {})).rejects.toMatchObject({
      code: 'rate-limited',
    });
    // Nothing is held back: nobody said until when.
    const { complete } = await client.listTags('acme/web', {});
    expect(complete).toBe(true);
  });

  it('says so when an index is as bad as its platforms', async () => {
    const client = connect();
    const { digest } = await client.resolve('acme/web', 'latest');
    expect(await client.scanReport!('acme/web', digest)).toEqual({
      status: 'finished',
      severity: 'high',
      counts: { high: 1, medium: 1, negligible: 1 },
      fixable: 1,
      scanner: 'Clair',
    });
  });

  it('tells a queued scan from what is never scanned', async () => {
    const fresh = quay.registry.add({ repository: 'acme/fresh', tags: ['1'] });
    const client = connect();
    expect(await client.scanReport!('acme/fresh', fresh)).toEqual({
      status: 'pending',
    });
    const [{ tag }] = (await client.listTags('acme/chart', {})).items;
    const chart = await client.resolve('acme/chart', tag);
    expect(await client.scanReport!('acme/chart', chart.digest)).toEqual({
      status: 'unsupported',
    });
  });

  describe('webhooks', () => {
    const webhook = {
      name: 'portal',
      url: 'https://portal.example.com/webhooks/1/secret-of-the-url',
      secret: 'secret-of-the-url',
      repositories: ['acme/web', 'acme/api'],
    };
    const admin = {
      credentials: { ...robot, applicationToken: adminToken },
      namespace: 'acme',
    };

    it('are made in each repository, and replace those of the name', async () => {
      const client = connect(admin);
      await client.createWebhook!(webhook);
      const url = webhook.url.replace('secret', 'newer-secret');
      expect(await client.createWebhook!({ ...webhook, url })).toMatchObject({
        location:
          'https://quay.io/repository/acme/web?tab=settings (and in 1 more repositories)',
        where: { code: 'quay-notifications-made', params: { count: '1' } },
      });
      for (const repository of webhook.repositories) {
        expect(quay.notifications.list(repository)).toEqual([
          expect.objectContaining({
            title: 'portal',
            event: 'repo_push',
            method: 'webhook',
            config: { url },
          }),
        ]);
      }
    });

    it('need the right to administer', async () => {
      const client = connect();
      await expect(client.createWebhook!(webhook)).rejects.toMatchObject({
        code: 'forbidden',
        hint: expect.stringContaining('repo:admin'),
      });
    });

    it('are made in all repositories of the organization', async () => {
      const { location } = await connect(admin).createWebhook!({
        ...webhook,
        name: 'everywhere',
        repositories: undefined,
      });
      expect(location).toMatch(/in \d more repositories/);
      expect(quay.notifications.list('acme/chart')).toEqual([
        expect.objectContaining({ title: 'everywhere' }),
      ]);
    });

    it('need repositories', async () => {
      await expect(
        connect(admin).createWebhook!({ ...webhook, repositories: [] }),
      ).rejects.toMatchObject({ code: 'unsupported' });
    });

    it('do not show their secret when Quay repeats it', async () => {
      world.faults.add({
        method: 'POST',
        path: '/notification/',
        effect: {
          kind: 'status',
          status: 400,
          body: { detail: `Invalid webhook URL: ${webhook.url}` },
        },
      });
      const error = await connect(admin).createWebhook!(webhook).catch(
        (failure: Error) => failure,
      );
      expect(String(error)).toContain('Invalid webhook URL');
      expect(String(error)).not.toContain(webhook.secret);
    });
  });
});

describe('the form of Quay', () => {
  const validate = (credentials?: Record<string, string>) =>
    createQuayProvider().validate!({
      address: 'https://quay.io',
      options: {},
      credentials,
    });

  it('takes either credential, both, or none', () => {
    expect(validate()).toEqual({});
    expect(validate(robot)).toEqual({});
    expect(validate({ applicationToken })).toEqual({});
    expect(validate({ ...robot, applicationToken })).toEqual({});
  });

  it('takes no half of a robot account', () => {
    expect(validate({ username: 'acme+portal' })).toEqual({
      'credentials.password': expect.objectContaining({
        code: 'quay-login-half',
      }),
    });
    expect(validate({ password: 'x', applicationToken })).toEqual({
      'credentials.username': expect.objectContaining({
        code: 'quay-login-half',
      }),
    });
  });
});
