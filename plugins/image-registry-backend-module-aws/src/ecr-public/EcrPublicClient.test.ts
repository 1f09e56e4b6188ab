import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  ecrAccounts,
  ecrPlace,
  NIGHTLY_TAGS,
  SimulatedEcr,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createEcrProvider } from '../createEcrProvider';

const { portal, role, weak } = ecrAccounts;

describe('EcrPublicClient', () => {
  let world: VendorWorld;

  beforeAll(async () => {
    world = await startVendorWorld({ vendors: [SimulatedEcr.create()] });
  });
  afterEach(() => {
    world.faults.clear();
    world.requests.clear();
  });
  afterAll(() => world.stop());

  const provider = createEcrProvider();
  const connect = (settings: ConnectionToOptions) =>
    provider.connect(connectionTo(provider, 'public.ecr.aws', world, settings));
  const anonymous = { options: { signIn: 'anonymous' } };
  const signedIn = { credentials: portal };

  it('pulls anonymously, from repositories that are typed', async () => {
    const client = connect(anonymous);
    expect((await client.listTags('nginx/nginx', {})).items).toEqual([
      { tag: 'stable' },
    ]);
    const { digest } = await client.resolve('nginx/nginx', 'stable');
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    await expect(client.resolve('nginx/nginx', digest)).resolves.toMatchObject({
      digest,
    });
    expect(await client.pullCredential!()).toBeUndefined();
    await expect(client.listRepositories({})).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('only to the account that owns them'),
      hint: expect.stringContaining('Type the names'),
    });
  });

  it('lists what is the own of the account, with details', async () => {
    const client = connect(signedIn);
    const { items, complete } = await client.listRepositories({});
    expect(complete).toBe(true);
    expect(items.map(({ repository }) => repository)).toEqual([
      'acme/api',
      'acme/chart',
      'acme/nightly',
      'acme/web',
    ]);
    expect(items[0]).toMatchObject({ isPublic: true });
    const tags = await client.listTags('acme/api', {});
    expect(tags.items.find(({ tag }) => tag === 'latest')).toEqual({
      tag: 'latest',
      digest: expect.stringMatching(/^sha256:/),
      pushedAt: '2026-10-17T09:30:00.000Z',
      size: expect.any(Number),
    });
    const nightly = await client.listTags('acme/nightly', {});
    expect(nightly.items).toHaveLength(NIGHTLY_TAGS);
  });

  it("lists the tags of others' repositories by the protocol", async () => {
    const client = connect(signedIn);
    expect((await client.listTags('nginx/nginx', {})).items).toEqual([
      { tag: 'stable' },
    ]);
  });

  it('does without the API where the account may not ask it', async () => {
    world.faults.add({
      header: 'x-amz-target: .*DescribeRegistries',
      effect: {
        kind: 'status',
        status: 400,
        body: { __type: 'AccessDeniedException', message: 'no' },
      },
    });
    const { items } = await connect(signedIn).listTags('acme/api', {});
    expect(items).toContainEqual({ tag: 'latest' });
  });

  it('hands out a login for higher limits', async () => {
    expect(await connect(signedIn).pullCredential!()).toMatchObject({
      username: 'AWS',
      from: 'short-lived',
      expiresAt: expect.any(String),
    });
  });

  it('checks who is anonymous', async () => {
    expect(await connect(anonymous).check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true, skipped: true, code: 'unsupported' },
      { name: 'pull', ok: true, skipped: true },
    ]);
    expect(world.requests.list().length).toBeLessThanOrEqual(4);
  });

  it('checks an account with a role in four requests', async () => {
    const steps = await connect({
      ...signedIn,
      options: { roleArn: role.roleArn, externalId: role.externalId },
    }).check();
    expect(steps).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true, message: '4 repositories' },
      { name: 'pull', ok: true, skipped: true, durationMs: 0 },
    ]);
    expect(steps[3]).not.toHaveProperty('message');
    expect(world.requests.list().length).toBeLessThanOrEqual(4);
    expect(world.requests.list(ecrPlace.publicApiHost)).toHaveLength(2);
  });

  it('names the action that is missing', async () => {
    await expect(
      connect({ credentials: weak }).listRepositories({}),
    ).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('ecr-public:DescribeRepositories'),
      hint: expect.stringContaining(
        'AmazonElasticContainerRegistryPublicReadOnly',
      ),
    });
  });
});
