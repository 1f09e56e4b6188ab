import {
  SandboxRegistry,
  pushImage,
  startSandboxRegistry,
} from '@slipway/sandbox';
import {
  TestAnswer,
  TestHandler,
  TestServer,
} from '../__testUtils__/TestServer';
import { unknown } from '../__testUtils__/images';
import { testHttp, testRegistryClient } from '../__testUtils__/testConnection';
import { OciRegistryClient } from './OciRegistryClient';

const user = { username: 'anna', password: 'hunter22' };

let sandbox: SandboxRegistry | undefined;
const servers: TestServer[] = [];

afterEach(async () => {
  await sandbox?.stop();
  sandbox = undefined;
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

async function serve(handler: TestHandler): Promise<TestServer> {
  const server = await TestServer.start(handler);
  servers.push(server);
  return server;
}

const outcomes = (
  steps: Array<{ name: string; ok: boolean; skipped?: boolean }>,
) =>
  steps.map(({ name, ok, skipped }) =>
    [name, ok ? 'ok' : 'failed', skipped ? 'skipped' : '']
      .filter(Boolean)
      .join(' '),
  );

describe.each(['3', '2.8'] as const)(
  'with a registry like distribution %s',
  behavior => {
    async function start(access: Parameters<typeof startSandboxRegistry>[0]) {
      sandbox = await startSandboxRegistry({ behavior, ...access });
      return sandbox;
    }

    it.each([
      ['open', { mode: 'open' as const }],
      ['basic', { mode: 'basic' as const, users: [user] }],
      ['token', { mode: 'token' as const, users: [user] }],
    ])('browses and inspects with access %s', async (mode, access) => {
      const registry = await start({ access });
      const login = mode === 'open' ? {} : user;
      const platforms = [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64', variant: 'v8' },
      ];
      const pushed = await pushImage(registry.url, {
        ...login,
        repository: 'demo/web',
        tag: 'v9',
        tags: ['v10', 'latest'],
        platforms,
      });
      await pushImage(registry.url, {
        ...login,
        repository: 'shop/api',
        tag: 'v1',
      });
      const client = testRegistryClient(
        registry.url,
        mode === 'open' ? {} : { credentials: user },
      );

      expect(outcomes(await client.check())).toEqual([
        'ping ok',
        mode === 'open' ? 'authenticate ok skipped' : 'authenticate ok',
        'list ok',
        'pull ok',
      ]);
      expect((await client.listRepositories({})).items).toEqual([
        { repository: 'demo/web' },
        { repository: 'shop/api' },
      ]);
      expect((await client.listRepositories({ search: 'API' })).items).toEqual([
        { repository: 'shop/api' },
      ]);
      expect(
        (await client.listRepositories({ namespace: 'demo' })).items,
      ).toEqual([{ repository: 'demo/web' }]);

      const first = await client.listTags('demo/web', {
        sort: 'natural-desc',
        search: 'V',
        limit: 1,
      });
      expect(first).toMatchObject({ items: [{ tag: 'v10' }], totalItems: 2 });
      const second = await client.listTags('demo/web', {
        sort: 'natural-desc',
        search: 'V',
        limit: 1,
        cursor: first.nextCursor,
      });
      expect(second.items).toEqual([{ tag: 'v9' }]);
      expect(second.nextCursor).toBeUndefined();
      const inOrder: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.listTags('demo/web', { limit: 2, cursor });
        inOrder.push(...page.items.map(({ tag }) => tag));
        cursor = page.nextCursor;
      } while (cursor);
      expect(inOrder.sort()).toEqual(['latest', 'v10', 'v9']);

      expect((await client.resolve('demo/web', 'v9')).digest).toBe(
        pushed.digest,
      );
      const image = await client.inspect('demo/web', 'v9');
      expect(image).toMatchObject({
        repository: 'demo/web',
        tag: 'v9',
        digest: pushed.digest,
        kind: 'image',
      });
      expect(image.platforms.map(({ platform }) => platform)).toEqual([
        { os: 'linux', architecture: 'amd64', variant: undefined },
        { os: 'linux', architecture: 'arm64', variant: 'v8' },
      ]);
      expect(
        image.platforms[0].layers.every(({ instruction }) => instruction),
      ).toBe(true);
      await expect(client.resolve('demo/web', 'v11')).rejects.toMatchObject({
        code: 'not-found',
      });
      await expect(client.listTags('demo/none', {})).rejects.toMatchObject({
        code: 'not-found',
      });
    });

    it('says that the password is wrong', async () => {
      const registry = await start({
        access: { mode: 'token', users: [user] },
      });
      const steps = await testRegistryClient(registry.url, {
        credentials: { ...user, password: 'wrong-one' },
      }).check();
      expect(outcomes(steps)).toEqual([
        'ping ok',
        'authenticate failed',
        'list failed skipped',
        'pull failed skipped',
      ]);
      expect(steps[1]).toMatchObject({
        code: 'unauthenticated',
        message: expect.stringMatching(/user name and password/),
        hint: expect.stringMatching(/Check/),
      });
      expect(JSON.stringify(steps)).not.toContain('wrong-one');
    });
  },
);

describe('check', () => {
  const claims = (...access: object[]) =>
    [{}, { access }, {}]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');

  const withJwt =
    (actions: string[]): TestHandler =>
    ({ url, headers }) => {
      if (url.pathname === '/token') {
        const access = { type: 'repository', name: 'demo/web', actions };
        return { body: { token: claims(access) } };
      }
      if (!headers.authorization) {
        return {
          status: 401,
          headers: { 'www-authenticate': 'Bearer realm="/token",service="s"' },
        };
      }
      return { body: { repositories: ['demo/web'] } };
    };

  it('asks four times when all is well', async () => {
    const server = await serve(withJwt(['pull']));
    const client = testRegistryClient(server.urlOf('registry.test'), {
      credentials: user,
    });
    expect(outcomes(await client.check())).toEqual([
      'ping ok',
      'authenticate ok',
      'list ok',
      'pull ok',
    ]);
    expect(server.log).toHaveLength(4);
  });

  it('leaves list and pull to vendors that ask for the sign-in alone', async () => {
    class VendorClient extends OciRegistryClient {
      check() {
        return this.checkSignIn();
      }
    }
    const server = await serve(withJwt(['pull']));
    const address = server.urlOf('registry.test');
    const client = new VendorClient(
      {
        registryId: 'test',
        address,
        options: {},
        tls: { verify: true },
        http: testHttp(address),
        credentials: user,
      },
      { title: 'Vendor' },
    );
    expect(outcomes(await client.check())).toEqual([
      'ping ok',
      'authenticate ok',
    ]);
    expect(server.log).toHaveLength(2);
  });

  it('sees in the token that the account may not pull', async () => {
    const server = await serve(withJwt([]));
    const client = testRegistryClient(server.urlOf('registry.test'), {
      credentials: user,
    });
    expect((await client.check())[3]).toMatchObject({
      name: 'pull',
      ok: false,
      code: 'forbidden',
      message: expect.stringContaining('may not pull demo/web'),
    });
  });

  it.each<[string, TestHandler, string, RegExp]>([
    [
      'a web page',
      () => ({ headers: { 'content-type': 'text/html' }, body: '<html>' }),
      'invalid-response',
      /a web page answers/,
    ],
    [
      'another path',
      () => ({ status: 404 }),
      'invalid-response',
      /answered 404/,
    ],
    [
      'a broken registry',
      () => ({ status: 500 }),
      'server-error',
      /answered 500/,
    ],
    [
      'a redirect to https that asks for a sign-in elsewhere',
      ({ url }): TestAnswer =>
        url.hostname === 'registry.test'
          ? {
              status: 301,
              headers: { location: `http://other.test:${url.port}/v2/` },
            }
          : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
      'unauthenticated',
      /redirects to http:\/\/other\.test/,
    ],
  ])('says that it is %s', async (_name, handler, code, message) => {
    const server = await serve(handler);
    const steps = await testRegistryClient(server.urlOf('registry.test'), {
      credentials: user,
    }).check();
    expect(steps[0]).toMatchObject({ name: 'ping', ok: false, code });
    expect(steps[0].message).toMatch(message);
    expect(steps.slice(1).every(({ skipped }) => skipped)).toBe(true);
    expect(server.requests.every(({ headers }) => !headers.authorization)).toBe(
      true,
    );
  });

  it('does not call a registry without a catalog broken', async () => {
    const server = await serve(({ url }) =>
      url.pathname === '/v2/' ? { body: {} } : unknown('UNSUPPORTED'),
    );
    const client = testRegistryClient(server.urlOf('registry.test'));
    const steps = await client.check();
    expect(outcomes(steps)).toEqual([
      'ping ok',
      'authenticate ok skipped',
      'list ok skipped',
      'pull ok skipped',
    ]);
    expect(steps[2].code).toBe('unsupported');
  });
});

describe('a long listing', () => {
  const count = 50_000;
  const tags = Array.from(
    { length: count },
    (_, index) => `release-${index}-${'x'.repeat(40)}`,
  );

  async function listAll(handler: TestHandler) {
    const server = await serve(handler);
    const client = testRegistryClient(server.urlOf('registry.test'));
    const page = await client.oci.listTags('demo/web');
    return page;
  }

  it('is read whole from a server without pages', async () => {
    const page = await listAll(() => ({ body: { tags } }));
    expect(page).toMatchObject({ complete: true, totalItems: count });
  });

  it('is read whole page by page', async () => {
    const page = await listAll(({ url }): TestAnswer => {
      const start = Number(url.searchParams.get('last') ?? 0);
      const next = start + 1000;
      return {
        body: { tags: tags.slice(start, next) },
        headers:
          next < count
            ? { link: `<${url.pathname}?n=1000&last=${next}>; rel="next"` }
            : {},
      };
    });
    expect(page.items).toHaveLength(count);
    expect(page.complete).toBe(true);
  });
});
