import { NIGHTLY_TAGS } from '@slipway/sandbox';
import { createJFrogProvider } from './createJFrogProvider';
import { JFROG_CLOUD, JFrogWorld } from './__testUtils__/jfrogWorld';

const bench = JFrogWorld.create();

describe('JFrog Artifactory', () => {
  it('lists the repositories for images as namespaces', async () => {
    expect(await bench.connect().listNamespaces({})).toEqual({
      items: ['docker', 'docker-hub', 'docker-local'],
      totalItems: 3,
      complete: true,
    });
  });

  it('lists the images of a repository key, and of all', async () => {
    const client = bench.connect();
    const one = await client.listRepositories({ namespace: 'docker-local' });
    const names = one.items.map(({ repository }) => repository);
    expect(one.complete).toBe(true);
    expect(names).toEqual([
      'docker-local/acme/api',
      'docker-local/acme/chart',
      'docker-local/acme/nightly',
      'docker-local/acme/web',
    ]);
    const all = await client.listRepositories({ search: 'nginx' });
    expect(all.items).toEqual([{ repository: 'docker-hub/library/nginx' }]);
    // The remote repository shows its cache alone.
    expect(all).toMatchObject({
      complete: false,
      reason: { message: expect.stringContaining('docker-hub') },
    });
  });

  it('tells time, digest and size of all tags from one query', async () => {
    const page = await bench.connect().listTags('docker-local/acme/web', {});
    expect(page).toMatchObject({ complete: true, totalItems: 5 });
    const latest = page.items.find(({ tag }) => tag === 'latest');
    const { digest } = await bench
      .connect()
      .resolve('docker-local/acme/web', 'latest');
    // The size of an index is that of its children, in folders of their own.
    expect(latest).toEqual({
      tag: 'latest',
      digest,
      pushedAt: '2026-11-04T09:30:00.000Z',
      pushedBy: 'ci',
    });
    const [api] = (await bench.connect().listTags('docker-local/acme/api', {}))
      .items;
    expect(api.size).toBeGreaterThan(100);
    const queries = bench.world.requests
      .lines()
      .filter(line => line.includes('/aql'));
    expect(queries).toHaveLength(2);
  });

  it('puts tags together across the pages of a query', async () => {
    const small = createJFrogProvider({ aqlRows: 7 });
    const client = bench.connect({}, JFROG_CLOUD, small);
    const repository = 'docker-local/acme/nightly';
    const paged = await client.listTags(repository, {});
    expect(paged.items).toHaveLength(NIGHTLY_TAGS);
    expect(paged).toEqual(await bench.connect().listTags(repository, {}));
  });

  it('falls back on the storage when the query is refused', async () => {
    const queried = await bench.connect().listTags('docker-local/acme/api', {});
    bench.refuse('/api/search/aql');
    const listed = await bench.connect().listTags('docker-local/acme/api', {});
    expect(listed).toEqual({
      ...queried,
      items: queried.items.map(({ pushedBy, ...item }) => item),
    });
  });

  it("falls back on Docker's list when Artifactory tells nothing", async () => {
    bench.refuse('/api/search/aql|/api/storage/');
    const page = await bench.connect().listTags('docker-local/acme/web', {});
    expect(page.items).toContainEqual({ tag: 'latest' });
    expect(page).toMatchObject({ complete: true, totalItems: 5 });
  });

  it('takes no throttled answer for a refusal', async () => {
    bench.refuse('/api/search/aql', 429);
    await expect(
      bench.connect().listTags('docker-local/acme/web', {}),
    ).rejects.toMatchObject({ code: 'rate-limited' });
  });

  it('says when Artifactory cut the results by itself', async () => {
    bench.world.faults.add({
      path: '/api/search/aql',
      effect: {
        kind: 'status',
        status: 200,
        body: {
          results: [],
          range: { notification: 'AQL query reached the search hard limit' },
        },
      },
    });
    expect(
      await bench.connect().listTags('docker-local/acme/web', {}),
    ).toMatchObject({
      complete: false,
      reason: { message: expect.stringContaining('hard limit') },
    });
  });

  it.each([
    ['docker-hub/library/nginx', ['1.27']],
    ['docker/acme/api', ['2.0.0', 'latest']],
  ])('lists the tags of the remote or virtual %s', async (name, tags) => {
    const page = await bench.connect().listTags(name, {});
    // Digests that Docker's list has among the tags are left out.
    expect(page.items.map(({ tag }) => tag)).toEqual(tags);
    expect(page.items[0]).toMatchObject({
      pushedAt: expect.any(String),
      digest: expect.stringMatching(/^sha256:/),
    });
  });

  it.each([
    ['the subdomain', 'https://docker-local.artifactory.example.com', {}],
    [
      'the port',
      'https://artifactory.example.com:5001',
      { accessMethod: 'port', repositoryKey: 'docker-local' },
    ],
  ])('reaches a repository by %s', async (_, address, options) => {
    const client = bench.connect(
      {
        options: {
          accessMethod: 'subdomain',
          apiAddress: 'https://artifactory.example.com',
          ...options,
        },
      },
      address,
    );
    const images = await client.listRepositories({});
    expect(images.items).toContainEqual({ repository: 'acme/web' });
    const tags = await client.listTags('acme/web', {});
    expect(tags.items[0].pushedAt).toMatch(/^20\d\d-/);
    expect((await client.resolve('acme/web', 'latest')).digest).toMatch(/^sha/);
    expect(await client.listNamespaces({})).toMatchObject({ items: [] });
    expect((await client.check()).every(step => step.ok)).toBe(true);
  });

  it('makes do with Docker where nothing else of Artifactory is served', async () => {
    bench.refuse('/artifactory/', 404);
    const client = bench.connect(
      { options: { accessMethod: 'subdomain' } },
      'https://docker-local.artifactory.example.com',
    );
    const [, , list, pull] = await client.check();
    expect([list, pull]).toMatchObject([
      { ok: true, message: expect.stringContaining('Artifactory URL') },
      { ok: true, message: 'acme/api' },
    ]);
    const images = await client.listRepositories({});
    expect(images.items).toContainEqual({ repository: 'acme/web' });
    expect(await client.listTags('acme/web', {})).toMatchObject({
      complete: true,
      totalItems: 5,
    });
  });

  it('tells what does not exist from what is forbidden', async () => {
    const client = bench.connect();
    await expect(
      client.resolve('docker-local/acme/web', 'v9'),
    ).rejects.toMatchObject({ code: 'not-found' });
    bench.refuse('/manifests/');
    await expect(
      client.resolve('docker-local/acme/web', 'latest'),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(client.listTags('web', {})).rejects.toThrow(
      'begin with the repository key',
    );
    await expect(
      client.listTags('docker-local/acme/none', {}),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
