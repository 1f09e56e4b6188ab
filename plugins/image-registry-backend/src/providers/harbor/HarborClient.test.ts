import { failureOf } from '@slipway/provider-tests';
import { harborAccounts, NIGHTLY_TAGS } from '@slipway/sandbox';
import { HARBOR_HOST, HarborWorld, loginOf } from './__testUtils__/harborWorld';

const { robot } = harborAccounts;

const bench = HarborWorld.create();

describe('Harbor', () => {
  it('lists projects and repositories with what it tells of them', async () => {
    const client = await bench.start();
    expect(await client.listNamespaces({})).toEqual({
      items: ['acme', 'opensource'],
      totalItems: 2,
      complete: true,
    });
    const all = await client.listRepositories({});
    expect(all).toMatchObject({ complete: true, totalItems: 6 });
    expect(all.items.at(-1)).toEqual({
      repository: 'opensource/tool',
      isPublic: true,
      pullCount: 7,
      updatedAt: expect.any(String),
    });
    const acme = await client.listRepositories({ namespace: 'acme' });
    expect(acme.items).toContainEqual({
      repository: 'acme/backend/worker',
      isPublic: false,
      pullCount: 7,
      updatedAt: '2026-11-03T08:00:00.000Z',
    });
    const found = await client.listRepositories({ search: 'WORK' });
    expect(found.items).toHaveLength(1);
  });

  it('says nothing of visibility where it may not be read', async () => {
    const client = await bench.start();
    bench.world.faults.add({
      path: '/projects/acme$',
      effect: { kind: 'status', status: 403 },
    });
    const { items } = await client.listRepositories({ namespace: 'acme' });
    expect(items).not.toHaveLength(0);
    expect(items.every(({ isPublic }) => isPublic === undefined)).toBe(true);
  });

  it('keeps to the project that is set', async () => {
    const client = await bench.start({
      credentials: loginOf(robot),
      namespace: 'opensource',
    });
    expect((await client.listNamespaces({})).items).toEqual(['opensource']);
    expect((await client.listRepositories({})).items).toHaveLength(1);
  });

  it('tells of a tag all that Harbor knows', async () => {
    const client = await bench.start();
    const { items, complete } = await client.listTags('acme/web', {});
    expect(complete).toBe(true);
    expect(items.map(({ tag }) => tag)).toEqual([
      '1.2',
      'latest',
      'v1.2.0',
      'v1.1.0',
      'v1.0.0',
    ]);
    expect(items[2]).toEqual({
      tag: 'v1.2.0',
      digest: expect.stringMatching(/^sha256:/),
      pushedAt: '2026-11-04T09:30:00.000Z',
      size: expect.any(Number),
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64', variant: 'v8' },
      ],
      scan: {
        status: 'finished',
        counts: {},
        fixable: 0,
        scanner: 'Trivy v0.57.1',
        finishedAt: '2026-11-16T09:30:08.000Z',
      },
      signatures: ['cosign'],
      immutable: true,
    });
    expect(items[3]).toMatchObject({
      scan: { status: 'pending' },
      signatures: [],
      immutable: false,
    });
    expect(items[4].scan).toMatchObject({
      status: 'finished',
      severity: 'critical',
      counts: { critical: 1, high: 4, medium: 12, unknown: 2 },
      fixable: 9,
    });
  });

  it('reads all pages of tags', async () => {
    const client = await bench.start();
    const tags = await client.listTags('acme/nightly', {});
    expect(tags).toMatchObject({ totalItems: NIGHTLY_TAGS, complete: true });
    expect(tags.items[0].tag).toBe('build-0130');
    expect(tags.items.at(-1)?.pushedAt).toBe('2026-09-12T21:30:00.000Z');
    const some = await client.listTags('acme/nightly', { search: '012' });
    expect(some.items).toHaveLength(11);
  });

  it('encodes nested names twice', async () => {
    const client = await bench.start();
    const tags = await client.listTags('acme/backend/worker', {});
    expect(tags.items).toMatchObject([{ tag: '1.0.0' }]);
    expect(bench.world.requests.lines(HARBOR_HOST)[0]).toContain(
      '/repositories/backend%252Fworker/artifacts?',
    );
  });

  it('finds nested names behind a proxy that decodes once', async () => {
    const client = await bench.start(undefined, { decodingProxy: true });
    for (let time = 0; time < 2; time++) {
      const tags = await client.listTags('acme/backend/worker', {});
      expect(tags.items).toHaveLength(1);
    }
    // The second listing knew how.
    expect(bench.world.requests.list(HARBOR_HOST)).toHaveLength(3);
  });

  it.each(['acme/none', 'acme/none/nested', 'noproject'])(
    'says that the repository %s does not exist',
    async repository => {
      const client = await bench.start();
      const error = await failureOf(client.listTags(repository, {}));
      expect(error).toMatchObject({ code: 'not-found' });
      expect(error.message).toContain(repository);
    },
  );

  it('never sends a cookie back, so that it needs no CSRF token', async () => {
    const client = await bench.start();
    await client.listRepositories({ namespace: 'acme' });
    await client.createWebhook({
      name: 'portal',
      url: 'https://portal.example.com/hook',
      secret: 'secret-of-the-hook',
      place: 'acme',
    });
    const cookies = bench.world.requests
      .list(HARBOR_HOST)
      .filter(({ headers }) => headers.cookie !== undefined);
    expect(cookies).toEqual([]);
  });
});

describe('logins of Harbor for clusters', () => {
  it('are the robot account itself, which is the portal’s', async () => {
    const client = await bench.start();
    expect(await client.pullCredential()).toEqual({
      ...loginOf(robot),
      from: 'manage',
    });
  });
});
