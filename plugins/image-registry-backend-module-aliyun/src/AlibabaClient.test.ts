import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  alibabaAccounts,
  alibabaHosts,
  NIGHTLY_TAGS,
  SimulatedAlibabaAcr,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { AlibabaClient } from './AlibabaClient';
import { createAlibabaProvider } from './createAlibabaProvider';

const { docker, keys, weakKeys } = alibabaAccounts;
const provider = createAlibabaProvider();
const signIn = { signIn: 'access-keys' };

describe('AlibabaClient', () => {
  let vendor: SimulatedAlibabaAcr;
  let world: VendorWorld;

  beforeAll(async () => {
    vendor = SimulatedAlibabaAcr.create();
    world = await startVendorWorld({ vendors: [vendor] });
  });
  afterEach(() => {
    world.faults.clear();
    world.requests.clear();
  });
  afterAll(() => world.stop());

  const connect = (host: string, settings: ConnectionToOptions = {}) =>
    provider.connect(
      connectionTo(provider, `https://${host}`, world, settings),
    ) as AlibabaClient;
  const withKeys = (host: string, settings: ConnectionToOptions = {}) =>
    connect(host, {
      options: signIn,
      credentials: {
        accessKeyId: keys.accessKeyId,
        accessKeySecret: keys.accessKeySecret,
      },
      ...settings,
    });

  describe.each([
    ['Enterprise Edition', alibabaHosts.enterprise],
    ['Personal Edition', alibabaHosts.personal],
  ])('%s with access keys', (edition, host) => {
    it('checks in four requests, without a field for region or instance', async () => {
      const steps = await withKeys(host).check();
      expect(
        steps.map(({ name, ok, skipped }) => ({ name, ok, skipped })),
      ).toEqual([
        { name: 'ping', ok: true, skipped: undefined },
        { name: 'authenticate', ok: true, skipped: undefined },
        { name: 'list', ok: true, skipped: undefined },
        { name: 'pull', ok: true, skipped: undefined },
      ]);
      expect(world.requests.list()).toHaveLength(4);
      expect(steps[2].message).toMatch(/^\d+ repositories$/);
      expect(steps[2].hint).toContain('-vpc.cn-hangzhou.');
    });

    it('lists namespaces and repositories with visibility and time', async () => {
      const client = withKeys(host);
      await expect(client.listNamespaces({})).resolves.toMatchObject({
        items: ['acme', 'opensource'],
        complete: true,
      });
      const { items } = await client.listRepositories({});
      expect(items).toContainEqual({
        repository: 'acme/web',
        description: 'Images of web',
        updatedAt: '2026-11-04T09:30:00.000Z',
        isPublic: false,
        ...(edition === 'Personal Edition' && { pullCount: 7 }),
      });
      expect(items).toContainEqual(
        expect.objectContaining({
          repository: 'opensource/tool',
          isPublic: true,
        }),
      );
      const found = await client.listRepositories({
        namespace: 'acme',
        search: 'night',
      });
      expect(found.items.map(({ repository }) => repository)).toEqual([
        'acme/nightly',
      ]);
    });

    it('lists tags with digest, push time and size', async () => {
      const client = withKeys(host);
      const { items } = await client.listTags('acme/web', {});
      const latest = items.find(({ tag }) => tag === 'latest');
      const { digest } = await client.resolve('acme/web', 'latest');
      expect(latest).toMatchObject({
        digest,
        pushedAt: '2026-11-04T09:30:00.000Z',
        size: expect.any(Number),
      });
      const nightly = await client.listTags('acme/nightly', {});
      expect(nightly).toMatchObject({ complete: true });
      expect(nightly.items).toHaveLength(NIGHTLY_TAGS);
    });

    it('pulls with a temporary login that ends', async () => {
      const client = withKeys(host);
      const login = await client.pullCredential();
      expect(login).toEqual({
        username: 'cr_temp_user',
        password: expect.any(String),
        from: 'short-lived',
        expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        renewAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      });
      expect(login!.renewAt! < login!.expiresAt!).toBe(true);
      const ends = Date.parse(login!.expiresAt!);
      expect(ends - Date.now()).toBeGreaterThan(50 * 60_000);
      const image = await client.inspect('acme/web', 'v1.0.0');
      expect(image.platforms).toHaveLength(2);
    });

    it('makes a trigger once for each repository', async () => {
      const client = withKeys(host);
      const make = (url: string) =>
        client.createWebhook({
          name: 'Portal: shop',
          url,
          secret: 'unused',
          repositories: ['acme/web', 'acme/api'],
        });
      await make('https://portal.example.com/webhooks/1/first');
      const { location } = await make(
        'https://portal.example.com/webhooks/1/second',
      );
      expect(location).toContain('acme/web, acme/api');
      const { triggers } =
        edition === 'Personal Edition' ? vendor.personal : vendor.enterprise;
      for (const repository of ['acme/web', 'acme/api']) {
        expect(triggers.of(repository)).toEqual([
          {
            id: expect.any(String),
            name: 'portal_shop',
            url: 'https://portal.example.com/webhooks/1/second',
          },
        ]);
      }
    });
  });

  it('lists repositories of several parts of the Enterprise Edition', async () => {
    const { items } = await withKeys(alibabaHosts.enterprise).listTags(
      'acme/team/tools/builder',
      {},
    );
    expect(items.map(({ tag }) => tag)).toEqual(['1.0']);
  });

  it('tells immutable tags, all but latest', async () => {
    const { items } = await withKeys(alibabaHosts.enterprise).listTags(
      'acme/api',
      {},
    );
    expect(items.map(({ immutable, tag }) => [tag, immutable])).toEqual([
      ['2.0.0', true],
      ['latest', false],
    ]);
  });

  it('reads scans of the Enterprise Edition', async () => {
    const client = withKeys(alibabaHosts.enterprise);
    const { digest } = await client.resolve('acme/web', 'latest');
    await expect(client.scanReport('acme/web', digest)).resolves.toEqual({
      status: 'finished',
      scanner: 'Trivy',
      severity: 'high',
      counts: { high: 2, medium: 5, low: 9, unknown: 0 },
    });
    await expect(client.scanReport('acme/api', digest)).resolves.toEqual({
      status: 'not-scanned',
    });
    await expect(
      withKeys(alibabaHosts.personal).scanReport('acme/web', digest),
    ).resolves.toEqual({ status: 'unsupported' });
  });

  it('names the RAM action that is missing', async () => {
    const weak = (host: string) =>
      withKeys(host, {
        credentials: {
          accessKeyId: weakKeys.accessKeyId,
          accessKeySecret: weakKeys.accessKeySecret,
        },
      });
    await expect(
      weak(alibabaHosts.enterprise).listTags('acme/web', {}),
    ).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('cr:GetRepository'),
      hint: expect.stringContaining('cr:GetRepository'),
    });
    await expect(
      weak(alibabaHosts.personal).listTags('acme/web', {}),
    ).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('cr:ListRepositoryTag'),
    });
    const steps = await weak(alibabaHosts.enterprise).check();
    expect(steps[2]).toMatchObject({
      ok: false,
      code: 'forbidden',
      message: expect.stringContaining('cr:ListRepository'),
    });
  });

  it('says that the clock of the machine is off', async () => {
    const late = await startVendorWorld({
      vendors: [SimulatedAlibabaAcr.create({ clockOffsetMs: 20 * 60_000 })],
    });
    try {
      const client = provider.connect(
        connectionTo(provider, `https://${alibabaHosts.enterprise}`, late, {
          options: signIn,
          credentials: {
            accessKeyId: keys.accessKeyId,
            accessKeySecret: keys.accessKeySecret,
          },
        }),
      );
      await expect(client.listRepositories({})).rejects.toMatchObject({
        code: 'unauthenticated',
        message: expect.stringContaining('the clock of this machine is off'),
        hint: expect.stringContaining('NTP'),
      });
    } finally {
      await late.stop();
    }
  });

  it('goes on after a throttled call, and gives up after three', async () => {
    const throttled = {
      host: 'cr.cn-hangzhou.aliyuncs.com',
      effect: {
        kind: 'status' as const,
        status: 400,
        body: { Code: 'Throttling.User', Message: 'Request was denied' },
      },
    };
    world.faults.add({ ...throttled, times: 1 });
    await expect(
      withKeys(alibabaHosts.enterprise).listNamespaces({}),
    ).resolves.toMatchObject({ complete: true });
    world.faults.clear();
    world.faults.add(throttled);
    await expect(
      withKeys(alibabaHosts.enterprise).listNamespaces({}),
    ).rejects.toMatchObject({ code: 'rate-limited' });
  });

  describe('with the Docker password', () => {
    const withPassword = () =>
      connect(alibabaHosts.enterprise, {
        options: { signIn: 'password' },
        credentials: { ...docker },
      });

    it('lists the tags of a typed repository, and says why nothing else', async () => {
      const client = withPassword();
      const { items } = await client.listTags('acme/web', {});
      expect(items.map(({ tag }) => tag)).toContain('latest');
      await expect(client.listRepositories({})).rejects.toMatchObject({
        code: 'unsupported',
        hint: expect.stringContaining('access keys'),
      });
      const steps = await client.check();
      expect(steps.every(({ ok }) => ok)).toBe(true);
      expect(steps[2]).toMatchObject({ name: 'list', skipped: true });
      await expect(client.pullCredential()).resolves.toEqual({
        ...docker,
        from: 'manage',
      });
    });

    it('is not confused with access keys that are given, too', async () => {
      const client = connect(alibabaHosts.enterprise, {
        options: { signIn: 'password' },
        credentials: {
          ...docker,
          accessKeyId: 'LTAI5tWrong',
          accessKeySecret: 'wrong',
        },
      });
      const { digest } = await withPassword().resolve('acme/web', 'latest');
      await expect(client.resolve('acme/web', 'latest')).resolves.toMatchObject(
        { digest },
      );
    });
  });

  it('signs in to a domain of one’s own when its token service is trusted', async () => {
    const { customDomain } = alibabaHosts;
    await expect(
      withKeys(customDomain).resolve('acme/web', 'latest'),
    ).rejects.toMatchObject({
      code: 'forbidden-address',
      hint: expect.stringContaining('dockerauth-ee.cn-hangzhou.aliyuncs.com'),
    });
    const client = withKeys(customDomain, {
      trustedRealms: ['dockerauth-ee.cn-hangzhou.aliyuncs.com'],
    });
    const steps = await client.check();
    expect(steps.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  });

  it('refuses a registry of somebody else', async () => {
    world.faults.add({
      host: alibabaHosts.enterprise,
      path: '^/v2/$',
      effect: {
        kind: 'status',
        status: 401,
        headers: {
          'WWW-Authenticate':
            'Bearer realm="https://acme-registry.cn-hangzhou.cr.aliyuncs.com/token",service="registry.aliyuncs.com:oss-cn-hangzhou:1"',
        },
      },
    });
    await expect(
      withKeys(alibabaHosts.enterprise).listRepositories({}),
    ).rejects.toMatchObject({
      code: 'invalid-response',
      message: expect.stringContaining('region and instance'),
    });
    expect(world.requests.list('cr.cn-hangzhou.aliyuncs.com')).toEqual([]);
  });

  it('calls no portal that a trigger cannot reach', async () => {
    const client = withKeys(alibabaHosts.enterprise);
    const webhook = { name: 'x', url: 'https://p.example:8443/x', secret: '' };
    await expect(client.createWebhook(webhook)).rejects.toMatchObject({
      message: expect.stringContaining('none is named'),
    });
    await expect(
      client.createWebhook({ ...webhook, repositories: ['acme/web'] }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('port 443'),
    });
  });
});

describe('createAlibabaProvider', () => {
  it.each([
    [
      'registry.cn-hangzhou.aliyuncs.com',
      'https://registry.cn-hangzhou.aliyuncs.com',
    ],
    [
      'https://cr.cn-beijing.aliyuncs.com',
      'https://registry.cn-beijing.aliyuncs.com',
    ],
    [
      'acme-registry.cn-hangzhou.cr.aliyuncs.com/acme',
      'https://acme-registry.cn-hangzhou.cr.aliyuncs.com',
    ],
    ['https://images.acme.example', 'https://images.acme.example'],
  ])('forms %s to %s', (typed, address) => {
    expect(provider.normalizeAddress!(typed)).toBe(address);
  });

  it('notices a Docker login in the place of access keys', () => {
    expect(
      provider.validate!({
        address: 'https://registry.cn-hangzhou.aliyuncs.com',
        options: signIn,
        credentials: { accessKeyId: 'portal@acme', accessKeySecret: 'x' },
      }),
    ).toEqual({
      'credentials.accessKeyId': {
        code: 'alibaba-key-is-user',
        message: expect.stringContaining('Docker password'),
      },
    });
  });
});
