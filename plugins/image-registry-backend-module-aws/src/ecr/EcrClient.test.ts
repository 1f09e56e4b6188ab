import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  ecrAccounts,
  ecrPlace,
  NIGHTLY_TAGS,
  SimulatedEcr,
  startVendorWorld,
  VendorClock,
  VendorWorld,
} from '@slipway/sandbox';
import { createEcrProvider } from '../createEcrProvider';

const { ended, portal, role, weak } = ecrAccounts;
const digest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);

describe('EcrClient', () => {
  const clock = new VendorClock();
  let world: VendorWorld;

  beforeAll(async () => {
    world = await startVendorWorld({
      vendors: [SimulatedEcr.create({ clock })],
    });
  });
  afterEach(() => {
    world.faults.clear();
    world.requests.clear();
  });
  afterAll(() => world.stop());

  function connect(
    settings: ConnectionToOptions = {},
    address: string = ecrPlace.host,
  ) {
    const provider = createEcrProvider();
    return provider.connect(
      connectionTo(provider, address, world, {
        credentials: portal,
        ...settings,
      }),
    );
  }

  const withRole = {
    options: { roleArn: role.roleArn, externalId: role.externalId },
  };

  it('lists repositories, and the namespaces that their names make', async () => {
    const client = connect();
    expect(await client.listRepositories({})).toEqual({
      items: ['api', 'chart', 'nightly', 'web'].map(name => ({
        repository: `shop/${name}`,
        updatedAt: '2026-07-01T08:00:00.000Z',
      })),
      totalItems: 4,
      complete: true,
    });
    expect(await client.listNamespaces!({})).toMatchObject({
      items: ['shop'],
      complete: true,
    });
    expect(
      (await client.listRepositories({ search: 'IGH' })).items,
    ).toHaveLength(1);
    expect(
      (await client.listRepositories({ namespace: 'other' })).items,
    ).toEqual([]);
  });

  it('tells of tags when they were pushed, and which are fixed', async () => {
    const { items, complete } = await connect().listTags('shop/web', {});
    expect(complete).toBe(true);
    expect(items).toHaveLength(5);
    expect(items.find(({ tag }) => tag === 'v1.1.0')).toEqual({
      tag: 'v1.1.0',
      digest,
      pushedAt: '2026-09-17T09:30:00.000Z',
      immutable: true,
    });
    expect(items.find(({ tag }) => tag === 'latest')).toMatchObject({
      immutable: false,
    });
  });

  it('tells sizes and scans of what is no index', async () => {
    const client = connect();
    const { items } = await client.listTags('shop/api', { search: '2.0' });
    expect(items).toEqual([
      {
        tag: '2.0.0',
        digest,
        pushedAt: '2026-10-17T09:30:00.000Z',
        size: expect.any(Number),
        immutable: false,
        scan: {
          status: 'finished',
          severity: 'high',
          counts: { high: 2, medium: 5, negligible: 1 },
          finishedAt: '2026-11-10T08:00:00.000Z',
          scanner: 'Amazon ECR basic scanning',
        },
      },
    ]);
    expect(await client.scanReport!('shop/api', items[0].digest!)).toEqual(
      items[0].scan,
    );
    const web = await client.resolve('shop/web', 'latest');
    expect(await client.scanReport!('shop/web', web.digest)).toEqual({
      status: 'not-scanned',
    });
    await expect(
      client.scanReport!('shop/api', `sha256:${'0'.repeat(64)}`),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('reads all pages', async () => {
    const { items, complete } = await connect().listTags('shop/nightly', {});
    expect({ complete, count: items.length }).toEqual({
      complete: true,
      count: NIGHTLY_TAGS,
    });
    expect(
      world.requests
        .list(ecrPlace.apiHost)
        .filter(({ body }) => /"filter"/.test(String(body))),
    ).toHaveLength(2);
  });

  it('leaves out what it may not know of tags', async () => {
    world.faults.add({
      header: 'x-amz-target: .*DescribeRepositories',
      effect: {
        kind: 'status',
        status: 400,
        body: { __type: 'AccessDeniedException', message: 'no' },
      },
    });
    const { items } = await connect().listTags('shop/web', {});
    expect(items).toHaveLength(5);
    expect(items[0]).not.toHaveProperty('immutable');
  });

  it('goes to the registry with a login that ends', async () => {
    const client = connect();
    const { digest: found } = await client.resolve('shop/web', 'latest');
    const image = await client.inspect('shop/web', found);
    expect(image.platforms).toHaveLength(2);
    const login = await client.pullCredential!();
    expect(login).toMatchObject({ username: 'AWS', from: 'short-lived' });
    const life = Date.parse(login!.expiresAt!) - clock.now();
    expect(life / 3_600_000).toBeCloseTo(12, 1);
  });

  it('replaces a login that was refused', async () => {
    const client = connect();
    const { digest: before } = await client.resolve('shop/web', 'latest');
    clock.advance(13 * 3_600_000);
    await expect(client.resolve('shop/web', 'latest')).resolves.toMatchObject({
      digest: before,
    });
  });

  it.each([
    ['an access key', {}],
    ['a role', withRole],
  ])('checks with %s in four requests', async (_name, settings) => {
    const steps = await connect(settings).check();
    expect(steps).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true, message: '4 repositories' },
      { name: 'pull', ok: true, message: 'shop/api' },
    ]);
    expect(world.requests.list().length).toBeLessThanOrEqual(4);
  });

  it('tries the namespace first', async () => {
    const steps = await connect({ namespace: 'shop' }).check();
    expect(steps[3]).toMatchObject({ ok: true, message: 'shop/api' });
  });

  it('assumes a role once for many calls', async () => {
    const client = connect(withRole);
    await client.listRepositories({});
    await client.listTags('shop/web', {});
    expect(world.requests.list(ecrPlace.stsHost)).toHaveLength(1);
  });

  it.each<[string, ConnectionToOptions, string, RegExp, RegExp]>([
    [
      'an unknown key',
      {
        credentials: { ...portal, accessKeyId: 'AKIANOBODYKNOWSIT999' },
      },
      'unauthenticated',
      /does not know the access key \(UnrecognizedClientException\)/,
      /Access Key ID/,
    ],
    [
      'a wrong secret',
      { credentials: { ...portal, secretAccessKey: weak.secretAccessKey } },
      'unauthenticated',
      /signature does not match the access key/,
      /Secret Access Key/,
    ],
    [
      'temporary keys that have ended',
      { credentials: ended },
      'unauthenticated',
      /session token has expired/,
      /role/,
    ],
    [
      'a missing permission',
      { credentials: weak },
      'forbidden',
      /arn:aws:iam::123456789012:user\/nobody lacks the IAM action ecr:DescribeRepositories/,
      /Attach a policy that allows ecr:DescribeRepositories/,
    ],
    [
      'a role that may not be assumed',
      { options: { roleArn: role.roleArn, externalId: 'wrong' } },
      'forbidden',
      /lacks the IAM action sts:AssumeRole on arn:aws:iam::123456789012:role\/portal/,
      /trust policy/,
    ],
    [
      'a wrong key that should assume a role',
      {
        ...withRole,
        credentials: { ...portal, secretAccessKey: weak.secretAccessKey },
      },
      'unauthenticated',
      /SignatureDoesNotMatch/,
      /Secret Access Key/,
    ],
    [
      'no key at all',
      { credentials: undefined },
      'unauthenticated',
      /needs an identity/,
      /Access Key ID/,
    ],
    [
      'an identity that is not offered',
      { options: { signIn: 'ambient' }, credentials: undefined },
      'forbidden',
      /not offered/,
      /imageRegistry\.aws\.ambientIdentity/,
    ],
  ])(
    'says what is wrong with %s',
    async (_name, settings, code, message, hint) => {
      const client = connect(settings);
      await expect(client.listRepositories({})).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      });
      await expect(client.listRepositories({})).rejects.toThrow(
        /^Amazon ECR: /,
      );
    },
  );

  it('pings where it cannot sign in', async () => {
    const steps = await connect({ credentials: weak }).check();
    expect(steps).toMatchObject([
      { name: 'ping', ok: true },
      {
        name: 'authenticate',
        ok: false,
        code: 'forbidden',
        message: expect.stringContaining('ecr:GetAuthorizationToken'),
      },
      { name: 'list', skipped: true },
      { name: 'pull', skipped: true },
    ]);
  });

  it('tells a registry that cannot be reached from one that refuses', async () => {
    const path = '/tags/list';
    world.faults.add({
      host: ecrPlace.host,
      path,
      effect: { kind: 'reset' },
    });
    expect(await connect().check()).toMatchObject([
      { name: 'ping', ok: false, code: 'unreachable' },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true },
      { name: 'pull', skipped: true },
    ]);
    world.faults.clear();
    world.faults.add({
      host: ecrPlace.host,
      path,
      effect: {
        kind: 'status',
        status: 403,
        body: { errors: [{ code: 'DENIED', message: 'ecr:ListImages' }] },
      },
    });
    expect((await connect().check())[3]).toMatchObject({
      name: 'pull',
      ok: false,
      code: 'forbidden',
      message: expect.stringContaining('ecr:ListImages'),
    });
  });

  it('repeats a call that was throttled', async () => {
    world.faults.add({
      host: ecrPlace.apiHost,
      times: 1,
      effect: {
        kind: 'status',
        status: 400,
        body: { __type: 'ThrottlingException', message: 'Rate exceeded' },
      },
    });
    expect((await connect().listRepositories({})).items).toHaveLength(4);
  });
});
