import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  googlePlace,
  googleServiceAccountKey,
  NIGHTLY_TAGS,
  SimulatedArtifactRegistry,
  startVendorWorld,
  VendorClock,
  VendorWorld,
} from '@slipway/sandbox';
import { createOciRegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { createArtifactRegistryProvider } from './createArtifactRegistryProvider';

const { apiHost, host, legacyHost, tokenHost } = googlePlace;
const digest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
const web = 'acme-prod/shop/web';
const api = 'acme-prod/shop/api';

const keyOf = (name: Parameters<typeof googleServiceAccountKey>[0]) => ({
  serviceAccountKey: googleServiceAccountKey(name),
});

describe('ArtifactRegistryClient', () => {
  const clock = new VendorClock();
  let world: VendorWorld;

  beforeAll(async () => {
    world = await startVendorWorld({
      vendors: [SimulatedArtifactRegistry.create({ clock })],
    });
  });
  afterEach(() => {
    world.faults.clear();
    world.requests.clear();
  });
  afterAll(() => world.stop());

  const provider = createArtifactRegistryProvider();
  const connection = (
    settings: ConnectionToOptions = {},
    address: string = host,
  ) =>
    connectionTo(provider, address, world, {
      credentials: keyOf('portal'),
      ...settings,
    });
  const connect = (settings?: ConnectionToOptions, address?: string) =>
    provider.connect(connection(settings, address));

  it('lists the images of all Docker repositories of the key', async () => {
    const client = connect();
    expect(await client.listNamespaces!({})).toMatchObject({
      items: ['acme-prod/shop'],
      complete: true,
    });
    const { items, ...page } = await client.listRepositories({});
    expect(page).toEqual({ complete: true, totalItems: 5 });
    expect(items.map(({ repository }) => repository)).toEqual([
      api,
      'acme-prod/shop/chart',
      'acme-prod/shop/nightly',
      'acme-prod/shop/tools/lint',
      web,
    ]);
    expect(items[0].updatedAt).toBe('2026-10-17T09:30:00.000Z');
    expect(
      (await client.listRepositories({ search: 'LINT' })).items,
    ).toHaveLength(1);
  });

  it('stays inside its namespace', async () => {
    const client = connect({ namespace: 'acme-prod/shop' });
    expect((await client.listNamespaces!({})).items).toEqual([
      'acme-prod/shop',
    ]);
    expect((await client.listRepositories({})).items).toHaveLength(5);
    expect(world.requests.lines(apiHost)).toEqual([
      `GET ${apiHost}/v1/projects/acme-prod/locations/europe-west1/repositories/shop/packages?pageSize=1000`,
    ]);
  });

  it('reads all tags with digests, sizes and times in one request', async () => {
    const client = connect();
    const { items } = await client.listTags(api, { search: '2.0' });
    expect(items).toEqual([
      {
        tag: '2.0.0',
        digest,
        pushedAt: '2026-10-17T09:30:00.000Z',
        createdAt: '2026-10-16T09:30:00.000Z',
        size: expect.any(Number),
      },
    ]);
    world.requests.clear();
    const nightly = await client.listTags('acme-prod/shop/nightly', {});
    expect(nightly).toMatchObject({
      totalItems: NIGHTLY_TAGS,
      complete: true,
    });
    expect(world.requests.list()).toHaveLength(1);
  });

  it('takes the API where the tag list tells no digests', async () => {
    world.faults.add({
      host,
      path: '/tags/list',
      effect: {
        kind: 'status',
        status: 200,
        body: { name: web, tags: ['latest'] },
      },
    });
    const { complete, items } = await connect().listTags(web, {});
    expect(complete).toBe(true);
    expect(items).toHaveLength(5);
    expect(items.find(({ tag }) => tag === 'v1.1.0')).toMatchObject({
      digest,
      pushedAt: '2026-09-17T09:30:00.000Z',
      createdAt: '2026-09-16T09:30:00.000Z',
    });
    expect(world.requests.lines(apiHost).length).toBeGreaterThan(1);
  });

  it('goes to the registry with access tokens, never with the key', async () => {
    const client = connect();
    const { digest: found } = await client.resolve(web, 'latest');
    expect((await client.inspect(web, found)).platforms).toHaveLength(2);
    const login = await client.pullCredential!();
    expect(login).toMatchObject({
      username: 'oauth2accesstoken',
      from: 'short-lived',
    });
    const life = Date.parse(login!.expiresAt!) - Date.now();
    expect(life / 3_600_000).toBeCloseTo(1, 1);
    expect(await client.pullCredential!()).toEqual(login);
    const { username, password } = login!;
    const cluster = createOciRegistryClient(
      connection({ credentials: { username, password } }),
      { title: 'Cluster' },
    );
    await expect(cluster.resolve(web, 'latest')).resolves.toMatchObject({
      digest: found,
    });
    const sent = world.requests
      .list()
      .map(({ body, headers }) => `${headers.authorization}\n${body}`)
      .join('\n');
    expect(sent).not.toContain('PRIVATE KEY');
    // One for the portal, one for clusters.
    expect(world.requests.list(tokenHost)).toHaveLength(2);
  });

  it('gives clusters a token that opens no API', async () => {
    const login = await connect().pullCredential!();
    const { http } = connection();
    await expect(
      http.request({
        method: 'GET',
        url: `https://${apiHost}/v1/projects/acme-prod/locations/europe-west1/repositories`,
        operation: 'list the repositories',
        headers: { authorization: `Bearer ${login!.password}` },
      }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['_json_key', (key: string) => key],
    ['_json_key_base64', (key: string) => Buffer.from(key).toString('base64')],
  ])(
    'pulls with the login %s, where clusters have one',
    async (username, of) => {
      const password = of(googleServiceAccountKey('portal'));
      const cluster = createOciRegistryClient(
        connection({ credentials: { username, password } }),
        { title: 'Cluster' },
      );
      const { digest: latest } = await connect().resolve(web, 'latest');
      await expect(cluster.resolve(web, 'latest')).resolves.toMatchObject({
        digest: latest,
      });
      const client = provider.connect({
        ...connection(),
        pullCredentials: { username, password },
      });
      expect(await client.pullCredential!()).toEqual({
        username,
        password,
        from: 'pull',
      });
    },
  );

  it('takes the key in base64', async () => {
    const client = connect({
      credentials: {
        serviceAccountKey: Buffer.from(
          googleServiceAccountKey('portal'),
        ).toString('base64'),
      },
    });
    expect((await client.listRepositories({})).items).toHaveLength(5);
  });

  it('replaces tokens that were ended before their time', async () => {
    const client = connect();
    await client.listRepositories({});
    const { digest: before } = await client.resolve(web, 'latest');
    clock.advance(2 * 3_600_000);
    expect((await client.listRepositories({})).items).toHaveLength(5);
    await expect(client.resolve(web, 'latest')).resolves.toMatchObject({
      digest: before,
    });
  });

  it('serves gcr.io', async () => {
    const client = connect({}, legacyHost);
    expect((await client.listRepositories({})).items).toEqual([
      {
        repository: 'acme-prod/worker',
        updatedAt: '2026-10-01T09:30:00.000Z',
      },
    ]);
    expect((await client.listNamespaces!({})).items).toEqual(['acme-prod']);
    expect((await client.listTags('acme-prod/worker', {})).items).toMatchObject(
      [{ tag: 'v7', digest }],
    );
    await expect(
      client.resolve('acme-prod/worker', 'v7'),
    ).resolves.toMatchObject({ digest });
  });

  it('reads the scan of an image', async () => {
    const client = connect();
    const { digest: scanned } = await client.resolve(api, '2.0.0');
    expect(await client.scanReport!(api, scanned)).toEqual({
      status: 'finished',
      severity: 'high',
      counts: { high: 2, negligible: 4 },
      fixable: 1,
      finishedAt: '2026-11-10T08:00:00.000Z',
      scanner: 'Artifact Analysis',
    });
    const { digest: other } = await client.resolve(web, 'latest');
    expect(await client.scanReport!(web, other)).toEqual({
      status: 'not-scanned',
    });
  });

  it.each([
    [undefined, '1 repositories in acme-prod'],
    ['acme-prod/shop', '5 images in acme-prod/shop'],
  ])('checks %s in four requests', async (namespace, message) => {
    const steps = await connect({ namespace }).check();
    expect(steps).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true, message },
      { name: 'pull', ok: true, message: 'acme-prod/shop' },
    ]);
    expect(world.requests.list()).toHaveLength(4);
  });

  it('says that the right to pull is missing', async () => {
    world.faults.add({
      path: 'testIamPermissions',
      effect: { kind: 'status', status: 200, body: {} },
    });
    expect((await connect().check())[3]).toMatchObject({
      name: 'pull',
      ok: false,
      code: 'forbidden',
      message: expect.stringContaining(
        'artifactregistry.repositories.downloadArtifacts on acme-prod/shop',
      ),
      hint: expect.stringContaining('roles/artifactregistry.reader'),
    });
  });

  it.each<[string, ConnectionToOptions, string, RegExp, RegExp]>([
    [
      'an account without a role',
      { credentials: keyOf('nobody') },
      'forbidden',
      /lacks the permission artifactregistry\.repositories\.list on projects\/acme-prod\/locations\/europe-west1/,
      /roles\/artifactregistry\.reader/,
    ],
    [
      'an account that was deleted',
      { credentials: keyOf('deleted') },
      'unauthenticated',
      /does not accept the key of deleted@acme-prod\.iam\.gserviceaccount\.com \(Invalid grant: account not found\)/,
      /Service Accounts/,
    ],
    [
      'a key of another kind',
      {
        credentials: {
          serviceAccountKey: '{"type":"external_account","token_url":"x"}',
        },
      },
      'unauthenticated',
      /is of type "external_account"; only keys of service accounts/,
      /JSON file/,
    ],
    [
      'no key',
      { credentials: undefined },
      'unsupported',
      /answers nobody who is anonymous/,
      /service account/,
    ],
    [
      'an identity that is not offered',
      {
        credentials: undefined,
        options: { signIn: 'ambient' },
        namespace: 'x',
      },
      'forbidden',
      /not offered/,
      /imageRegistry\.google\.ambientIdentity/,
    ],
  ])(
    'says what is wrong with %s',
    async (_name, settings, code, message, hint) => {
      await expect(
        connect(settings).listRepositories({}),
      ).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      });
    },
  );

  it('says that the API is not enabled', async () => {
    world.faults.add({
      host: apiHost,
      effect: {
        kind: 'status',
        status: 403,
        body: {
          error: {
            code: 403,
            message: 'Artifact Registry API has not been used',
            status: 'PERMISSION_DENIED',
            details: [{ reason: 'SERVICE_DISABLED' }],
          },
        },
      },
    });
    await expect(connect().listRepositories({})).rejects.toMatchObject({
      message: expect.stringContaining('the API is not enabled'),
      hint: expect.stringContaining(apiHost),
    });
  });
});
