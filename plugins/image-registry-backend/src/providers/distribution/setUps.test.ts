import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo } from '@slipway/provider-tests';
import {
  DockerRegistry,
  DockerRegistrySetUp,
  dockerRegistryUser,
  isDockerRegistryInstalled,
  pushImage,
  startDockerRegistry,
  startPathPrefixProxy,
  startSandboxRegistry,
} from '@slipway/sandbox';
import { createDistributionProvider } from './createDistributionProvider';

const isInstalled = isDockerRegistryInstalled();
const suite = isInstalled ? describe : describe.skip;
const reason = isInstalled ? '' : ' (skipped: docker-registry not installed)';

jest.setTimeout(120_000);

type Settings = Parameters<typeof connectionTo>[3];

const pushes = [
  {
    repository: 'team/web',
    tag: '1.0.0',
    tags: ['latest'],
    platforms: [
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm64' },
    ],
  },
  { repository: 'team/web', tag: '1.1.0' },
  { repository: 'team/tools/linter', tag: '0.9.0' },
  { repository: 'solo', tag: 'v1' },
];

/** A registry that holds the pushes, and how it is connected. */
interface Bench {
  /** @param path - in place of the registry's own */
  connect(settings?: Settings, path?: string): RegistryClient;
  /** Digests by `repository:tag`. */
  digests: Map<string, string>;
  /** Tries to push once more; rejects when the registry refuses. */
  push(): Promise<unknown>;
  stop(): Promise<void>;
}

async function pushAll(
  url: string,
  login: DockerRegistry['login'],
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const each of pushes) {
    const { digest } = await pushImage(url, { ...each, ...login });
    digests.set(`${each.repository}:${each.tag}`, digest);
  }
  return digests;
}

/** @param prefix - of the path, added by a proxy in front */
async function startBench(
  setUp: DockerRegistrySetUp,
  prefix?: string,
): Promise<Bench> {
  let digests = new Map<string, string>();
  const registry = await startDockerRegistry({
    ...setUp,
    fill: async ({ login, url }) => {
      digests = await pushAll(url, login);
    },
  });
  const { login, stop, url } = registry;
  const proxy = prefix ? await startPathPrefixProxy(url, prefix) : undefined;
  return {
    digests,
    connect: (settings, path) => {
      const address = proxy?.url ?? url;
      return connect(
        path ? new URL(path, address).origin : address,
        login,
        registry.ca,
        settings,
      );
    },
    push: () =>
      pushImage(url, { repository: 'team/web', tag: 'more', ...login }),
    stop: async () => {
      await proxy?.stop();
      await stop();
    },
  };
}

/** The sandbox registry, for what docker-registry needs another server for. */
async function startTokenBench(): Promise<Bench> {
  const registry = await startSandboxRegistry({
    access: { mode: 'token', users: [dockerRegistryUser] },
  });
  const login = dockerRegistryUser;
  return {
    digests: await pushAll(registry.url, login),
    connect: settings => connect(registry.url, login, undefined, settings),
    push: () =>
      pushImage(registry.url, {
        repository: 'team/web',
        tag: 'more',
        ...login,
      }),
    stop: () => registry.stop(),
  };
}

function connect(
  url: string,
  { password, username }: DockerRegistry['login'],
  ca: string | undefined,
  settings: Settings,
): RegistryClient {
  const provider = createDistributionProvider();
  return provider.connect(
    connectionTo(
      provider,
      url,
      { ca },
      {
        ...(username && password && { credentials: { username, password } }),
        headersMs: 10_000,
        ...settings,
      },
    ),
  );
}

/** What any registry must give, however it is set up. */
function describeBrowsing(bench: () => Bench): void {
  it('passes its check', async () => {
    const steps = await bench().connect().check();
    expect(steps.map(({ name, ok, skipped }) => [name, ok, !!skipped])).toEqual(
      [
        ['ping', true, false],
        ['authenticate', true, expect.any(Boolean)],
        ['list', true, false],
        ['pull', true, false],
      ],
    );
  });

  it('lists its repositories, whole and page by page', async () => {
    const client = bench().connect();
    const whole = await client.listRepositories({});
    expect(whole).toMatchObject({ complete: true });
    expect(whole.items.map(({ repository }) => repository).sort()).toEqual([
      'solo',
      'team/tools/linter',
      'team/web',
    ]);
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listRepositories({ limit: 2, cursor });
      pages.push(page.items.map(({ repository }) => repository));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(pages.map(page => page.length)).toEqual([2, 1]);
    expect(pages.flat()).toEqual(
      whole.items.map(({ repository }) => repository),
    );
  });

  it('stays within a namespace', async () => {
    const client = bench().connect({ namespace: 'team' });
    const { items } = await client.listRepositories({});
    expect(items.map(({ repository }) => repository)).toEqual([
      'team/tools/linter',
      'team/web',
    ]);
  });

  it('lists tags and tells what they name', async () => {
    const { connect: open, digests } = bench();
    const client = open();
    const tags = await client.listTags('team/web', {});
    expect(tags.complete).toBe(true);
    expect(tags.items.map(({ tag }) => tag).sort()).toEqual([
      '1.0.0',
      '1.1.0',
      'latest',
    ]);
    const { digest } = await client.resolve('team/web', 'latest');
    expect(digest).toBe(digests.get('team/web:1.0.0'));
    expect((await client.resolve('team/web', digest)).digest).toBe(digest);
  });

  it('tells the platforms and layers of an image', async () => {
    const { connect: open, digests } = bench();
    const image = await open().inspect('team/web', '1.0.0');
    expect(image.digest).toBe(digests.get('team/web:1.0.0'));
    expect(
      image.platforms.map(({ platform }) => platform?.architecture),
    ).toEqual(['amd64', 'arm64']);
    expect(image.platforms[0].layers.length).toBeGreaterThan(0);
  });

  it('says what does not exist', async () => {
    const client = bench().connect();
    await expect(client.listTags('team/none', {})).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(client.resolve('team/web', 'none')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
}

function describeSignIn(bench: () => Bench): void {
  it.each([
    ['a wrong password', { username: 'robot', password: 'hunter22' }],
    ['nobody', undefined],
  ])('does not let %s in', async (_who, credentials) => {
    const client = bench().connect({ credentials });
    const error = await client.listTags('team/web', {}).catch(each => each);
    expect(error).toMatchObject({
      code: 'unauthenticated',
      hint: expect.any(String),
    });
    expect(`${error.message}${error.hint}`).not.toContain('hunter22');
  });
}

suite(`Debian's docker-registry${reason}`, () => {
  describe.each<[string, DockerRegistrySetUp, string?]>([
    ['open', {}],
    ['with a password', { htpasswd: true }],
    ['with TLS of its own authority', { tls: true }],
    ['below a path, behind a proxy', {}, '/team/registry'],
    ['read-only', { readOnly: true }],
  ])('%s', (_name, setUp, prefix) => {
    let running: Bench;
    beforeAll(async () => {
      running = await startBench(setUp, prefix);
    });
    afterAll(() => running?.stop());

    describeBrowsing(() => running);

    if (setUp.htpasswd) {
      describeSignIn(() => running);
    }

    if (setUp.tls) {
      it('is not trusted without its authority', async () => {
        const client = running.connect({ trusts: false });
        await expect(client.listTags('team/web', {})).rejects.toMatchObject({
          code: 'untrusted-certificate',
          hint: expect.stringContaining('TLS settings'),
        });
      });
    }

    if (prefix) {
      it('is not found at the root of its host', async () => {
        const client = running.connect({}, '/');
        await expect(client.listTags('team/web', {})).rejects.toMatchObject({
          code: 'invalid-response',
          hint: expect.stringContaining('path'),
        });
      });
    }

    if (setUp.readOnly) {
      it('takes no push', async () => {
        await expect(running.push()).rejects.toThrow(/405/);
      });
    } else {
      it('takes pushes', async () => {
        await expect(running.push()).resolves.toMatchObject({
          digest: expect.stringMatching(/^sha256:/),
        });
      });
    }
  });
});

describe('the sandbox registry that asks for tokens', () => {
  let running: Bench;
  beforeAll(async () => {
    running = await startTokenBench();
  });
  afterAll(() => running?.stop());

  describeBrowsing(() => running);
  describeSignIn(() => running);
});
