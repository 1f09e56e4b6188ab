import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  NIGHTLY_TAGS,
  SimulatedTencentTcr,
  startVendorWorld,
  tencentAccounts,
  tencentHosts,
  VendorWorld,
} from '@slipway/sandbox';
import { createTencentProvider } from './createTencentProvider';
import { TencentClient } from './TencentClient';

const { docker, key, weakKey } = tencentAccounts;
const provider = createTencentProvider();
const apiKey = { secretId: key.secretId, secretKey: key.secretKey };

describe('TencentClient', () => {
  let vendor: SimulatedTencentTcr;
  let world: VendorWorld;

  beforeAll(async () => {
    vendor = SimulatedTencentTcr.create();
    world = await startVendorWorld({ vendors: [vendor] });
  });
  afterEach(() => {
    world.faults.clear();
    world.requests.clear();
  });
  afterAll(() => world.stop());

  const connect = (
    host: string,
    credentials: Record<string, string>,
    settings: ConnectionToOptions = {},
    at: Pick<VendorWorld, 'ca' | 'proxyUrl'> = world,
  ) =>
    provider.connect(
      connectionTo(provider, `https://${host}`, at, {
        credentials,
        options: { signIn: 'api-key' },
        ...settings,
      }),
    ) as TencentClient;
  const enterprise = (credentials: Record<string, string> = apiKey) =>
    connect(tencentHosts.enterprise, credentials);
  const personal = () =>
    connect(tencentHosts.personal, { ...apiKey, ...docker });

  it.each([
    ['Enterprise Edition', enterprise],
    ['Personal Edition', personal],
  ])('checks the %s in four requests', async (_, client) => {
    const steps = await client().check();
    expect(steps.map(({ name, ok, skipped }) => [name, ok, skipped])).toEqual([
      ['ping', true, undefined],
      ['authenticate', true, undefined],
      ['list', true, undefined],
      ['pull', true, undefined],
    ]);
    expect(world.requests.list()).toHaveLength(4);
  });

  it('finds instance and region by the domain', async () => {
    await enterprise().listTags('acme/web', {});
    const [found, listed] = world.requests.list('tcr.tencentcloudapi.com');
    expect(JSON.parse(found.body.toString())).toMatchObject({
      AllRegion: true,
      Filters: [{ Name: 'RegistryName', Values: ['acme'] }],
    });
    expect(listed.headers['x-tc-region']).toBe('ap-shanghai');
    expect(JSON.parse(listed.body.toString())).toMatchObject({
      RegistryId: 'tcr-sandbox1',
      Offset: 1,
    });
  });

  it('says that the account has no such instance', async () => {
    world.faults.add({
      header: 'x-tc-action: DescribeInstances',
      effect: {
        kind: 'status',
        status: 200,
        body: { Response: { Registries: [], TotalCount: 0 } },
      },
    });
    await expect(enterprise().listRepositories({})).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('no instance named acme'),
    });
  });

  it.each([
    ['Enterprise Edition', enterprise],
    ['Personal Edition', personal],
  ])('lists namespaces and repositories of the %s', async (edition, client) => {
    await expect(client().listNamespaces({})).resolves.toMatchObject({
      items: ['acme', 'opensource'],
      complete: true,
    });
    const { items } = await client().listRepositories({ search: 'web' });
    expect(items).toEqual([
      {
        repository: 'acme/web',
        description: 'Images of acme/web',
        updatedAt: '2026-11-04T09:30:00.000Z',
        isPublic: false,
        ...(edition === 'Personal Edition' && { tagCount: 5, pullCount: 7 }),
      },
    ]);
  });

  it('lists tags of an instance with digest, time, size and signature', async () => {
    const client = enterprise();
    const { digest } = await client.resolve('acme/web', 'latest');
    const { items } = await client.listTags('acme/web', {});
    const common = {
      digest,
      pushedAt: '2026-11-04T09:30:00.000Z',
      size: expect.any(Number),
    };
    expect(items).toContainEqual({ tag: 'latest', ...common });
    expect(items).toContainEqual({
      tag: 'v1.2.0',
      ...common,
      signatures: ['kms'],
    });
    const charts = await client.listTags('acme/chart', {});
    expect(charts).toMatchObject({ items: [], complete: true });
  });

  it('lists tags of the Personal Edition with time, size and platform', async () => {
    const { items } = await personal().listTags('acme/api', {});
    expect(items).toContainEqual({
      tag: 'latest',
      pushedAt: '2026-10-17T09:30:00.000Z',
      size: expect.any(Number),
      platforms: [{ os: 'linux', architecture: 'amd64' }],
    });
  });

  it.each([
    ['page number', enterprise, [1, 2]],
    ['number of entries', personal, [0, 100]],
  ])('pages by the %s', async (_, client, offsets) => {
    const { complete, items } = await client().listTags('acme/nightly', {});
    expect({ complete, count: items.length }).toEqual({
      complete: true,
      count: NIGHTLY_TAGS,
    });
    const asked = world.requests
      .list('tcr.tencentcloudapi.com')
      .filter(({ headers }) =>
        /DescribeImage/.test(String(headers['x-tc-action'])),
      )
      .map(({ body }) => JSON.parse(body.toString()).Offset);
    expect(asked).toEqual(offsets);
  });

  it('pulls from an instance with a credential of an hour', async () => {
    const client = enterprise();
    const login = await client.pullCredential();
    expect(login).toMatchObject({
      username: docker.username,
      from: 'short-lived',
    });
    expect(Date.parse(login!.expiresAt!) - Date.now()).toBeGreaterThan(
      50 * 60_000,
    );
    const image = await client.inspect('acme/web', 'v1.0.0');
    expect(image.platforms).toHaveLength(2);
    await expect(personal().pullCredential()).resolves.toEqual({
      ...docker,
      from: 'manage',
    });
  });

  it('takes a long-term access credential without an API key', async () => {
    const client = connect(
      tencentHosts.enterprise,
      { ...docker },
      {
        options: { signIn: 'password' },
      },
    );
    const { items } = await client.listTags('acme/web', {});
    expect(items.map(({ tag }) => tag)).toContain('latest');
    await expect(client.listRepositories({})).rejects.toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('API key'),
    });
    const steps = await client.check();
    expect(steps.every(({ ok }) => ok)).toBe(true);
  });

  it('makes one trigger for each namespace, with the secret in a header', async () => {
    const make = (secret: string) =>
      enterprise().createWebhook({
        name: 'portal',
        url: 'https://portal.example.com/webhooks/1',
        secret,
        repositories: ['acme/web', 'acme/api', 'opensource/tool'],
      });
    await make('first-secret');
    const { location } = await make('second-secret');
    expect(location).toContain('acme, opensource');
    expect([...vendor.triggers.keys()]).toEqual(['acme', 'opensource']);
    expect(vendor.triggers.get('acme')).toEqual([
      expect.objectContaining({
        Id: 1,
        Name: 'portal',
        EventTypes: ['pushImage'],
        Targets: [
          {
            Address: 'https://portal.example.com/webhooks/1',
            Headers: [
              { Key: 'Authorization', Values: ['Bearer second-secret'] },
            ],
          },
        ],
      }),
    ]);
    await expect(
      personal().createWebhook({
        name: 'portal',
        url: 'https://portal.example.com/webhooks/1',
        secret: 'x',
        place: 'acme',
      }),
    ).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('names the CAM action that is missing', async () => {
    const { secretId, secretKey } = weakKey;
    await expect(
      enterprise({ secretId, secretKey }).listTags('acme/web', {}),
    ).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('tcr:DescribeImages'),
      hint: expect.stringContaining('CAM'),
    });
  });

  it('says that the clock of the machine is off', async () => {
    const late = await startVendorWorld({
      vendors: [SimulatedTencentTcr.create({ clockOffsetMs: -6 * 60_000 })],
    });
    try {
      const client = connect(tencentHosts.enterprise, apiKey, {}, late);
      await expect(client.listRepositories({})).rejects.toMatchObject({
        code: 'unauthenticated',
        message: expect.stringContaining('the clock of this machine is off'),
        hint: expect.stringContaining('NTP'),
      });
    } finally {
      await late.stop();
    }
  });

  it('goes on after a throttled call', async () => {
    world.faults.add({
      header: 'x-tc-action: DescribeImages',
      times: 1,
      effect: {
        kind: 'status',
        status: 200,
        body: { Response: { Error: { Code: 'RequestLimitExceeded' } } },
      },
    });
    await expect(
      enterprise().listTags('acme/nightly', {}),
    ).resolves.toMatchObject({ complete: true });
  });
});

describe('createTencentProvider', () => {
  it('wants the login of the Personal Edition, which an API key does not replace', () => {
    const validate = (address: string, credentials: Record<string, string>) =>
      provider.validate!({
        address,
        options: { signIn: 'api-key' },
        credentials,
      });
    expect(validate('https://acme.tencentcloudcr.com', apiKey)).toEqual({});
    expect(
      Object.keys(validate('https://ccr.ccs.tencentyun.com', apiKey)),
    ).toEqual(['credentials.username', 'credentials.password']);
    expect(
      validate('https://ccr.ccs.tencentyun.com', { ...apiKey, ...docker }),
    ).toEqual({});
  });

  it('forms addresses without a path', () => {
    expect(provider.normalizeAddress!('acme.tencentcloudcr.com/shop')).toBe(
      'https://acme.tencentcloudcr.com',
    );
  });
});
