import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  huaweiAccounts,
  huaweiHosts,
  NIGHTLY_TAGS,
  SimulatedHuaweiSwr,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createHuaweiProvider } from './createHuaweiProvider';
import { HuaweiClient } from './HuaweiClient';

const { keys, weakKeys } = huaweiAccounts;
const provider = createHuaweiProvider();
const api = 'swr-api.cn-north-4.myhuaweicloud.com';

describe('HuaweiClient', () => {
  let vendor: SimulatedHuaweiSwr;
  let world: VendorWorld;

  beforeAll(async () => {
    vendor = SimulatedHuaweiSwr.create();
    world = await startVendorWorld({ vendors: [vendor] });
  });
  afterEach(() => {
    world.faults.clear();
    world.requests.clear();
  });
  afterAll(() => world.stop());

  const connect = (
    host: string,
    settings: ConnectionToOptions = {},
    at: Pick<VendorWorld, 'ca' | 'proxyUrl'> = world,
  ) =>
    provider.connect(
      connectionTo(provider, `https://${host}`, at, {
        credentials: { accessKey: keys.accessKey, secretKey: keys.secretKey },
        ...settings,
      }),
    ) as HuaweiClient;
  const basic = (settings: ConnectionToOptions = {}) =>
    connect(huaweiHosts.basic, settings);
  const enterprise = (settings: ConnectionToOptions = {}) =>
    connect(huaweiHosts.enterprise, {
      options: { region: 'cn-north-4' },
      ...settings,
    });

  it('checks the basic edition in three requests', async () => {
    const steps = await basic().check();
    expect(steps.map(({ name, ok, skipped }) => [name, ok, skipped])).toEqual([
      ['ping', true, undefined],
      ['authenticate', true, undefined],
      ['list', true, undefined],
      ['pull', true, undefined],
    ]);
    expect(world.requests.list()).toHaveLength(3);
  });

  it('checks an instance in four requests, and says what is not tried', async () => {
    const steps = await enterprise().check();
    expect(steps.map(({ name, ok, skipped }) => [name, ok, skipped])).toEqual([
      ['ping', true, undefined],
      ['authenticate', true, undefined],
      ['list', true, undefined],
      ['pull', true, true],
    ]);
    expect(world.requests.list()).toHaveLength(4);
  });

  it.each([
    ['basic edition', basic],
    ['Enterprise Edition', enterprise],
  ])('tells a wrong key from a missing right (%s)', async (_, client) => {
    const wrong = await client({
      credentials: { accessKey: keys.accessKey, secretKey: 'wrong-secret' },
    }).check();
    expect(wrong[1]).toMatchObject({
      name: 'authenticate',
      ok: false,
      code: 'unauthenticated',
    });
    const weak = await client({
      credentials: {
        accessKey: weakKeys.accessKey,
        secretKey: weakKeys.secretKey,
      },
    }).check();
    expect(weak[1]).toMatchObject({ name: 'authenticate', ok: true });
    expect(weak[2]).toMatchObject({
      name: 'list',
      ok: false,
      code: 'forbidden',
      hint: expect.stringMatching(/swr:repo/),
    });
  });

  it.each([
    ['basic edition', basic, ['acme', 'acme2', 'opensource']],
    ['Enterprise Edition', enterprise, ['acme', 'opensource']],
  ])('lists organizations and repositories (%s)', async (name, client, all) => {
    await expect(client().listNamespaces({})).resolves.toMatchObject({
      items: all,
      complete: true,
    });
    const { items } = await client().listRepositories({ namespace: 'acme' });
    expect(items.map(({ repository }) => repository)).toEqual([
      'acme/api',
      'acme/chart',
      'acme/nightly',
      'acme/team/tools',
      'acme/web',
    ]);
    expect(items[4]).toEqual({
      repository: 'acme/web',
      description: 'Images of acme/web',
      updatedAt: '2026-11-04T09:30:00.000Z',
      tagCount: 5,
      pullCount: 7,
      ...(name === 'basic edition' && { isPublic: false }),
    });
  });

  it.each([
    ['basic edition', basic, '/repos/team%24tools/tags'],
    [
      'Enterprise Edition',
      enterprise,
      '/repositories/team%252Ftools/artifacts',
    ],
  ])('lists tags, also of nested names (%s)', async (_, client, path) => {
    const { digest } = await client().resolve('acme/web', 'latest');
    const { items } = await client().listTags('acme/web', {});
    expect(items).toContainEqual({
      tag: 'latest',
      digest,
      pushedAt: '2026-11-04T09:30:00.000Z',
      size: expect.any(Number),
    });
    const nested = await client().listTags('acme/team/tools', {});
    expect(nested.items.map(({ tag }) => tag)).toEqual(['1.0']);
    expect(world.requests.lines(api).some(line => line.includes(path))).toBe(
      true,
    );
  });

  it.each([
    ['basic edition', basic],
    ['Enterprise Edition', enterprise],
  ])(
    'asks for offsets that are multiples of the limit (%s)',
    async (_, client) => {
      const { complete, items } = await client().listTags('acme/nightly', {});
      expect({ complete, count: items.length }).toEqual({
        complete: true,
        count: NIGHTLY_TAGS,
      });
      const offsets = world.requests
        .list(api)
        .filter(({ url }) => url.pathname.includes('nightly'))
        .map(({ url }) => url.searchParams.get('offset'));
      expect(offsets).toEqual(['0', '100']);
    },
  );

  it('signs in to the basic edition with a login made of the keys', async () => {
    const image = await basic().inspect('acme/web', 'v1.0.0');
    expect(image.platforms).toHaveLength(2);
    const [login] = world.requests
      .list(huaweiHosts.basic)
      .filter(({ url }) => url.pathname.startsWith('/swr/auth/'))
      .map(({ headers }) =>
        Buffer.from(
          String(headers.authorization).split(' ')[1],
          'base64',
        ).toString(),
      );
    expect(login).toMatch(`cn-north-4@${keys.accessKey}:`);
    expect(world.requests.list(api)).toEqual([]);
  });

  it.each([
    ['basic edition', basic],
    ['Enterprise Edition', enterprise],
  ])('gives clusters a login that ends (%s)', async (_, client) => {
    const login = await client().pullCredential();
    expect(login).toMatchObject({
      username: expect.stringMatching(/^cn-north-4@TEMP/),
      from: 'short-lived',
    });
    expect(Date.parse(login!.expiresAt!) - Date.now()).toBeGreaterThan(
      20 * 60 * 60_000,
    );
  });

  it('gives the login of the keys where temporary ones are not allowed', async () => {
    const client = basic({
      credentials: {
        accessKey: weakKeys.accessKey,
        secretKey: weakKeys.secretKey,
      },
    });
    await expect(client.pullCredential()).resolves.toEqual({
      username: `cn-north-4@${weakKeys.accessKey}`,
      password: expect.stringMatching(/^[0-9a-f]{64}$/),
      from: 'manage',
    });
  });

  it('reads scans of an instance', async () => {
    const client = enterprise();
    const { digest } = await client.resolve('acme/web', 'latest');
    await expect(client.scanReport('acme/web', digest)).resolves.toEqual({
      status: 'finished',
      scanner: 'Trivy',
      severity: 'high',
      counts: { high: 2, medium: 3, low: 7 },
      fixable: 4,
      finishedAt: '2026-11-05T10:00:00.000Z',
    });
    const other = await client.resolve('acme/api', 'latest');
    await expect(client.scanReport('acme/api', other.digest)).resolves.toEqual({
      status: 'not-scanned',
    });
  });

  it('makes one trigger for each organization of an instance', async () => {
    const make = (secret: string) =>
      enterprise().createWebhook({
        name: 'portal',
        url: 'https://portal.example.com/webhooks/1',
        secret,
        repositories: ['acme/web', 'acme/api'],
      });
    await make('first-secret');
    await make('second-secret');
    expect([...vendor.triggers]).toEqual([
      [
        'acme',
        [
          expect.objectContaining({
            id: 1,
            name: 'portal',
            event_types: ['PUSH_ARTIFACT'],
            targets: [
              expect.objectContaining({
                address: 'https://portal.example.com/webhooks/1',
                auth_header: 'Authorization:Bearer second-secret',
              }),
            ],
          }),
        ],
      ],
    ]);
    await expect(
      basic({ namespace: 'acme' }).createWebhook({
        name: 'portal',
        url: 'https://portal.example.com/webhooks/1',
        secret: 'x',
      }),
    ).rejects.toMatchObject({ code: 'unsupported' });
  });

  it.each([
    ['there is no such instance', { instances: [], total: 0 }, 'not-found'],
    [
      'the instance does not run',
      {
        instances: [
          {
            id: '1',
            access_address: huaweiHosts.enterprise,
            status: 'Unavailable',
          },
        ],
      },
      'server-error',
    ],
  ])('says that %s', async (_, body, code) => {
    world.faults.add({
      host: api,
      path: '/instances\\?',
      effect: { kind: 'status', status: 200, body },
    });
    await expect(enterprise().listRepositories({})).rejects.toMatchObject({
      code,
    });
  });

  it('says that the clock of the machine is off', async () => {
    const late = await startVendorWorld({
      vendors: [SimulatedHuaweiSwr.create({ clockOffsetMs: 16 * 60_000 })],
    });
    try {
      await expect(
        connect(huaweiHosts.basic, {}, late).listRepositories({}),
      ).rejects.toMatchObject({
        code: 'unauthenticated',
        message: expect.stringContaining('the clock of this machine is off'),
        hint: expect.stringContaining('NTP'),
      });
    } finally {
      await late.stop();
    }
  });

  it('says what is missing without keys', async () => {
    const client = basic({ credentials: undefined });
    await expect(client.listRepositories({})).rejects.toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('Access Key'),
    });
  });
});

describe('createHuaweiProvider', () => {
  it.each([
    [
      'swr.cn-north-4.myhuaweicloud.com/acme',
      'https://swr.cn-north-4.myhuaweicloud.com',
    ],
    [
      'https://swr-api.cn-east-3.myhuaweicloud.com',
      'https://swr.cn-east-3.myhuaweicloud.com',
    ],
    [
      'acme-a1b2c3.swr-pro.myhuaweicloud.com',
      'https://acme-a1b2c3.swr-pro.myhuaweicloud.com',
    ],
  ])('forms %s to %s', (typed, address) => {
    expect(provider.normalizeAddress!(typed)).toBe(address);
  });

  it.each([
    ['https://swr.cn-north-4.myhuaweicloud.com', {}, []],
    ['https://acme-a1b2c3.swr-pro.myhuaweicloud.com', {}, ['options.region']],
    [
      'https://acme-a1b2c3.swr-pro.myhuaweicloud.com',
      { region: 'cn-north-4' },
      [],
    ],
    [
      'https://acme-a1b2c3.swr-pro.myhuaweicloud.com',
      { region: 'evil.example/' },
      ['options.region'],
    ],
  ])('wants the region of %s with %j: %j', (address, options, wrong) => {
    expect(
      Object.keys(
        provider.validate!({
          address,
          options: options as Record<string, string>,
          credentials: { accessKey: 'a', secretKey: 'b' },
        }),
      ),
    ).toEqual(wrong);
  });
});
