import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  jfrogAccounts,
  NIGHTLY_TAGS,
  SimulatedJFrog,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createJFrogProvider } from './createJFrogProvider';

const cloud = 'https://acme.jfrog.io';
const { admin, portal, weak } = jfrogAccounts;
const password = { username: portal.username, password: portal.password };

describe('JFrog Artifactory', () => {
  const provider = createJFrogProvider();
  let jfrog: SimulatedJFrog;
  let world: VendorWorld;

  beforeEach(async () => {
    jfrog = SimulatedJFrog.create();
    world = await startVendorWorld({ vendors: [jfrog] });
  });
  afterEach(() => world.stop());

  const connect = (
    settings: ConnectionToOptions = {},
    address = cloud,
  ): RegistryClient =>
    provider.connect(
      connectionTo(provider, address, world, {
        credentials: password,
        ...settings,
      }),
    );
  const refuse = (path: string, status = 403) =>
    world.faults.add({ path, effect: { kind: 'status', status } });

  it('lists the repositories for images as namespaces', async () => {
    expect(await connect().listNamespaces!({})).toEqual({
      items: ['docker', 'docker-hub', 'docker-local'],
      totalItems: 3,
      complete: true,
    });
  });

  it('lists the images of a repository key, and of all', async () => {
    const client = connect();
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
      reason: expect.stringContaining('docker-hub'),
    });
  });

  it('tells time, digest and size of all tags from one query', async () => {
    const page = await connect().listTags('docker-local/acme/web', {});
    expect(page).toMatchObject({ complete: true, totalItems: 5 });
    const latest = page.items.find(({ tag }) => tag === 'latest');
    const { digest } = await connect().resolve(
      'docker-local/acme/web',
      'latest',
    );
    // The size of an index is that of its children, in folders of their own.
    expect(latest).toEqual({
      tag: 'latest',
      digest,
      pushedAt: '2026-11-04T09:30:00.000Z',
      pushedBy: 'ci',
    });
    const [api] = (await connect().listTags('docker-local/acme/api', {})).items;
    expect(api.size).toBeGreaterThan(100);
    const queries = world.requests
      .lines()
      .filter(line => line.includes('/aql'));
    expect(queries).toHaveLength(2);
  });

  it('puts tags together across the pages of a query', async () => {
    const small = createJFrogProvider({ aqlRows: 7 });
    const client = small.connect(
      connectionTo(small, cloud, world, { credentials: password }),
    );
    const repository = 'docker-local/acme/nightly';
    const paged = await client.listTags(repository, {});
    expect(paged.items).toHaveLength(NIGHTLY_TAGS);
    expect(paged).toEqual(await connect().listTags(repository, {}));
  });

  it('falls back on the storage when the query is refused', async () => {
    const queried = await connect().listTags('docker-local/acme/api', {});
    refuse('/api/search/aql');
    const listed = await connect().listTags('docker-local/acme/api', {});
    expect(listed).toEqual({
      ...queried,
      items: queried.items.map(({ pushedBy, ...item }) => item),
    });
  });

  it("falls back on Docker's list when Artifactory tells nothing", async () => {
    refuse('/api/search/aql|/api/storage/');
    const page = await connect().listTags('docker-local/acme/web', {});
    expect(page.items).toContainEqual({ tag: 'latest' });
    expect(page).toMatchObject({ complete: true, totalItems: 5 });
  });

  it('takes no throttled answer for a refusal', async () => {
    refuse('/api/search/aql', 429);
    await expect(
      connect().listTags('docker-local/acme/web', {}),
    ).rejects.toMatchObject({ code: 'rate-limited' });
  });

  it('says when Artifactory cut the results by itself', async () => {
    world.faults.add({
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
    expect(await connect().listTags('docker-local/acme/web', {})).toMatchObject(
      {
        complete: false,
        reason: expect.stringContaining('hard limit'),
      },
    );
  });

  it.each([
    ['docker-hub/library/nginx', ['1.27']],
    ['docker/acme/api', ['2.0.0', 'latest']],
  ])('lists the tags of the remote or virtual %s', async (name, tags) => {
    const page = await connect().listTags(name, {});
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
    const client = connect(
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
    expect(await client.listNamespaces!({})).toMatchObject({ items: [] });
    expect((await client.check()).every(step => step.ok)).toBe(true);
  });

  it('makes do with Docker where nothing else of Artifactory is served', async () => {
    refuse('/artifactory/', 404);
    const client = connect(
      { options: { accessMethod: 'subdomain' } },
      'https://docker-local.artifactory.example.com',
    );
    const [, , list, pull] = await client.check();
    expect([list, pull]).toMatchObject([
      { ok: true, hint: expect.stringContaining('Artifactory URL') },
      { ok: true, message: 'acme/api' },
    ]);
    const images = await client.listRepositories({});
    expect(images.items).toContainEqual({ repository: 'acme/web' });
    expect(await client.listTags('acme/web', {})).toMatchObject({
      complete: true,
      totalItems: 5,
    });
  });

  it('says in the check that there is no such repository', async () => {
    const [, , list] = await connect({ namespace: 'nobody' }).check();
    expect(list).toMatchObject({
      ok: false,
      code: 'not-found',
      message: expect.stringContaining('there is no repository nobody'),
    });
  });

  it('tells what does not exist from what is forbidden', async () => {
    const client = connect();
    await expect(
      client.resolve('docker-local/acme/web', 'v9'),
    ).rejects.toMatchObject({ code: 'not-found' });
    refuse('/manifests/');
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

  it.each([
    ['password', password, 'password', password],
    [
      'access-token',
      { accessToken: portal.accessToken },
      'access-token',
      { username: 'portal', password: portal.accessToken },
    ],
    [
      'access-token',
      { username: 'portal', accessToken: portal.referenceToken },
      'reference token',
      { username: 'portal', password: portal.referenceToken },
    ],
    [
      'api-key',
      { username: 'portal', apiKey: portal.apiKey },
      'API key',
      { username: 'portal', password: portal.apiKey },
    ],
  ])('signs in by %s', async (signIn, credentials, _, login) => {
    const client = connect({ credentials, options: { signIn } });
    const steps = await client.check();
    expect(steps.map(({ name, ok }) => [name, ok])).toEqual([
      ['ping', true],
      ['authenticate', true],
      ['list', true],
      ['pull', true],
    ]);
    expect(world.requests.list().length).toBeLessThanOrEqual(4);
    expect(await client.pullCredential!()).toEqual({
      ...login,
      from: 'manage',
      ...(login.password === portal.accessToken && {
        expiresAt: '2100-01-01T00:00:00.000Z',
      }),
    });
  });

  it('names the permission that is missing', async () => {
    const client = connect({
      credentials: { username: weak.username, password: weak.password },
      namespace: 'docker-local',
    });
    const steps = await client.check();
    expect(steps).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      {
        name: 'list',
        ok: false,
        code: 'forbidden',
        message: expect.stringContaining(
          'The account newcomer lacks the permission "Read" on the repository docker-local',
        ),
        hint: expect.stringContaining('Permissions'),
      },
      { name: 'pull', skipped: true },
    ]);
  });

  it('makes the webhook, and changes it when it is there', async () => {
    const client = connect({
      credentials: { username: admin.username, password: admin.password },
    });
    const webhook = {
      name: 'Portal of Team Web',
      url: 'https://portal.example.com/webhooks/1',
      secret: 'first-webhook-secret',
      repositories: ['docker-local/acme/web'],
    };
    await client.createWebhook!(webhook);
    const { location } = await client.createWebhook!({
      ...webhook,
      secret: 'second-webhook-secret',
    });
    expect(location).toMatch(/^https:\/\/acme\.jfrog\.io\/ui\//);
    expect([...jfrog.subscriptions.values()]).toMatchObject([
      {
        key: 'portal-of-team-web',
        event_filter: {
          criteria: {
            anyLocal: false,
            repoKeys: ['docker-local'],
            includePatterns: ['acme/web/**'],
          },
        },
        handlers: [
          {
            url: webhook.url,
            secret: 'second-webhook-secret',
            use_secret_for_signing: true,
          },
        ],
      },
    ]);
  });

  it.each([
    [['docker-local/acme/*'], ['docker-local'], ['acme/*/**']],
    [['docker-local/acme/*', '**'], [], []],
    [undefined, [], []],
  ])('makes a webhook for %j', async (repositories, repoKeys, patterns) => {
    const client = connect({
      credentials: { username: admin.username, password: admin.password },
    });
    await client.createWebhook!({
      name: 'p',
      url: 'https://portal.example.com/webhooks/1',
      secret: 'a-webhook-secret',
      ...(repositories && { repositories }),
    });
    const [{ event_filter: filter }] = jfrog.subscriptions.values();
    expect(filter.criteria).toMatchObject({
      anyLocal: repoKeys.length === 0,
      repoKeys,
      includePatterns: patterns,
    });
  });

  it('says who may make webhooks, without the secret', async () => {
    const failed = connect().createWebhook!({
      name: 'portal',
      url: 'https://portal.example.com/webhooks/1',
      secret: 'webhook-secret',
    });
    await expect(failed).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('"Manage Webhooks"'),
    });
    await expect(failed).rejects.not.toThrow('webhook-secret');
  });
});
