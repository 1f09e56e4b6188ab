import {
  ApiAnswer,
  ApiRequest,
  connectionTo,
  startApi,
} from '../../testing/apiServer';
import { createHarborProvider } from './createHarborProvider';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const login = { username: 'robot$apps+portal', password: 'secret-of-robot' };

const artifacts = Array.from({ length: 150 }, (_, index) => ({
  digest: digest('a'),
  size: 1000 + index,
  type: 'IMAGE',
  push_time: '2026-11-01T10:00:00.000Z',
  extra_attrs: { os: 'linux', architecture: 'amd64' },
  references: null,
  tags: [{ name: `v${index}`, push_time: '2026-11-02T10:00:00.000Z' }],
}));

const special = [
  { digest: digest('b'), tags: null },
  {
    digest: digest('c'),
    size: 5,
    push_time: '0001-01-01T00:00:00.000Z',
    references: [
      { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
      { platform: { os: 'unknown', architecture: 'unknown' } },
      { platform: null },
    ],
    tags: [
      { name: 'multi', push_time: '0001-01-01T00:00:00.000Z' },
      { name: `sha256-${'d'.repeat(64)}.sig` },
      { name: 'bad tag' },
    ],
    something_new: true,
  },
  {},
];

function page<T>(items: T[], { query }: ApiRequest): ApiAnswer {
  const number = Number(query.get('page'));
  const size = Number(query.get('page_size'));
  return {
    headers: { 'x-total-count': String(items.length) },
    body: items.slice((number - 1) * size, number * size),
  };
}

/** Harbor's API and registry as far as the client uses them. */
function harbor(overrides: (request: ApiRequest) => ApiAnswer | undefined) {
  return startApi(request => {
    const answer = overrides(request);
    if (answer) {
      return answer;
    }
    const api = '/api/v2.0';
    switch (request.path) {
      case '/v2/':
        return {};
      case '/v2/_catalog':
        return { body: { repositories: ['apps/web'] } };
      case '/v2/apps/web/tags/list':
        return { body: { tags: ['v1'] } };
      case `${api}/projects`:
        return page([{ name: 'apps' }, { name: 'library' }, {}], request);
      case `${api}/repositories`:
        return page([{ name: 'apps/web' }, { name: 'library/nginx' }], request);
      case `${api}/projects/apps/repositories`:
        return page(
          [
            {
              name: 'apps/web',
              description: 'The shop',
              pull_count: 7,
              artifact_count: 3,
              update_time: '2026-11-03T00:00:00.000Z',
            },
            { name: 'apps/web/proxy' },
            { name: 'apps/UPPER' },
            null,
          ],
          request,
        );
      case `${api}/projects/apps/repositories/web/artifacts`:
        return page(artifacts, request);
      case `${api}/projects/apps/repositories/web%252Fproxy/artifacts`:
        return page(special, request);
      default:
        return {
          status: 404,
          body: { errors: [{ code: 'NOT_FOUND', message: 'not found' }] },
        };
    }
  });
}

type Api = Awaited<ReturnType<typeof harbor>>;
let api: Api;

afterEach(() => api.stop());

async function start(
  overrides: (request: ApiRequest) => ApiAnswer | undefined = () => undefined,
  options: Parameters<typeof connectionTo>[1] = { credentials: login },
) {
  api = await harbor(overrides);
  return createHarborProvider().connect(connectionTo(api.url, options));
}

const forbidden = (part: string) => (request: ApiRequest) =>
  request.path.includes(part)
    ? { status: 403, body: { errors: [{ code: 'FORBIDDEN', message: 'no' }] } }
    : undefined;

describe('Harbor', () => {
  it('lists projects and repositories with what it tells of them', async () => {
    const client = await start();
    expect(await client.listNamespaces!({})).toMatchObject({
      items: ['apps', 'library'],
      complete: true,
    });
    const all = await client.listRepositories({});
    expect(all.items.map(each => each.repository)).toEqual([
      'apps/web',
      'library/nginx',
    ]);
    const apps = await client.listRepositories({ namespace: 'apps' });
    expect(apps).toMatchObject({
      complete: true,
      items: [
        {
          repository: 'apps/web',
          description: 'The shop',
          pullCount: 7,
          updatedAt: '2026-11-03T00:00:00.000Z',
        },
        { repository: 'apps/web/proxy' },
      ],
    });
    expect(apps.items).toHaveLength(2);
  });

  it('signs in to the API and has names taken for names', async () => {
    const client = await start();
    await client.listNamespaces!({});
    expect(api.requests[0].headers).toMatchObject({
      authorization: `Basic ${Buffer.from(
        'robot$apps+portal:secret-of-robot',
      ).toString('base64')}`,
      'x-is-resource-name': 'true',
    });
  });

  it('reads all pages of tags with times, sizes and platforms', async () => {
    const client = await start();
    const tags = await client.listTags('apps/web', {});
    expect(tags).toMatchObject({ totalItems: 150, complete: true });
    expect(tags.items[149]).toEqual({
      tag: 'v149',
      digest: digest('a'),
      pushedAt: '2026-11-02T10:00:00.000Z',
      size: 1149,
      platforms: [{ os: 'linux', architecture: 'amd64' }],
    });
  });

  it('encodes nested names twice and leaves out what is no tag', async () => {
    const client = await start();
    const tags = await client.listTags('apps/web/proxy', {});
    expect(tags.items).toEqual([
      {
        tag: 'multi',
        digest: digest('c'),
        size: 5,
        platforms: [{ os: 'linux', architecture: 'arm64', variant: 'v8' }],
      },
    ]);
  });

  it('finds nested names behind a proxy that decodes once', async () => {
    const client = await start(request => {
      // What the proxy would pass on to Harbor.
      const seen = request.path.replaceAll('%25', '%');
      if (seen.endsWith('/web%252Fproxy/artifacts')) {
        return page(special, request);
      }
      return request.path.endsWith('/web%252Fproxy/artifacts')
        ? { status: 404, body: { errors: [] } }
        : undefined;
    });
    for (let time = 0; time < 2; time++) {
      const tags = await client.listTags('apps/web/proxy', {});
      expect(tags.items).toHaveLength(1);
    }
    // The second listing knew how.
    expect(api.requests).toHaveLength(3);
  });

  it('says that a repository does not exist', async () => {
    const client = await start();
    await expect(client.listTags('apps/none', {})).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(client.listTags('apps/a/b', {})).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(client.listTags('noproject', {})).rejects.toThrow(
      'begin with their project',
    );
  });

  it('says when a later page is missing', async () => {
    const client = await start(({ path, query }) =>
      path.endsWith('/artifacts') && query.get('page') === '2'
        ? { status: 503, body: {} }
        : undefined,
    );
    const tags = await client.listTags('apps/web', {});
    expect(tags.items).toHaveLength(100);
    expect(tags).toMatchObject({
      complete: false,
      reason: expect.stringContaining('A page could not be read'),
    });
  });

  it.each([
    ['/artifacts', 'Artifact: List', 'apps'],
    ['/repositories', 'Repository: List', 'apps'],
  ])('names the right that is missing for %s', async (part, right, project) => {
    const client = await start(forbidden(part));
    const call =
      part === '/artifacts'
        ? client.listTags('apps/web', {})
        : client.listRepositories({ namespace: 'apps' });
    await expect(call).rejects.toMatchObject({
      code: 'forbidden',
      message: `Harbor answered 403. The account robot$apps+portal lacks "${right}" in project ${project}`,
      hint: `In Harbor open Projects › ${project} › Robot Accounts, edit the account and tick "${right}"`,
    });
  });

  it('checks by its own API', async () => {
    const client = await start(() => undefined, {
      credentials: login,
      namespace: 'apps',
    });
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true, message: '4 repositories in project apps' },
      { name: 'pull', ok: true, message: 'apps/web' },
    ]);
  });

  it('tells in the check which right is missing', async () => {
    const client = await start(forbidden('/api/v2.0/'), {
      credentials: login,
      namespace: 'apps',
    });
    const steps = await client.check();
    expect(steps).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      {
        name: 'list',
        ok: false,
        code: 'forbidden',
        message: expect.stringContaining('"Repository: List" in project apps'),
      },
      { name: 'pull', skipped: true },
    ]);
    expect(JSON.stringify(steps)).not.toContain(login.password);
  });

  it('takes an answer that is no list for an empty one', async () => {
    const client = await start(({ path }) =>
      path === '/api/v2.0/projects' ? { body: { projects: [] } } : undefined,
    );
    expect((await client.listNamespaces!({})).items).toEqual([]);
  });
});
