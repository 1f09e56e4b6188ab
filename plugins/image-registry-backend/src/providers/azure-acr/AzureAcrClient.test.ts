import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  azureAcrAccounts,
  NIGHTLY_TAGS,
  SimulatedAzureAcr,
  startVendorWorld,
  VendorClock,
  VendorWorld,
} from '@slipway/sandbox';
import { createAzureAcrProvider } from './createAzureAcrProvider';

const address = 'https://acme.azurecr.io';
const { admin, application, stranger, tenantId, token, weak } =
  azureAcrAccounts;
const byToken = {
  credentials: { username: token.username, password: token.password },
  options: { signIn: 'token' },
};
const byApplication = {
  credentials: { ...application },
  options: { signIn: 'service-principal', tenantId },
};

describe('Azure Container Registry', () => {
  const provider = createAzureAcrProvider();
  let clock: VendorClock;
  let world: VendorWorld;

  beforeEach(async () => {
    clock = new VendorClock();
    world = await startVendorWorld({
      vendors: [SimulatedAzureAcr.create({ clock })],
    });
  });
  afterEach(() => world.stop());

  const connect = (settings: ConnectionToOptions = byToken): RegistryClient =>
    provider.connect(connectionTo(provider, address, world, settings));

  it('lists repositories, also inside a namespace and by a search', async () => {
    const client = connect();
    expect(await client.listRepositories({ namespace: 'acme' })).toEqual({
      items: ['acme/api', 'acme/chart', 'acme/nightly', 'acme/web'].map(
        repository => ({ repository }),
      ),
      totalItems: 4,
      complete: true,
    });
    expect(await client.listRepositories({ namespace: 'other' })).toMatchObject(
      { items: [], totalItems: 0 },
    );
    expect(await client.listRepositories({ search: 'WEB' })).toMatchObject({
      items: [{ repository: 'acme/web' }],
    });
  });

  it('tells time, digest and lock of tags, and the size of an image', async () => {
    const client = connect();
    const web = await client.listTags('acme/web', {});
    const { digest } = await client.resolve('acme/web', 'latest');
    expect(web).toMatchObject({ complete: true, totalItems: 5 });
    expect(web.items.find(({ tag }) => tag === 'latest')).toEqual({
      tag: 'latest',
      digest,
      pushedAt: '2026-11-04T09:30:00.000Z',
      immutable: false,
    });
    const api = await client.listTags('acme/api', {});
    expect(api.items[0]).toMatchObject({
      size: expect.any(Number),
      platforms: [{ os: 'linux', architecture: 'amd64' }],
    });
  });

  it('reads all pages, the newest tags first', async () => {
    const { complete, items } = await connect().listTags('acme/nightly', {});
    expect(complete).toBe(true);
    expect(items).toHaveLength(NIGHTLY_TAGS);
    const times = items.map(({ pushedAt }) => pushedAt!);
    expect(times).toEqual([...times].sort().reverse());
    const pages = world.requests.list().filter(({ url, headers }) => {
      return url.pathname.endsWith('/_tags') && headers.authorization;
    });
    expect(pages).toHaveLength(2);
  });

  it('says when a later page is missing', async () => {
    world.faults.add({
      path: '/_tags.*last=',
      effect: { kind: 'status', status: 503 },
    });
    expect(await connect().listTags('acme/nightly', {})).toMatchObject({
      complete: false,
      reason: { message: expect.stringContaining('503') },
    });
  });

  it.each<[string, ConnectionToOptions, string[]]>([
    ['a token', byToken, ['ping', 'authenticate', 'list', 'pull']],
    [
      'the admin user',
      {
        credentials: { username: admin.username, password: admin.password },
        options: { signIn: 'admin' },
      },
      ['ping', 'authenticate', 'list', 'pull'],
    ],
    [
      'an application, as Docker does',
      { ...byApplication, options: { signIn: 'service-principal' } },
      ['ping', 'authenticate', 'list', 'pull'],
    ],
    ['an application, by Entra', byApplication, ['authenticate', 'list']],
  ])('checks with %s in four requests', async (_, settings, done) => {
    const steps = await connect(settings).check();
    expect(steps.every(({ ok }) => ok)).toBe(true);
    expect(steps.flatMap(step => (step.skipped ? [] : step.name))).toEqual(
      done,
    );
    expect(world.requests.list()).toHaveLength(4);
  });

  it('hands out logins of Entra that end, and replaces them', async () => {
    const client = connect(byApplication);
    const login = await client.pullCredential!();
    expect(login).toMatchObject({
      username: '00000000-0000-0000-0000-000000000000',
      from: 'short-lived',
      expiresAt: expect.any(String),
    });
    const life = Date.parse(login!.expiresAt!) - Date.now();
    expect(Math.round(life / 3_600_000)).toBe(3);
    expect(login!.password).not.toContain(application.clientSecret);
    // It opens the registry as the login of a cluster does.
    const cluster = connect({
      credentials: { username: login!.username, password: login!.password },
      options: { signIn: 'token' },
    });
    expect((await cluster.resolve('acme/web', 'latest')).digest).toMatch(
      /^sha/,
    );
    // Both the registry's token and the login have ended.
    await client.listTags('acme/web', {});
    clock.advance(4 * 3_600_000);
    expect(await client.listTags('acme/web', {})).toMatchObject({
      totalItems: 5,
    });
    expect((await client.pullCredential!())!.password).not.toBe(
      login!.password,
    );
  });

  it.each([
    [
      'a wrong secret',
      { ...application, clientSecret: 'azure~wrong~secret' },
      tenantId,
      'unauthenticated',
      /AADSTS7000215/,
    ],
    [
      'an unknown application',
      { ...application, clientId: 'nobody' },
      tenantId,
      'unauthenticated',
      /the application nobody .*AADSTS700016/,
    ],
    [
      'an unknown directory',
      application,
      'elsewhere',
      'unauthenticated',
      /the directory elsewhere \(AADSTS90002\)/,
    ],
    [
      'an application without a role',
      stranger,
      tenantId,
      'forbidden',
      /no role at this registry/,
    ],
  ])(
    'says what is wrong with %s',
    async (_, credentials, tenant, code, said) => {
      const client = connect({
        credentials: { ...credentials },
        options: { signIn: 'service-principal', tenantId: tenant },
      });
      const failure = client.listRepositories({}).catch(error => error);
      const { message, ...error } = await failure;
      expect(error).toMatchObject({ code, hint: expect.any(String) });
      expect(message).toMatch(said);
      expect(`${message}${error.hint}`).not.toContain(credentials.clientSecret);
      const [ping, authenticate] = await client.check();
      expect(ping).toMatchObject({ skipped: true, ok: true });
      expect(authenticate).toMatchObject({ ok: false, code, message });
    },
  );

  it('does not repeat a secret that the exchange repeats', async () => {
    world.faults.add({
      path: '/oauth2/v2.0/token',
      effect: {
        kind: 'status',
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: { access_token: 'token-of-entra' },
      },
    });
    world.faults.add({
      path: '/oauth2/exchange',
      effect: {
        kind: 'status',
        status: 403,
        body: {
          message: `not token-of-entra by ${application.clientSecret}`,
        },
      },
    });
    await expect(
      connect(byApplication).listRepositories({}),
    ).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('(not [redacted] by [redacted])'),
    });
  });

  it.each([
    ['html', { kind: 'html' }, 'invalid-response'],
    ['no token', { kind: 'status', status: 200, body: {} }, 'invalid-response'],
    ['429', { kind: 'status', status: 429 }, 'rate-limited'],
    ['503', { kind: 'status', status: 503 }, 'server-error'],
  ] as const)(
    'bears %s from Entra and from the exchange',
    async (_, effect, code) => {
      for (const path of ['/oauth2/v2.0/token', '/oauth2/exchange']) {
        world.faults.clear();
        world.faults.add({ path, effect });
        await expect(
          connect(byApplication).listRepositories({}),
        ).rejects.toMatchObject({
          code,
          message: expect.stringMatching(/^Azure Container Registry: /),
        });
      }
    },
  );

  it('lets a token that may not list be, and names the right', async () => {
    const settings = {
      credentials: { username: weak.username, password: weak.password },
      options: { signIn: 'token' },
    };
    const client = connect(settings);
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      {
        name: 'list',
        ok: true,
        skipped: true,
        code: 'forbidden',
        message: expect.stringContaining('the right to list all repositories'),
        hint: expect.stringContaining('_repositories_admin'),
      },
      { name: 'pull', ok: true, skipped: true },
    ]);
    expect(await client.listTags('acme/web', {})).toMatchObject({
      totalItems: 5,
    });
    await expect(client.listTags('acme/api', {})).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('metadata/read on acme/api'),
    });
  });

  it('says that a repository does not exist', async () => {
    await expect(connect().listTags('acme/none', {})).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
