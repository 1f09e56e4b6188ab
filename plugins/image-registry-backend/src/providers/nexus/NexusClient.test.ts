import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  NIGHTLY_TAGS,
  nexusAccounts,
  SimulatedNexus,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createNexusProvider } from './createNexusProvider';

const nexusUrl = 'https://nexus.example.com';
const { portal, weak } = nexusAccounts;
const password = { username: portal.username, password: portal.password };
const byPort = {
  apiAddress: nexusUrl,
  repositoryName: 'docker-hosted',
};

describe('Sonatype Nexus', () => {
  const provider = createNexusProvider();
  let world: VendorWorld;

  beforeEach(async () => {
    world = await startVendorWorld({ vendors: [SimulatedNexus.create()] });
  });
  afterEach(() => world.stop());

  const connect = (
    settings: ConnectionToOptions = {},
    address = `${nexusUrl}:5000`,
  ): RegistryClient =>
    provider.connect(
      connectionTo(provider, address, world, {
        credentials: password,
        options: byPort,
        ...settings,
      }),
    );

  it('tells time and digest of each tag, and leaves out nulls', async () => {
    const client = connect();
    const page = await client.listTags('acme/web', {});
    const { digest } = await client.resolve('acme/web', 'latest');
    expect(page).toMatchObject({ complete: true, totalItems: 5 });
    expect(page.items.find(({ tag }) => tag === 'latest')).toEqual({
      tag: 'latest',
      digest,
      pushedAt: '2026-11-04T09:30:00.000Z',
      pushedBy: 'ci',
    });
  });

  it('reads the search to its end', async () => {
    const page = await connect().listTags('acme/nightly', {});
    expect(page).toMatchObject({ complete: true, totalItems: NIGHTLY_TAGS });
    expect(page.items.every(({ pushedAt }) => pushedAt)).toBe(true);
    const searches = world.requests.lines().filter(l => l.includes('/search'));
    expect(searches).toHaveLength(3);
  });

  it('goes on where a Link leads behind the connector', async () => {
    const client = connect({ options: {} });
    const first = await client.listTags('acme/nightly', { limit: 100 });
    const second = await client.listTags('acme/nightly', {
      limit: 100,
      cursor: first.nextCursor,
    });
    expect(first.items.length + second.items.length).toBe(NIGHTLY_TAGS);
    expect(second.nextCursor).toBeUndefined();
  });

  it('says when the search was cut', async () => {
    world.faults.add({
      path: '/search',
      skip: 1,
      effect: { kind: 'status', status: 503 },
    });
    const page = await connect().listTags('acme/nightly', {});
    expect(page.items).toHaveLength(NIGHTLY_TAGS);
    expect(page).toMatchObject({
      complete: false,
      reason: { message: expect.stringContaining('A page could not be read') },
    });
  });

  it('has the names although the search is refused', async () => {
    world.faults.add({
      path: '/search',
      effect: { kind: 'status', status: 403 },
    });
    const page = await connect().listTags('acme/web', {});
    expect(page).toMatchObject({ complete: true, totalItems: 5 });
    expect(page.items).toContainEqual({ tag: 'latest' });
  });

  it('lists images of a connector, of a path, and of all repositories', async () => {
    const names = async (client: RegistryClient, namespace?: string) =>
      (await client.listRepositories({ namespace })).items.map(
        ({ repository }) => repository,
      );
    const images = ['acme/api', 'acme/chart', 'acme/nightly', 'acme/web'];
    expect(await names(connect())).toEqual(images);
    const byPath = connect({ options: { routing: 'path' } }, nexusUrl);
    expect(await byPath.listNamespaces!({})).toMatchObject({
      items: ['docker-group', 'docker-hosted', 'docker-hub'],
    });
    expect(await names(byPath, 'docker-hosted')).toEqual(
      images.map(image => `docker-hosted/${image}`),
    );
    const all = await byPath.listRepositories({ search: 'nginx' });
    expect(all).toMatchObject({
      items: [{ repository: 'docker-hub/library/nginx' }],
      complete: false,
      reason: {
        message: expect.stringContaining('Of docker-hub, which passes on'),
      },
    });
    // The same by Docker's protocol alone.
    expect(await names(connect({ options: {} }))).toEqual(images);
  });

  it.each<[string, string, ConnectionToOptions['options'], string]>([
    ['a port', `${nexusUrl}:5000`, byPort, 'acme/web'],
    ['a port alone', `${nexusUrl}:5000`, {}, 'acme/web'],
    [
      'the port of a group',
      `${nexusUrl}:5001`,
      { apiAddress: nexusUrl, repositoryName: 'docker-group' },
      'acme/web',
    ],
    [
      'a subdomain',
      'https://docker-hosted.nexus.example.com',
      { routing: 'subdomain', apiAddress: nexusUrl },
      'acme/web',
    ],
    ['a path', nexusUrl, { routing: 'path' }, 'docker-hosted/acme/web'],
  ])('checks and resolves by %s', async (_, address, options, repository) => {
    const client = connect({ options }, address);
    const steps = await client.check();
    expect(steps.map(({ name, ok }) => [name, ok])).toEqual([
      ['ping', true],
      ['authenticate', true],
      ['list', true],
      ['pull', true],
    ]);
    expect(world.requests.list().length).toBeLessThanOrEqual(4);
    expect((await client.resolve(repository, 'latest')).digest).toMatch(/^sha/);
    const tags = await client.listTags(repository, {});
    expect(tags.totalItems).toBe(5);
  });

  it('signs in by a user token', async () => {
    const { tokenName, tokenPass } = portal;
    const client = connect({
      credentials: { tokenName, tokenPass },
      options: { ...byPort, signIn: 'user-token' },
    });
    expect((await client.check()).every(({ ok }) => ok)).toBe(true);
    expect(await client.pullCredential!()).toEqual({
      username: tokenName,
      password: tokenPass,
      from: 'manage',
    });
  });

  it('names the privilege that is missing', async () => {
    const client = connect(
      {
        credentials: { username: weak.username, password: weak.password },
        options: { routing: 'path' },
        namespace: 'docker-hosted',
      },
      nexusUrl,
    );
    const list = client.listRepositories({});
    await expect(list).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining(
        'The account newcomer lacks the privilege "nx-repository-view-docker-docker-hosted-browse"',
      ),
    });
  });

  it('says that a repository or an image does not exist', async () => {
    const client = connect({ options: { ...byPort, repositoryName: 'none' } });
    await expect(client.listRepositories({})).rejects.toMatchObject({
      code: 'not-found',
      message: 'Sonatype Nexus: there is no repository none',
    });
    await expect(connect().listTags('acme/none', {})).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('finds what is wrong in the API address', () => {
    const problems = provider.validate!({
      address: nexusUrl,
      options: { apiAddress: 'ftp://nexus' },
    });
    expect(Object.keys(problems)).toEqual(['options.apiAddress']);
  });

  it.each([
    ['https://docker.example.com', true, ['options.apiAddress']],
    ['https://docker.example.com', false, []],
    ['http://docker.internal:5000', true, []],
  ])(
    'checks an API by plain http beside %s, signed in: %s',
    (address, isSignedIn, fields) => {
      const problems = provider.validate!({
        address,
        options: { apiAddress: 'http://nexus.internal:8081' },
        ...(isSignedIn && {
          credentials: { username: 'portal', password: 'hunter22' },
        }),
      });
      expect(Object.keys(problems)).toEqual(fields);
    },
  );
});
