import { NIGHTLY_TAGS } from '../registry/seedVendorImages';
import { basic, WorldClient } from '../testing/worldClient';
import { VendorClock } from '../VendorClock';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { quayAccounts, SimulatedQuay } from './SimulatedQuay';

const { adminToken, applicationToken, robot, weakToken } = quayAccounts;

describe('SimulatedQuay', () => {
  let world: VendorWorld;
  let client: WorldClient;
  let clock: VendorClock;

  beforeAll(async () => {
    clock = new VendorClock();
    world = await startVendorWorld({
      vendors: [SimulatedQuay.create({ clock })],
    });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    client.call(`https://quay.io${path}`, { headers });
  const api = (path: string, token?: string) =>
    get(`/api/v1${path}`, token ? { authorization: `Bearer ${token}` } : {});
  const pullToken = async () => {
    const { json } = await get(
      '/v2/auth?service=quay.io&scope=repository:acme/web:pull',
      basic(robot.username, robot.password),
    );
    return { authorization: `Bearer ${(json as { token: string }).token}` };
  };

  it('names its own realm, and signs robots in there', async () => {
    const refused = await get('/v2/acme/web/tags/list');
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toBe(
      'Bearer realm="https://quay.io/v2/auth",service="quay.io",scope="repository:acme/web:pull"',
    );
    const wrong = await get('/v2/auth', basic(robot.username, 'wrong'));
    expect(wrong.status).toBe(401);
    const listed = await get('/v2/acme/web/tags/list', await pullToken());
    expect(listed.json).toMatchObject({
      tags: ['1.2', 'latest', 'v1.0.0', 'v1.1.0', 'v1.2.0'],
    });
  });

  it('lets tokens expire on the clock of the world', async () => {
    const token = await pullToken();
    clock.advance(301_000);
    expect((await get('/v2/acme/web/tags/list', token)).status).toBe(401);
  });

  it('has its blobs in a storage that refuses credentials', async () => {
    const token = await pullToken();
    const accept = { accept: 'application/vnd.oci.image.index.v1+json' };
    const index = await get('/v2/acme/web/manifests/latest', {
      ...token,
      ...accept,
    });
    const [child] = (index.json as { manifests: { digest: string }[] })
      .manifests;
    const image = await get(`/v2/acme/web/manifests/${child.digest}`, {
      ...token,
      accept: 'application/vnd.oci.image.manifest.v1+json',
    });
    const { config } = image.json as { config: { digest: string } };
    const blob = await get(`/v2/acme/web/blobs/${config.digest}`, token);
    expect(blob.status).toBe(307);
    const location = String(blob.headers.location);
    expect(new URL(location).host).toBe(
      'quayio-production-s3.s3.amazonaws.com',
    );
    expect((await client.call(location)).json).toMatchObject({ os: 'linux' });
    const refused = await client.call(location, { headers: token });
    expect(refused.status).toBe(400);
  });

  it('lists what a token may see', async () => {
    const own = await api('/repository?namespace=acme', applicationToken);
    expect(own.json).toMatchObject({
      repositories: [
        { namespace: 'acme', name: 'api', is_public: false },
        { name: 'chart' },
        { name: 'nightly' },
        { name: 'web' },
      ],
    });
    const everybodys = await api('/repository?public=true');
    expect(everybodys.json).toMatchObject({
      repositories: [{ namespace: 'opensource', name: 'tool' }],
    });
    expect((await api('/user/', applicationToken)).json).toMatchObject({
      organizations: [{ name: 'acme' }],
    });
  });

  it.each([
    ['/repository', applicationToken, 400],
    ['/repository?namespace=acme', 'made-up', 401],
    ['/repository?namespace=acme', weakToken, 403],
    ['/repository/acme/web/tag/', undefined, 401],
    ['/repository/acme/none/tag/', applicationToken, 404],
    ['/organization/nobody', applicationToken, 404],
    ['/nothing', applicationToken, 404],
  ])('refuses %s with %s', async (path, token, status) => {
    const answer = await api(path, token);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ status, detail: expect.any(String) });
  });

  it('lists tags in pages, the newest first', async () => {
    const path = '/repository/acme/nightly/tag/?onlyActiveTags=true&limit=100';
    const first = await api(`${path}&page=1`, applicationToken);
    const second = await api(`${path}&page=2`, applicationToken);
    expect(first.json).toMatchObject({ has_additional: true, page: 1 });
    expect(second.json).toMatchObject({ has_additional: false, page: 2 });
    const names = [first, second].flatMap(({ json }) =>
      (json as { tags: { name: string }[] }).tags.map(({ name }) => name),
    );
    expect(names).toHaveLength(NIGHTLY_TAGS);
    expect(names[0]).toBe('build-0130');
  });

  it('tells of a tag when it was put, and what it names', async () => {
    const { json } = await api('/repository/acme/web/tag/', applicationToken);
    const { tags } = json as { tags: { name: string }[] };
    expect(tags.find(({ name }) => name === 'v1.2.0')).toEqual({
      name: 'v1.2.0',
      reversion: false,
      start_ts: Date.parse('2026-11-04T09:30:00Z') / 1000,
      manifest_digest: expect.stringMatching(/^sha256:/),
      is_manifest_list: true,
      size: null,
      last_modified: 'Wed, 04 Nov 2026 09:30:00 -0000',
      child_manifest_count: 2,
    });
  });

  it('signs an OAuth token in at the registry under its own name', async () => {
    const answer = await get(
      '/v2/auth?service=quay.io&scope=repository:acme/web:pull',
      basic('$oauthtoken', applicationToken),
    );
    expect(answer.json).toMatchObject({ token: expect.any(String) });
    const wrong = await get('/v2/auth', basic('$oauthtoken', 'made-up'));
    expect(wrong.status).toBe(401);
  });

  it('scans the platforms of an index, not the index', async () => {
    const scanOf = async (digest: string) => {
      const { json } = await api(
        `/repository/acme/web/manifest/${digest}/security?vulnerabilities=true`,
        applicationToken,
      );
      return (json as { status: string }).status;
    };
    const index = await get('/v2/acme/web/manifests/latest', {
      ...(await pullToken()),
      accept: 'application/vnd.oci.image.index.v1+json',
    });
    const [child] = (index.json as { manifests: { digest: string }[] })
      .manifests;
    expect(await scanOf(String(index.headers['docker-content-digest']))).toBe(
      'unsupported',
    );
    expect(await scanOf(child.digest)).toBe('scanned');
  });

  it('keeps notifications by repository, for whoever may administer', async () => {
    const path = 'https://quay.io/api/v1/repository/acme/web/notification/';
    const call = (token: string, options: object = {}, rest = '') =>
      client.call(`${path}${rest}`, {
        headers: { authorization: `Bearer ${token}` },
        ...options,
      });
    expect((await call(applicationToken)).status).toBe(403);
    const post = (body: object) =>
      call(adminToken, { method: 'POST', body: JSON.stringify(body) });
    const wanted = {
      event: 'repo_push',
      method: 'webhook',
      config: { url: 'https://portal.example.com' },
      eventConfig: {},
    };
    expect((await post({ ...wanted, eventConfig: undefined })).status).toBe(
      400,
    );
    expect((await post({ ...wanted, config: { url: 'x' } })).status).toBe(400);
    const made = await post(wanted);
    expect(made.status).toBe(201);
    expect((await call(adminToken)).json).toEqual({
      notifications: [made.json],
    });
    const { uuid } = made.json as { uuid: string };
    const remove = { method: 'DELETE' };
    expect((await call(adminToken, remove, uuid)).status).toBe(204);
    expect((await call(adminToken, remove, uuid)).status).toBe(400);
  });
});
