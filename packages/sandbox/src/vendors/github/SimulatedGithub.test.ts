import { basic, WorldClient } from '../testing/worldClient';
import { VendorClock } from '../VendorClock';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { githubAccounts, SimulatedGithub } from './SimulatedGithub';

const { adminToken, fineGrainedToken, token, weakToken, workflowToken } =
  githubAccounts;

describe('SimulatedGithub', () => {
  let world: VendorWorld;
  let client: WorldClient;
  let clock: VendorClock;

  beforeAll(async () => {
    clock = new VendorClock();
    world = await startVendorWorld({
      vendors: [SimulatedGithub.create({ clock })],
    });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  const api = (path: string, password?: string, options: object = {}) =>
    client.call(`https://api.github.com${path}`, {
      ...(password && { headers: { authorization: `Bearer ${password}` } }),
      ...options,
    });
  const packages = '/orgs/acme/packages?package_type=container';

  it.each([
    ['nobody', undefined, 401, /Requires authentication/],
    ['a token that was never given out', 'ghp_x', 401, /Bad credentials/],
    ['a token without the scope', weakToken.password, 403, /read:packages/],
    ['a fine-grained token', fineGrainedToken.password, 403, /access token/],
    ['a classic token', token.password, 200, /"web"/],
    ['a workflow', workflowToken.password, 200, /"web"/],
  ])(
    'lists packages for %s with %s as %i',
    async (_n, password, status, text) => {
      const answer = await api(packages, password);
      expect(answer.status).toBe(status);
      expect(JSON.stringify(answer.json)).toMatch(text);
    },
  );

  it('tells the scopes of classic tokens alone, and the limits', async () => {
    const classic = await api('/user', token.password);
    expect(classic.headers).toMatchObject({
      'x-oauth-scopes': 'read:packages, read:org',
      'x-ratelimit-limit': '5000',
    });
    const workflow = await api('/user', workflowToken.password);
    expect(workflow.status).toBe(403);
    expect(workflow.headers).not.toHaveProperty('x-oauth-scopes');
  });

  it('has organizations and users in different places', async () => {
    const at = async (path: string) => (await api(path, token.password)).status;
    const query = 'packages?package_type=container';
    expect(await at(`/orgs/acme/${query}`)).toBe(200);
    expect(await at(`/users/acme/${query}`)).toBe(404);
    expect(await at(`/users/octo/${query}`)).toBe(200);
    expect(await at(`/orgs/octo/${query}`)).toBe(404);
  });

  it('pages by Link, and encodes names with slashes', async () => {
    const nightly = '/orgs/acme/packages/container/nightly/versions';
    const first = await api(`${nightly}?per_page=100`, token.password);
    expect(first.json).toHaveLength(100);
    expect(first.headers.link).toMatch(
      /<https:\/\/api\.github\.com\/.*[?&]page=2>; rel="next".*rel="last"/,
    );
    const second = await api(`${nightly}?per_page=100&page=2`, token.password);
    expect(second.json).toHaveLength(30);
    const versions = await api(
      '/users/octo/packages/container/tool%2Fcli/versions',
      token.password,
    );
    expect(versions.json).toEqual([
      expect.objectContaining({
        name: expect.stringMatching(/^sha256:/),
        metadata: expect.objectContaining({ container: { tags: ['latest'] } }),
      }),
    ]);
  });

  it('hides webhooks from whoever lacks the scope', async () => {
    expect((await api('/orgs/acme/hooks', token.password)).status).toBe(404);
    const hook = {
      name: 'web',
      events: ['package'],
      config: { url: 'https://portal.example.com', secret: 'hidden' },
    };
    const make = () =>
      api('/orgs/acme/hooks', adminToken.password, {
        method: 'POST',
        body: JSON.stringify(hook),
        headers: { authorization: `Bearer ${adminToken.password}` },
      });
    const made = await make();
    expect(made.status).toBe(201);
    expect(JSON.stringify(made.json)).not.toContain('hidden');
    expect((await make()).status).toBe(422);
  });

  it('gives nobody the private images, and has no catalog', async () => {
    const tags = async (
      repository: string,
      headers?: Record<string, string>,
    ) => {
      const granted = await client.call(
        `https://ghcr.io/token?service=ghcr.io&scope=repository:${repository}:pull`,
        { headers },
      );
      const bearer = (granted.json as { token: string }).token;
      const answer = await client.call(
        `https://ghcr.io/v2/${repository}/tags/list`,
        { headers: { authorization: `Bearer ${bearer}` } },
      );
      return answer.status;
    };
    expect(await tags('octo/tool/cli')).toBe(200);
    expect(await tags('acme/web')).toBe(403);
    const signedIn = basic('anybody', token.password);
    expect(await tags('acme/web', signedIn)).toBe(200);
    expect((await client.call('https://ghcr.io/v2/_catalog')).status).toBe(404);
  });

  it('is a GitHub Enterprise Server as well', async () => {
    const answer = await client.call(
      `https://github.example.com/api/v3${packages}`,
      { headers: { authorization: `Bearer ${token.password}` } },
    );
    expect(answer.status).toBe(200);
  });
});
