import { SIGN_IN_OPTION } from '@slipway/backstage-plugin-image-registry-common';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  gitlabAccounts,
  NIGHTLY_TAGS,
  SimulatedGitlab,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createGitlabProvider } from './createGitlabProvider';

const { deployToken, token, weakToken } = gitlabAccounts;
const ownRegistry = 'https://registry.git.example.com';

describe('GitlabClient', () => {
  let gitlab: SimulatedGitlab;
  let world: VendorWorld;

  beforeAll(async () => {
    gitlab = SimulatedGitlab.create();
    world = await startVendorWorld({ vendors: [gitlab] });
  });

  afterEach(() => {
    world.faults.clear();
    world.requests.clear();
  });

  afterAll(() => world.stop());

  function connect(
    settings: ConnectionToOptions = {},
    address = 'https://registry.gitlab.com',
    to = world,
  ) {
    const provider = createGitlabProvider();
    return provider.connect(
      connectionTo(provider, address, to, { credentials: token, ...settings }),
    );
  }

  it.each(['acme', 'acme/team', 'acme/shop', 'acme/solo'])(
    'is checked for %s in at most four requests',
    async namespace => {
      const steps = await connect({ namespace }).check();
      expect(steps.filter(({ ok, skipped }) => !ok || skipped)).toEqual([]);
      expect(steps.map(({ name }) => name)).toEqual([
        'ping',
        'authenticate',
        'list',
        'pull',
      ]);
      expect(world.requests.list().length).toBeLessThanOrEqual(4);
    },
  );

  it('is checked without a group, where there is nothing to pull', async () => {
    const steps = await connect().check();
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps[3]).toMatchObject({ name: 'pull', skipped: true });
    expect(world.requests.list().length).toBeLessThanOrEqual(4);
  });

  it('lists groups, and repositories of groups and projects', async () => {
    const client = connect();
    expect((await client.listNamespaces!({})).items).toEqual(['acme']);
    const names = async (namespace?: string, search?: string) => {
      const page = await client.listRepositories({ namespace, search });
      expect(page.complete).toBe(true);
      return page.items.map(({ repository }) => repository);
    };
    const shop = ['api', 'chart', 'nightly', 'web'].map(
      each => `acme/shop/${each}`,
    );
    expect(await names('acme')).toEqual([
      ...shop,
      'acme/solo',
      'acme/team/tool',
    ]);
    expect(await names('acme/team')).toEqual(['acme/team/tool']);
    expect(await names('acme/shop')).toEqual(shop);
    expect(await names('octo')).toEqual(['octo/notes']);
    expect(await names('ACME', 'night')).toEqual(['acme/shop/nightly']);
    expect((await names()).sort()).toEqual([
      ...shop,
      'acme/solo',
      'acme/team/tool',
      'octo/notes',
    ]);
  });

  it.each(['acme/shop/nightly', 'acme/solo', 'acme/team/tool'])(
    'finds the project of %s by itself',
    async repository => {
      const { items, complete } = await connect().listTags(repository, {});
      expect(complete).toBe(true);
      expect(items.length).toBeGreaterThan(0);
    },
  );

  it('does not call a listing whole where a project may not be listed', async () => {
    const whole = await connect().listRepositories({});
    world.faults.add({
      host: 'gitlab.com',
      path: '^/api/v4/projects/\\d+/registry/repositories',
      times: 1,
      effect: {
        kind: 'status',
        status: 403,
        body: { message: '403 Forbidden' },
      },
    });
    const page = await connect().listRepositories({});
    expect(page).toMatchObject({
      complete: false,
      reason: {
        message: expect.stringMatching(
          /^The token may not list the repositories of (acme|octo)\//,
        ),
      },
    });
    expect(page.items.length).toBeGreaterThan(0);
    expect(page.items.length).toBeLessThan(whole.items.length);
  });

  it('asks for twenty possible projects of a long name at most', async () => {
    const name = Array.from({ length: 60 }, (_, part) => `p${part}`).join('/');
    await expect(connect().listTags(name, {})).rejects.toMatchObject({
      code: 'not-found',
    });
    const asked = world.requests
      .lines('gitlab.com')
      .filter(line => line.includes('/api/v4/projects/'));
    expect(asked).toHaveLength(19);
  });

  it('reads tags with digests, times and sizes, twenty at a time', async () => {
    const client = connect({ namespace: 'acme' });
    await client.listRepositories({});
    world.requests.clear();
    const nightly = await client.listTags('acme/shop/nightly', {});
    expect(nightly).toMatchObject({ complete: true, totalItems: NIGHTLY_TAGS });
    // None to find the repository, and none for a single tag.
    expect(world.requests.lines('gitlab.com')).toEqual(
      Array(Math.ceil(NIGHTLY_TAGS / 20)).fill('POST gitlab.com/api/graphql'),
    );
    const { items } = await client.listTags('acme/shop/web', {});
    expect(items).toContainEqual({
      tag: 'v1.2.0',
      digest: expect.stringMatching(/^sha256:/),
      pushedAt: '2026-11-04T09:30:00.000Z',
      createdAt: '2026-11-03T09:30:00.000Z',
      size: expect.any(Number),
    });
  });

  it('takes no time of building for one of pushing', async () => {
    const older = await startVendorWorld({
      vendors: [SimulatedGitlab.create({ graphql: 'without-published-at' })],
    });
    try {
      const client = connect({}, undefined, older);
      const { items } = await client.listTags('acme/shop/web', {});
      const [latest] = items.filter(({ tag }) => tag === 'latest');
      expect(latest).toMatchObject({ createdAt: '2026-11-03T09:30:00.000Z' });
      expect(latest).not.toHaveProperty('pushedAt');
    } finally {
      await older.stop();
    }
  });

  it('lists names by the registry where there is no GraphQL', async () => {
    const older = await startVendorWorld({
      vendors: [SimulatedGitlab.create({ graphql: 'none' })],
    });
    try {
      const client = connect({}, undefined, older);
      const { items, complete } = await client.listTags('acme/solo', {});
      expect({ items, complete }).toEqual({
        items: [{ tag: 'latest' }],
        complete: true,
      });
    } finally {
      await older.stop();
    }
  });

  const node = { name: 'v1' };
  const end = { hasNextPage: false };
  it.each<[string, object, object, string]>([
    [
      'errors',
      { errors: [{ message: 'Timeout on tags.nodes' }] },
      { nodes: [node], pageInfo: end },
      'Timeout on tags.nodes',
    ],
    [
      'an entry of null',
      {},
      { nodes: [node, null], pageInfo: end },
      'left out',
    ],
    ['no entries at all', {}, { nodes: null, pageInfo: end }, 'left out'],
    [
      'a next page without a cursor',
      {},
      { nodes: [node], pageInfo: { hasNextPage: true, endCursor: null } },
      'where to read on',
    ],
    ['no word of the next page', {}, { nodes: [node] }, 'where to read on'],
  ])(
    'does not take an answer with %s for a whole listing',
    async (_name, besides, tags, reason) => {
      world.faults.add({
        host: 'gitlab.com',
        path: '^/api/graphql',
        effect: {
          kind: 'status',
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: { data: { containerRepository: { tags } }, ...besides },
        },
      });
      const page = await connect().listTags('acme/solo', {});
      expect(page).toMatchObject({
        items: 'nodes' in tags && tags.nodes ? [{ tag: 'v1' }] : [],
        complete: false,
        reason: { message: expect.stringContaining(reason) },
      });
    },
  );

  it.each([
    ['chosen', { options: { [SIGN_IN_OPTION]: 'deploy-token' } }],
    ['told by its name', {}],
  ])('types repositories for a deploy token, %s', async (_name, settings) => {
    const client = connect({
      credentials: deployToken,
      namespace: 'acme',
      ...settings,
    });
    const steps = await client.check();
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps[2]).toMatchObject({
      name: 'list',
      skipped: true,
      code: 'unsupported',
      message: expect.stringContaining('deploy tokens'),
    });
    await expect(client.listRepositories({})).rejects.toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('Type the names'),
    });
    const { items } = await client.listTags('acme/shop/web', {});
    expect(items).toContainEqual({ tag: 'v1.2.0' });
    expect(
      world.requests.lines('gitlab.com').filter(line => line.includes('/api/')),
    ).toEqual([]);
  });

  it('says that a token may sign in and not list', async () => {
    const client = connect({ credentials: weakToken, namespace: 'acme' });
    const [, authenticate, list] = await client.check();
    expect(authenticate.ok).toBe(true);
    expect(list).toMatchObject({
      ok: false,
      code: 'forbidden',
      hint: expect.stringContaining('read_api'),
    });
  });

  describe('a GitLab of one’s own', () => {
    it('gets the token only where it is known to belong', async () => {
      const client = connect({ namespace: 'acme' }, ownRegistry);
      const [ping] = await client.check();
      expect(ping).toMatchObject({
        ok: false,
        code: 'forbidden-address',
        hint: expect.stringContaining('git.example.com'),
      });
      expect(world.requests.list('git.example.com')).toEqual([]);
    });

    it.each<[string, ConnectionToOptions]>([
      ['its address', { options: { gitlabAddress: 'git.example.com' } }],
      [
        'the address of its API',
        { options: { gitlabAddress: 'https://git.example.com/api/v4/' } },
      ],
      ['an operator', { trustedRealms: ['git.example.com'] }],
    ])('is found by %s', async (_name, settings) => {
      const client = connect({ namespace: 'acme', ...settings }, ownRegistry);
      const steps = await client.check();
      expect(steps.filter(({ ok }) => !ok)).toEqual([]);
      const { items } = await client.listTags('acme/shop/web', {});
      expect(items).toHaveLength(5);
      expect(world.requests.list('gitlab.com')).toEqual([]);
    });
  });
});

describe('the form of GitLab', () => {
  const validate = (gitlabAddress: string) =>
    createGitlabProvider().validate!({
      address: ownRegistry,
      options: { gitlabAddress },
      credentials: token,
    });

  it.each(['', 'git.example.com', 'https://example.com/gitlab/'])(
    'takes %j for an address',
    text => {
      expect(validate(text)).toEqual({});
    },
  );

  it.each([
    'http://git.example.com',
    'ftp://git.example.com',
    'https://user:secret@git.example.com',
    'https://git.example.com?x=1',
  ])('refuses %s', text => {
    expect(validate(text)).toEqual({
      'options.gitlabAddress': expect.objectContaining({
        message: expect.stringMatching(/https/),
      }),
    });
  });
});
