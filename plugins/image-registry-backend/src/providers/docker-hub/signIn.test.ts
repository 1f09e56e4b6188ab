import { failureOf } from '@slipway/provider-tests';
import { dockerHubAccounts } from '@slipway/sandbox';
import {
  DockerHubWorld,
  HUB_HOST,
  loginOf,
} from './__testUtils__/dockerHubWorld';

const { organization, personal } = dockerHubAccounts;
const bench = DockerHubWorld.create();

describe('sign-in to Docker Hub', () => {
  const signIns = () =>
    bench.world.requests
      .list(HUB_HOST)
      .filter(({ url }) => url.pathname.endsWith('token'));

  it('happens once for what is asked at once', async () => {
    const client = await bench.start();
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
      const client = await bench.start();
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
    const client = await bench.start();
    await client.listNamespaces({});
    bench.dockerHub.hub.revokeTokens();
    expect((await client.listNamespaces({})).items).toHaveLength(2);
    expect(signIns()).toHaveLength(2);
  });

  it('waits for as long as the API asks with its own header', async () => {
    const client = await bench.start();
    bench.world.faults.add({
      host: HUB_HOST,
      path: '/tags\\?',
      effect: {
        kind: 'status',
        status: 429,
        headers: {
          'X-Retry-After': String(Math.floor(Date.now() / 1000) + 30),
        },
      },
    });
    const error = await failureOf(client.listTags('acme/web', {}));
    expect(error.code).toBe('rate-limited');
    expect(error.retryAfterMs).toBeGreaterThan(28_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(30_000);
  });
});

describe('the check of Docker Hub', () => {
  it.each([
    ['a personal token', loginOf(personal), undefined, 'ada/notes'],
    ['a personal token and a namespace', loginOf(personal), 'acme', 'acme/api'],
    ['an organization token', loginOf(organization), undefined, 'acme/api'],
    ['nobody', undefined, undefined, 'library/nginx'],
  ])(
    'takes four requests with %s',
    async (_, credentials, namespace, sample) => {
      const client = await bench.start({ credentials, namespace });
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
      expect(bench.world.requests.list()).toHaveLength(4);
    },
  );

  it('learns how many pulls are left, without using one up', async () => {
    const client = await bench.start();
    bench.dockerHub.limits.use(personal.username, 63);
    await client.check();
    await client.check();
    expect(bench.connection.http.budget()).toMatchObject({
      limit: 200,
      remaining: 137,
    });
  });

  it('learns the limit of the API where pulls are not counted', async () => {
    const client = await bench.start({ credentials: loginOf(organization) });
    await client.check();
    expect(bench.connection.http.budget()).toMatchObject({ limit: 180 });
  });

  it('tells a wrong token, and what belongs to which', async () => {
    const client = await bench.start({
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
    const client = await bench.start();
    bench.world.faults.add({
      host: HUB_HOST,
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
    expect(bench.world.requests.list('registry-1.docker.io')).toHaveLength(1);
  });

  it('says that the registry does not answer', async () => {
    const client = await bench.start();
    bench.world.faults.add({
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
    const client = await bench.start();
    bench.dockerHub.limits.use(personal.username, 200);
    await client.check();
    expect(bench.connection.http.budget().remaining).toBe(0);
    const error = await failureOf(client.inspect('acme/web', 'latest'));
    expect(error).toMatchObject({ code: 'rate-limited' });
  });
});
