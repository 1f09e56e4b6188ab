import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  githubAccounts,
  NIGHTLY_TAGS,
  SimulatedGithub,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createGhcrProvider } from './createGhcrProvider';
import { GhcrClient } from './GhcrClient';
import { githubHostsOf } from './githubHosts';

const { adminToken, fineGrainedToken, token, weakToken, workflowToken } =
  githubAccounts;

describe('GhcrClient', () => {
  let github: SimulatedGithub;
  let world: VendorWorld;

  beforeAll(async () => {
    github = SimulatedGithub.create();
    world = await startVendorWorld({ vendors: [github] });
  });

  afterEach(() => {
    world.faults.clear();
    world.requests.clear();
  });

  afterAll(() => world.stop());

  function connect(
    settings: ConnectionToOptions = {},
    address = 'https://ghcr.io',
  ) {
    const provider = createGhcrProvider();
    return provider.connect(
      connectionTo(provider, address, world, {
        credentials: token,
        ...settings,
      }),
    );
  }

  it.each<[string, ConnectionToOptions]>([
    ['an organization', { namespace: 'acme' }],
    ['a user', { namespace: 'octo' }],
    ['whoever the token belongs to', {}],
    ['a workflow', { namespace: 'acme', credentials: workflowToken }],
  ])('is checked for %s in at most four requests', async (_name, settings) => {
    const steps = await connect(settings).check();
    expect(steps.filter(({ ok, skipped }) => !ok || skipped)).toEqual([]);
    expect(world.requests.list().length).toBeLessThanOrEqual(4);
  });

  it('works without a list for nobody, and says why', async () => {
    const client = connect({ credentials: undefined, namespace: 'octo' });
    const steps = await client.check();
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps[2]).toMatchObject({
      name: 'list',
      skipped: true,
      code: 'unsupported',
      hint: expect.stringContaining('read:packages'),
    });
    await expect(client.listRepositories({})).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect((await client.listTags('octo/tool/cli', {})).items).toEqual([
      { tag: 'latest' },
    ]);
  });

  it('lists owners and their packages', async () => {
    const client = connect();
    expect((await client.listNamespaces!({})).items).toEqual(['octo', 'acme']);
    const { items, complete } = await client.listRepositories({});
    expect(complete).toBe(true);
    expect(items).toContainEqual({
      repository: 'acme/web',
      updatedAt: '2026-11-04T09:30:00.000Z',
      isPublic: false,
    });
    expect(items).toContainEqual(
      expect.objectContaining({ repository: 'octo/tool/cli', isPublic: true }),
    );
    const found = await client.listRepositories({ search: 'night' });
    expect(found.items).toHaveLength(1);
  });

  it('writes owners in small letters, however they are written', async () => {
    const client = connect({ namespace: 'ACME' });
    const { items } = await client.listRepositories({});
    expect(items.map(({ repository }) => repository)).toContain('acme/web');
  });

  it('reads all versions, each with its tags', async () => {
    github.registry.add({
      repository: 'acme/web',
      tags: [],
      variation: 'child',
    });
    const client = connect();
    const { items } = await client.listTags('acme/web', {});
    const latest = items.filter(
      ({ pushedAt }) => pushedAt === '2026-11-04T09:30:00.000Z',
    );
    expect(latest.map(({ tag }) => tag).sort()).toEqual([
      '1.2',
      'latest',
      'v1.2.0',
    ]);
    expect(new Set(latest.map(({ digest }) => digest)).size).toBe(1);
    const nightly = await client.listTags('acme/nightly', {});
    expect(nightly).toMatchObject({
      complete: true,
      totalItems: NIGHTLY_TAGS,
    });
  });

  it('adds the names of what is older than the versions it reads', async () => {
    const provider = createGhcrProvider();
    const client = new GhcrClient(
      connectionTo(provider, 'https://ghcr.io', world, { credentials: token }),
      githubHostsOf('ghcr.io')!,
      1,
    );
    const { items, complete } = await client.listTags('acme/nightly', {});
    expect(complete).toBe(true);
    expect(items).toHaveLength(NIGHTLY_TAGS);
    expect(items.filter(({ pushedAt }) => pushedAt)).toHaveLength(100);
    expect(items).toContainEqual({ tag: 'build-0001' });
    world.faults.add({
      host: 'api.github.com',
      path: '/versions',
      skip: 1,
      effect: { kind: 'status', status: 503 },
    });
    // What a fault cut short is not made whole in this way.
    const { complete: isWhole } = await connect().listTags('acme/nightly', {});
    expect(isWhole).toBe(false);
  });

  it('finds a package whose name has slashes', async () => {
    const { items } = await connect().listTags('octo/tool/cli', {});
    expect(items).toEqual([expect.objectContaining({ tag: 'latest' })]);
  });

  it('asks the registry at its own API host with its own token', async () => {
    const client = connect({ namespace: 'acme' });
    await client.listTags('acme/web', {});
    await client.resolve('acme/web', 'latest');
    const [first] = world.requests.list('api.github.com');
    expect(first.headers).toMatchObject({
      authorization: `Bearer ${token.password}`,
      'x-github-api-version': '2022-11-28',
    });
    for (const { headers } of world.requests.list('ghcr.io')) {
      expect(headers.authorization).not.toBe(`Bearer ${token.password}`);
    }
  });

  it('uses the API of a GitHub Enterprise Server', async () => {
    const client = connect(
      { namespace: 'acme' },
      'https://containers.github.example.com',
    );
    const { items } = await client.listTags('acme/web', {});
    expect(items.length).toBeGreaterThan(0);
    expect(world.requests.lines('github.example.com')[0]).toMatch(
      /^GET github\.example\.com\/api\/v3\//,
    );
    expect(world.requests.list('api.github.com')).toEqual([]);
  });

  it.each([
    [weakToken, 'read:packages'],
    [fineGrainedToken, 'classic'],
  ])('says what is wrong with %j', async (credentials, words) => {
    const client = connect({ credentials, namespace: 'acme' });
    const [, authenticate, list] = await client.check();
    expect(authenticate.ok).toBe(true);
    expect(list).toMatchObject({ ok: false, code: 'forbidden' });
    expect(`${list.message} ${list.hint}`).toContain(words);
  });

  it('says that a workflow is nobody', async () => {
    const client = connect({ credentials: workflowToken });
    await expect(client.listRepositories({})).rejects.toMatchObject({
      code: 'forbidden',
      hint: expect.stringContaining('GITHUB_TOKEN'),
    });
  });

  it("shows the budget of GitHub's API, because the registry has none", async () => {
    const provider = createGhcrProvider();
    const connection = connectionTo(provider, 'https://ghcr.io', world, {
      credentials: token,
    });
    expect(connection.http.budget()).toEqual({});
    await provider.connect(connection).listTags('acme/web', {});
    expect(connection.http.budget()).toMatchObject({
      limit: 5_000,
      remaining: 4_999,
      resetsAt: expect.any(String),
    });
  });

  it('waits as long as a secondary limit asks for', async () => {
    world.faults.add({
      host: 'api.github.com',
      times: 1,
      effect: {
        kind: 'status',
        status: 403,
        headers: { 'Retry-After': '30' },
        body: { message: 'You have exceeded a secondary rate limit' },
      },
    });
    const client = connect({ namespace: 'acme' });
    const error: RegistryError = await client.listRepositories({}).then(
      () => undefined,
      failure => failure,
    );
    expect(error).toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 30_000,
      transient: true,
    });
    world.requests.clear();
    // What follows is not even sent.
    await expect(client.listRepositories({})).rejects.toMatchObject({
      code: 'rate-limited',
    });
    expect(world.requests.list('api.github.com')).toEqual([]);
  });

  describe('webhooks', () => {
    const webhook = {
      name: 'portal',
      url: 'https://portal.example.com/webhooks/1',
      secret: 'key-of-the-signature',
    };
    const admin = { credentials: adminToken, namespace: 'acme' };

    it('are made at the organization, and changed when they exist', async () => {
      const client = connect(admin);
      const made = await client.createWebhook!(webhook);
      const again = await client.createWebhook!({
        ...webhook,
        secret: 'newer-key',
      });
      expect(again).toEqual(made);
      expect(made.location).toMatch(
        /^https:\/\/github\.com\/organizations\/acme\/settings\/hooks\/\d+$/,
      );
      expect(github.hooks.list('/orgs/acme')).toEqual([
        expect.objectContaining({
          name: 'web',
          active: true,
          events: ['package'],
          config: {
            url: webhook.url,
            content_type: 'json',
            secret: 'newer-key',
            insecure_ssl: '0',
          },
        }),
      ]);
    });

    it('are made at the repositories that packages are linked to', async () => {
      await connect(admin).createWebhook!({
        ...webhook,
        repositories: ['acme/web', 'acme/api'],
      });
      expect(github.hooks.list('/repos/acme/shop')).toHaveLength(1);
    });

    it.each([
      ['the whole of a user', { place: 'octo' }, 'a user'],
      [
        'a package without a repository',
        { repositories: ['acme/chart'] },
        'acme/chart',
      ],
    ])('are not made for %s', async (_name, place, words) => {
      await expect(
        connect(admin).createWebhook!({ ...webhook, ...place }),
      ).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringContaining(words),
      });
    });

    it('name the scope that the token lacks, though GitHub says 404', async () => {
      await expect(
        connect({ namespace: 'acme' }).createWebhook!(webhook),
      ).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('admin:org_hook'),
      });
    });

    it('do not show their secret when GitHub repeats it', async () => {
      world.faults.add({
        method: 'POST',
        path: '/hooks',
        effect: {
          kind: 'status',
          status: 422,
          body: { message: `Validation failed: ${webhook.secret}` },
        },
      });
      const error = await connect(admin).createWebhook!({
        ...webhook,
        url: 'https://portal.example.com/webhooks/2',
      }).catch((failure: Error) => failure);
      expect(String(error)).toContain('Validation failed');
      expect(String(error)).not.toContain(webhook.secret);
    });
  });
});

describe('addresses of GitHub', () => {
  const normalize = createGhcrProvider().normalizeAddress!;

  it.each([
    ['ghcr.io', 'https://ghcr.io'],
    ['https://ghcr.io/acme', 'https://ghcr.io'],
    ['containers.github.example.com', 'https://containers.github.example.com'],
    ['containers.acme.ghe.com', 'https://containers.acme.ghe.com'],
  ])('forms %s', (text, url) => {
    expect(normalize(text)).toBe(url);
  });

  it.each(['github.com', 'docker.pkg.github.com', 'ghcr.io.example.com'])(
    'refuses %s',
    text => {
      expect(() => normalize(text)).toThrow(/no container registry of GitHub/);
    },
  );
});
