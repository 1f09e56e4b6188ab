import {
  RegistryClient,
  RegistryConnection,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  dockerHubAccounts,
  NIGHTLY_TAGS,
  SimulatedDockerHub,
  startVendorWorld,
  VendorClock,
  VendorWorld,
} from '@slipway/sandbox';
import { createDockerHubProvider } from './createDockerHubProvider';

const HUB = 'hub.docker.com';
const { organization, personal } = dockerHubAccounts;

const login = (account: { username: string; secret: string }) => ({
  username: account.username,
  password: account.secret,
});

let world: VendorWorld;
let hub: SimulatedDockerHub;
let connection: RegistryConnection;
const clock = new VendorClock();

async function start(
  settings: ConnectionToOptions = { credentials: login(personal) },
  address = 'docker.io',
): Promise<Required<RegistryClient>> {
  hub = SimulatedDockerHub.create({ clock });
  world = await startVendorWorld({ vendors: [hub] });
  const provider = createDockerHubProvider();
  connection = connectionTo(provider, address, world, settings);
  return provider.connect(connection) as Required<RegistryClient>;
}

const failure = (work: Promise<unknown>): Promise<RegistryError> =>
  work.then(
    () => Promise.reject(new Error('nothing failed')),
    error => error,
  );

describe('the address of Docker Hub', () => {
  it.each([
    'docker.io',
    'https://docker.io',
    'http://docker.io',
    'index.docker.io',
    'registry-1.docker.io',
    'registry.hub.docker.com',
    'https://hub.docker.com/r/acme/web',
    'https://index.docker.io/v1/',
  ])('may be spelled %s', text => {
    const provider = createDockerHubProvider();
    expect(provider.normalizeAddress!(text)).toBe(
      'https://registry-1.docker.io',
    );
  });

  it('is no other', () => {
    const provider = createDockerHubProvider();
    expect(() => provider.normalizeAddress!('quay.io')).toThrow(
      'quay.io is not Docker Hub',
    );
  });
});

describe('Docker Hub', () => {
  afterEach(() => world.stop());

  it('lists what the account has', async () => {
    const client = await start();
    expect(await client.listNamespaces({})).toMatchObject({
      items: ['ada', 'acme'],
      complete: true,
    });
    const all = await client.listRepositories({});
    expect(all).toMatchObject({ complete: true, totalItems: 5 });
    expect(all.items[0]).toEqual({
      repository: 'ada/notes',
      isPublic: false,
      pullCount: 4711,
      updatedAt: expect.any(String),
    });
    const found = await client.listRepositories({ search: 'NIGHT' });
    expect(found.items).toMatchObject([{ repository: 'acme/nightly' }]);
  });

  it('takes an organization token for its organization', async () => {
    const client = await start({ credentials: login(organization) });
    expect((await client.listNamespaces({})).items).toEqual(['acme']);
    expect((await client.listRepositories({})).items).toHaveLength(4);
  });

  it('reads public images without an account', async () => {
    const client = await start({});
    expect((await client.listNamespaces({})).items).toEqual(['library']);
    expect((await client.listRepositories({})).items).toMatchObject([
      {
        repository: 'library/nginx',
        isPublic: true,
        description: 'An official image',
      },
    ]);
    const tags = await client.listTags('library/nginx', {});
    expect(tags.items).toMatchObject([{ tag: 'latest' }]);
    const { digest } = await client.resolve('library/nginx', 'latest');
    expect(digest).toBe(tags.items[0].digest);
    const open = world.requests
      .list()
      .every(({ headers }) => !/^basic/i.test(headers.authorization ?? ''));
    expect(open).toBe(true);
  });

  it('tells of a tag all that Docker Hub knows', async () => {
    const client = await start();
    const { items, complete } = await client.listTags('acme/web', {});
    expect(complete).toBe(true);
    expect(items.find(({ tag }) => tag === 'v1.2.0')).toEqual({
      tag: 'v1.2.0',
      digest: expect.stringMatching(/^sha256:/),
      pushedAt: '2026-11-04T09:30:00.000Z',
      size: expect.any(Number),
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64', variant: 'v8' },
      ],
      pushedBy: 'ada',
    });
  });

  it('reads all pages of tags', async () => {
    const client = await start();
    const tags = await client.listTags('acme/nightly', {});
    expect(tags).toMatchObject({ totalItems: NIGHTLY_TAGS, complete: true });
    expect(tags.items[0].tag).toBe('build-0130');
  });

  it('adds the names of the protocol beyond what it reads from the API', async () => {
    const client = await start();
    const entries = Array.from({ length: 100 }, (_, index) => index);
    for (let page = 1; page <= 50; page++) {
      world.faults.add({
        host: HUB,
        path: `/tags\\?page=${page}&`,
        effect: {
          kind: 'status',
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({
            count: 5_130,
            results: entries.map(index => ({ name: `v${page}.${index}` })),
          }),
        },
      });
    }
    const tags = await client.listTags('acme/nightly', {});
    expect(tags).toMatchObject({ complete: true, totalItems: NIGHTLY_TAGS });
  });

  it('does not call a listing whole of which a page is missing', async () => {
    const client = await start();
    world.faults.add({
      host: HUB,
      path: '/tags\\?page=2&',
      effect: { kind: 'status', status: 500 },
    });
    const tags = await client.listTags('acme/nightly', {});
    expect(tags.items).toHaveLength(100);
    expect(tags).toMatchObject({
      complete: false,
      reason: expect.stringContaining('A page could not be read'),
    });
  });

  it('survives tags with little to tell', async () => {
    const client = await start();
    world.faults.add({
      host: HUB,
      path: '/tags\\?',
      effect: {
        kind: 'status',
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          count: 5,
          results: [
            { name: 'old', digest: '', images: null, last_updated: null },
            { name: 'bad tag' },
            {},
            null,
            { name: `sha256-${'b'.repeat(64)}.sig` },
          ],
        }),
      },
    });
    expect(await client.listTags('acme/web', {})).toEqual({
      items: [{ tag: 'old' }],
      totalItems: 1,
      complete: true,
    });
  });

  it.each(['a/b/c', 'acme/none', 'nobody/web'])(
    'says that %s does not exist',
    async repository => {
      const client = await start();
      const error = await failure(client.listTags(repository, {}));
      expect(error).toMatchObject({ code: 'not-found' });
      expect(error.message).toContain(repository);
    },
  );
});

describe('sign-in to Docker Hub', () => {
  afterEach(() => world.stop());

  const signIns = () =>
    world.requests
      .list(HUB)
      .filter(({ url }) => url.pathname.endsWith('token'));

  it('happens once for what is asked at once', async () => {
    const client = await start();
    await Promise.all([
      client.listNamespaces({}),
      client.listRepositories({}),
      client.listTags('acme/web', {}),
    ]);
    expect(signIns()).toHaveLength(1);
  });

  it('happens again before the token ends', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout'],
    });
    try {
      const client = await start();
      await client.listNamespaces({});
      jest.setSystemTime(Date.now() + 7 * 60_000);
      await client.listNamespaces({});
      expect(signIns()).toHaveLength(1);
      jest.setSystemTime(Date.now() + 60_000);
      await client.listNamespaces({});
      expect(signIns()).toHaveLength(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('happens again when the token was revoked', async () => {
    const client = await start();
    await client.listNamespaces({});
    hub.hub.revokeTokens();
    expect((await client.listNamespaces({})).items).toHaveLength(2);
    expect(signIns()).toHaveLength(2);
  });

  it('waits for as long as the API asks with its own header', async () => {
    const client = await start();
    world.faults.add({
      host: HUB,
      path: '/tags\\?',
      effect: {
        kind: 'status',
        status: 429,
        headers: {
          'X-Retry-After': String(Math.floor(Date.now() / 1000) + 30),
        },
      },
    });
    const error = await failure(client.listTags('acme/web', {}));
    expect(error.code).toBe('rate-limited');
    expect(error.retryAfterMs).toBeGreaterThan(28_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(30_000);
  });
});

describe('the check of Docker Hub', () => {
  afterEach(() => world.stop());

  it.each([
    ['a personal token', login(personal), undefined, 'ada/notes'],
    ['a personal token and a namespace', login(personal), 'acme', 'acme/api'],
    ['an organization token', login(organization), undefined, 'acme/api'],
    ['nobody', undefined, undefined, 'library/nginx'],
  ])(
    'takes four requests with %s',
    async (_, credentials, namespace, sample) => {
      const client = await start({ credentials, namespace });
      expect(await client.check()).toMatchObject([
        { name: 'ping', ok: true },
        { name: 'authenticate', ok: true },
        {
          name: 'list',
          ok: true,
          message: expect.stringMatching(/^\d repositories in /),
        },
        { name: 'pull', ok: true, message: sample },
      ]);
      expect(world.requests.list()).toHaveLength(4);
    },
  );

  it('learns how many pulls are left, without using one up', async () => {
    const client = await start();
    hub.limits.use(personal.username, 63);
    await client.check();
    await client.check();
    expect(connection.http.budget()).toMatchObject({
      limit: 200,
      remaining: 137,
    });
  });

  it('learns the limit of the API where pulls are not counted', async () => {
    const client = await start({ credentials: login(organization) });
    await client.check();
    expect(connection.http.budget()).toMatchObject({ limit: 180 });
  });

  it('tells a wrong token, and what belongs to which', async () => {
    const client = await start({
      credentials: { username: 'ada', password: 'not-the-token' },
    });
    const steps = await client.check();
    expect(steps).toMatchObject([
      { name: 'ping', ok: true },
      {
        name: 'authenticate',
        ok: false,
        code: 'unauthenticated',
        hint: expect.stringContaining('name of its organization'),
      },
      { name: 'list', skipped: true },
      { name: 'pull', skipped: true },
    ]);
    expect(JSON.stringify(steps)).not.toContain('not-the-token');
  });

  it('asks the registry itself when there is nothing to pull', async () => {
    const client = await start();
    world.faults.add({
      host: HUB,
      path: '/repositories\\?',
      effect: {
        kind: 'status',
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ count: 0, results: [] }),
      },
    });
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true, message: '0 repositories in ada' },
      { name: 'pull', ok: true, skipped: true },
    ]);
    expect(world.requests.list('registry-1.docker.io')).toHaveLength(1);
  });

  it('says that the registry does not answer', async () => {
    const client = await start();
    world.faults.add({
      host: 'registry-1.docker.io',
      effect: { kind: 'status', status: 503 },
    });
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: false, code: 'server-error' },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true },
      { name: 'pull', ok: false },
    ]);
  });

  it('says that the limit of pulls is used up', async () => {
    const client = await start();
    hub.limits.use(personal.username, 200);
    await client.check();
    expect(connection.http.budget().remaining).toBe(0);
    const error = await failure(client.inspect('acme/web', 'latest'));
    expect(error).toMatchObject({ code: 'rate-limited' });
  });
});

describe('logins of Docker Hub for clusters', () => {
  afterEach(() => world.stop());

  it('are the portal’s, as long as there is no other', async () => {
    const client = await start();
    expect(await client.pullCredential()).toEqual({
      ...login(personal),
      from: 'manage',
    });
  });
});
