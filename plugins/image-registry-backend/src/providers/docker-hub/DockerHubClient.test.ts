import {
  ApiAnswer,
  ApiRequest,
  connectionTo,
  startApi,
} from '../../testing/apiServer';
import { createDockerHubProvider } from './createDockerHubProvider';

const digest = `sha256:${'a'.repeat(64)}`;
const login = { username: 'acme', password: 'personal-access-token' };

const tags = Array.from({ length: 230 }, (_, index) => ({
  name: `v${index}`,
  full_size: 5000 + index,
  digest,
  last_updated: '2026-11-01T00:00:00Z',
  tag_last_pushed: '2026-11-02T00:00:00.123456Z',
  tag_status: 'active',
  last_updater_username: 'ada',
  images: [
    { architecture: 'amd64', os: 'linux', variant: null, size: 5000 },
    { architecture: 'arm64', os: 'linux', variant: 'v8', size: 5001 },
    { architecture: 'unknown', os: 'unknown', size: 1 },
  ],
}));

function page<T>(results: T[], { query }: ApiRequest): ApiAnswer {
  const number = Number(query.get('page'));
  const size = Number(query.get('page_size'));
  return {
    body: {
      count: results.length,
      next: null,
      previous: null,
      results: results.slice((number - 1) * size, number * size),
    },
  };
}

/** The Hub's API and registry as far as the client uses them. */
function hub(overrides: (request: ApiRequest) => ApiAnswer | undefined) {
  return startApi(request => {
    const answer = overrides(request);
    if (answer) {
      return answer;
    }
    switch (request.path) {
      case '/v2/':
        return {};
      case '/v2/_catalog':
        return { status: 401, body: {} };
      case '/v2/auth/token':
        return JSON.parse(request.body).secret === login.password
          ? { body: { access_token: 'a.jwt.token' } }
          : { status: 401, body: { message: 'Incorrect authentication' } };
      case '/v2/repositories/namespaces':
        return { body: { namespaces: ['acme', 'acme-labs'] } };
      case '/v2/namespaces/acme/repositories':
        return page(
          [
            {
              name: 'web',
              namespace: 'acme',
              description: 'The shop',
              is_private: true,
              pull_count: 12,
              star_count: 1,
              last_updated: '2026-11-03T00:00:00Z',
            },
            { name: null },
          ],
          request,
        );
      case '/v2/namespaces/acme-labs/repositories':
        return page([{ name: 'lab' }], request);
      case '/v2/namespaces/library/repositories':
        return page([{ name: 'nginx', namespace: 'library' }], request);
      case '/v2/namespaces/acme/repositories/web/tags':
      case '/v2/namespaces/library/repositories/nginx/tags':
        return page(tags, request);
      case '/v2/acme/web/tags/list':
      case '/v2/library/nginx/tags/list':
        return { body: { tags: ['v1'] } };
      default:
        return { status: 404, body: { message: 'object not found' } };
    }
  });
}

let api: Awaited<ReturnType<typeof hub>>;

afterEach(async () => {
  // Tests of addresses start none.
  await api?.stop();
});

async function start(
  options: Parameters<typeof connectionTo>[1] = { credentials: login },
  overrides: (request: ApiRequest) => ApiAnswer | undefined = () => undefined,
) {
  api = await hub(overrides);
  return createDockerHubProvider({ apiUrl: api.url }).connect(
    connectionTo(api.url, options),
  );
}

describe('Docker Hub', () => {
  it.each([
    'docker.io',
    'https://docker.io',
    'http://docker.io',
    'index.docker.io',
    'registry-1.docker.io',
    'registry.hub.docker.com',
    'https://hub.docker.com/r/acme/web',
    'https://index.docker.io/v1/',
  ])('knows itself as %s', text => {
    const provider = createDockerHubProvider();
    expect(provider.normalizeAddress!(text)).toBe(
      'https://registry-1.docker.io',
    );
  });

  it('refuses the address of another registry', () => {
    const provider = createDockerHubProvider();
    expect(() => provider.normalizeAddress!('quay.io')).toThrow(
      'quay.io is not Docker Hub',
    );
  });

  it('lists what the account has', async () => {
    const client = await start();
    expect(await client.listNamespaces!({})).toMatchObject({
      items: ['acme', 'acme-labs'],
    });
    expect(await client.listRepositories({})).toMatchObject({
      complete: true,
      items: [
        {
          repository: 'acme/web',
          description: 'The shop',
          isPublic: false,
          pullCount: 12,
          updatedAt: '2026-11-03T00:00:00.000Z',
        },
        { repository: 'acme-labs/lab' },
      ],
    });
  });

  it('signs in once, with its own token', async () => {
    const client = await start();
    await client.listNamespaces!({});
    await client.listRepositories({});
    const signIns = api.requests.filter(
      ({ path }) => path === '/v2/auth/token',
    );
    expect(signIns).toHaveLength(1);
    expect(JSON.parse(signIns[0].body)).toEqual({
      identifier: login.username,
      secret: login.password,
    });
    expect(api.requests.at(-1)?.headers.authorization).toBe(
      'Bearer a.jwt.token',
    );
  });

  it('signs in again when its token was revoked', async () => {
    let refusals = 1;
    const client = await start(undefined, ({ path }) =>
      path === '/v2/repositories/namespaces' && refusals-- > 0
        ? { status: 401, body: { message: 'token expired' } }
        : undefined,
    );
    expect((await client.listNamespaces!({})).items).toHaveLength(2);
    expect(
      api.requests.filter(({ path }) => path === '/v2/auth/token'),
    ).toHaveLength(2);
  });

  it('says that the token is wrong, without repeating it', async () => {
    const client = await start({
      credentials: { ...login, password: 'not-the-token' },
    });
    const error = await client.listNamespaces!({}).catch(reason => reason);
    expect(error).toMatchObject({ code: 'unauthenticated' });
    expect(String(error.message)).not.toContain('not-the-token');
  });

  it('reads all tags with times, sizes and platforms', async () => {
    const client = await start();
    const page230 = await client.listTags('acme/web', {});
    expect(page230).toMatchObject({ totalItems: 230, complete: true });
    expect(page230.items[229]).toEqual({
      tag: 'v229',
      digest,
      pushedAt: '2026-11-02T00:00:00.123Z',
      size: 5229,
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64', variant: 'v8' },
      ],
      pushedBy: 'ada',
    });
  });

  it('reads public images without an account', async () => {
    const client = await start({});
    expect((await client.listRepositories({})).items).toEqual([
      { repository: 'library/nginx' },
    ]);
    const list = await client.listTags('library/nginx', { search: 'v22' });
    expect(list.items.map(({ tag }) => tag)).toEqual([
      'v22',
      ...Array.from({ length: 10 }, (_, index) => `v22${index}`),
    ]);
    expect(
      api.requests.some(({ headers }) => headers.authorization !== undefined),
    ).toBe(false);
  });

  it('adds the names of the protocol where the API does not tell all', async () => {
    const client = await start(undefined, ({ path, query }) => {
      if (path.endsWith('/repositories/web/tags')) {
        return query.get('page') === '1'
          ? { body: { count: 300, results: tags.slice(0, 100) } }
          : { status: 500, body: {} };
      }
      return path === '/v2/acme/web/tags/list'
        ? { body: { tags: ['v1', 'only-in-registry'] } }
        : undefined;
    });
    const list = await client.listTags('acme/web', {});
    expect(list).toMatchObject({ complete: true });
    expect(list.items).toEqual([
      expect.objectContaining({ tag: 'v1', digest }),
      { tag: 'only-in-registry' },
    ]);
  });

  it('survives tags with little to tell', async () => {
    const client = await start(undefined, ({ path }) =>
      path.endsWith('/tags')
        ? {
            body: {
              count: 4,
              results: [
                { name: 'old', digest: '', images: null, last_updated: null },
                { name: 'bad tag' },
                {},
                { name: `sha256-${'b'.repeat(64)}.sig` },
              ],
            },
          }
        : undefined,
    );
    expect((await client.listTags('acme/web', {})).items).toEqual([
      { tag: 'old' },
    ]);
  });

  it('refuses names that cannot exist there', async () => {
    const client = await start();
    await expect(client.listTags('a/b/c', {})).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(client.listTags('acme/none', {})).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('checks by its own API', async () => {
    const client = await start();
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true, message: '2 in acme' },
      { name: 'pull', ok: true, message: 'acme/web' },
    ]);
  });
});
