import { basic, WorldClient } from '../testing/worldClient';
import { VendorClock } from '../VendorClock';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { dockerHubAccounts } from './accounts';
import { SimulatedDockerHub } from './SimulatedDockerHub';

const { organization, personal, weakOrganization } = dockerHubAccounts;

describe('SimulatedDockerHub', () => {
  let world: VendorWorld;
  let client: WorldClient;
  let hub: SimulatedDockerHub;
  let clock: VendorClock;

  beforeAll(async () => {
    clock = new VendorClock();
    hub = SimulatedDockerHub.create({ clock });
    world = await startVendorWorld({ vendors: [hub] });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  const signIn = async (identifier: string, secret: string) => {
    const { json, status } = await client.call(
      'https://hub.docker.com/v2/auth/token',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier, secret }),
      },
    );
    return { status, token: (json as { access_token?: string }).access_token };
  };
  const api = async (
    path: string,
    account?: { username: string; secret: string },
  ) => {
    const token =
      account && (await signIn(account.username, account.secret)).token;
    return client.call(`https://hub.docker.com${path}`, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
  };
  const manifest = async (
    repository: string,
    method: string,
    account?: { username: string; secret: string },
  ) => {
    const { json } = await client.call(
      `https://auth.docker.io/token?service=registry.docker.io&scope=repository:${repository}:pull`,
      { headers: account ? basic(account.username, account.secret) : {} },
    );
    return client.call(
      `https://registry-1.docker.io/v2/${repository}/manifests/latest`,
      {
        method,
        headers: {
          authorization: `Bearer ${(json as { token: string }).token}`,
          accept: 'application/vnd.oci.image.manifest.v1+json',
        },
      },
    );
  };

  it('gives tokens for ten minutes', async () => {
    expect((await signIn(personal.username, 'wrong')).status).toBe(401);
    const { token } = await signIn(personal.username, personal.secret);
    const own = () =>
      client.call('https://hub.docker.com/v2/repositories/namespaces', {
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await own()).json).toEqual({ namespaces: ['ada', 'acme'] });
    clock.advance(600_000);
    expect((await own()).status).toBe(401);
  });

  it.each([
    ['/v2/namespaces/acme/repositories', personal, 200],
    ['/v2/namespaces/acme/repositories', weakOrganization, 403],
    ['/v2/namespaces/nobody/repositories', personal, 404],
    ['/v2/namespaces/acme/repositories/web/tags', undefined, 404],
    ['/v2/namespaces/library/repositories/nginx/tags', undefined, 200],
    ['/v2/namespaces/acme/repositories?page_size=101', personal, 400],
    ['/v2/repositories/namespaces', organization, 403],
    ['/v2/nothing', undefined, 404],
  ])('answers %s', async (path, account, status) => {
    const answer = await api(path, account);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-ratelimit-limit']).toBe('180');
  });

  it('leads from page to page', async () => {
    const path = '/v2/namespaces/acme/repositories/nightly/tags?page_size=100';
    const first = await api(path, personal);
    expect(first.json).toMatchObject({
      count: 130,
      next: `https://hub.docker.com${path}&page=2`,
      previous: null,
    });
    expect((await api(`${path}&page=3`, personal)).status).toBe(404);
  });

  it('keeps private images from everybody else', async () => {
    expect((await manifest('library/nginx', 'GET')).status).toBe(200);
    expect((await manifest('acme/api', 'GET')).status).toBe(401);
  });

  it('counts a GET of a manifest, and no HEAD', async () => {
    const left = async (method: string) => {
      const { headers } = await manifest('library/nginx', method, personal);
      return headers['ratelimit-remaining'];
    };
    const before = Number.parseInt(String(await left('HEAD')), 10);
    expect(await left('HEAD')).toBe(`${before};w=21600`);
    expect(await left('GET')).toBe(`${before - 1};w=21600`);
    const paid = await manifest('library/nginx', 'HEAD', organization);
    expect(paid.headers).not.toHaveProperty('ratelimit-limit');
  });

  it('refuses pulls when none are left', async () => {
    hub.limits.use(personal.username, 200);
    const refused = await manifest('library/nginx', 'GET', personal);
    expect(refused).toMatchObject({
      status: 429,
      json: { errors: [{ code: 'TOOMANYREQUESTS' }] },
    });
    expect((await manifest('library/nginx', 'HEAD', personal)).status).toBe(
      200,
    );
  });
});
