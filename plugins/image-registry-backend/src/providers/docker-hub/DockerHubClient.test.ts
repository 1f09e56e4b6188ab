import { failureOf } from '@slipway/provider-tests';
import { dockerHubAccounts, NIGHTLY_TAGS } from '@slipway/sandbox';
import {
  DockerHubWorld,
  HUB_HOST,
  loginOf,
} from './__testUtils__/dockerHubWorld';

const { organization, personal } = dockerHubAccounts;
const bench = DockerHubWorld.create();

describe('Docker Hub', () => {
  it('lists what the account has', async () => {
    const client = await bench.start();
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
    const client = await bench.start({ credentials: loginOf(organization) });
    expect((await client.listNamespaces({})).items).toEqual(['acme']);
    expect((await client.listRepositories({})).items).toHaveLength(4);
  });

  it('reads public images without an account', async () => {
    const client = await bench.start({});
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
    const open = bench.world.requests
      .list()
      .every(({ headers }) => !/^basic/i.test(headers.authorization ?? ''));
    expect(open).toBe(true);
  });

  it('tells of a tag all that Docker Hub knows', async () => {
    const client = await bench.start();
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
    const client = await bench.start();
    const tags = await client.listTags('acme/nightly', {});
    expect(tags).toMatchObject({ totalItems: NIGHTLY_TAGS, complete: true });
    expect(tags.items[0].tag).toBe('build-0130');
  });

  it('adds the names of the protocol beyond what it reads from the API', async () => {
    const client = await bench.start();
    const entries = Array.from({ length: 100 }, (_, index) => index);
    for (let page = 1; page <= 50; page++) {
      bench.world.faults.add({
        host: HUB_HOST,
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
    const client = await bench.start();
    bench.world.faults.add({
      host: HUB_HOST,
      path: '/tags\\?page=2&',
      effect: { kind: 'status', status: 500 },
    });
    const tags = await client.listTags('acme/nightly', {});
    expect(tags.items).toHaveLength(100);
    expect(tags).toMatchObject({
      complete: false,
      reason: { message: expect.stringContaining('A page could not be read') },
    });
  });

  it('survives tags with little to tell', async () => {
    const client = await bench.start();
    bench.world.faults.add({
      host: HUB_HOST,
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
      const client = await bench.start();
      const error = await failureOf(client.listTags(repository, {}));
      expect(error).toMatchObject({ code: 'not-found' });
      expect(error.message).toContain(repository);
    },
  );
});

describe('logins of Docker Hub for clusters', () => {
  it('are the portal’s, as long as there is no other', async () => {
    const client = await bench.start();
    expect(await client.pullCredential()).toEqual({
      ...loginOf(personal),
      from: 'manage',
    });
  });
});
