import { pushImage } from '../push/pushImage';
import {
  SandboxRegistry,
  SandboxRegistryOptions,
  startSandboxRegistry,
} from '../SandboxRegistry';
import { call } from '../testing/call';
import { RegistryUser } from './AccessControl';

const admin: RegistryUser = { username: 'admin', password: 'secret' };
const reader: RegistryUser = {
  username: 'reader',
  password: 'secret',
  access: [{ repository: 'team/*', actions: ['pull'] }],
};
const basic = ({ username, password }: RegistryUser) => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString(
    'base64',
  )}`,
});

describe('access', () => {
  let registry: SandboxRegistry;

  const start = async (access: SandboxRegistryOptions['access']) => {
    registry = await startSandboxRegistry({ access });
  };
  const get = (path: string, headers?: Record<string, string>) =>
    call(`${registry.url}${path}`, { headers });
  const token = async (scopes: string[], user?: RegistryUser) => {
    const query = new URLSearchParams(scopes.map(each => ['scope', each]));
    const answer = await get(`/token?${query}`, user && basic(user));
    return answer.json as {
      token: string;
      access_token: string;
      expires_in: number;
    };
  };
  const bearer = (issued: { token: string }) => ({
    Authorization: `Bearer ${issued.token}`,
  });

  afterEach(() => registry.stop());

  it('asks for a password in Basic mode', async () => {
    await start({ mode: 'basic', users: [admin] });
    const refused = await get('/v2/');
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toBe('Basic realm="sandbox"');
    expect(refused.json).toMatchObject({ errors: [{ code: 'UNAUTHORIZED' }] });
    const wrong = { ...admin, password: 'other' };
    expect((await get('/v2/', basic(wrong))).status).toBe(401);
    expect((await get('/v2/', basic(admin))).status).toBe(200);
    expect((await get('/token')).status).toBe(404);
  });

  it.each([
    ['/v2/', undefined],
    ['/v2/_catalog', 'registry:catalog:*'],
    ['/v2/team/app/tags/list', 'repository:team/app:pull'],
  ])('challenges %s with its scope', async (path, scope) => {
    await start({ mode: 'token', users: [admin], service: 'test' });
    const expected = `Bearer realm="${registry.url}/token",service="test"${
      scope ? `,scope="${scope}"` : ''
    }`;
    expect((await get(path)).headers['www-authenticate']).toBe(expected);
  });

  it('asks for both repositories of a mount', async () => {
    await start({ mode: 'token', users: [admin] });
    const answer = await call(
      `${registry.url}/v2/team/a/blobs/uploads/?mount=sha256:1&from=team/b`,
      { method: 'POST' },
    );
    expect(answer.headers['www-authenticate']).toContain(
      'scope="repository:team/a:pull,push repository:team/b:pull"',
    );
  });

  it('grants less than was asked without saying so', async () => {
    await start({ mode: 'token', users: [admin, reader] });
    await pushImage(registry.url, {
      repository: 'team/app',
      tag: '1',
      ...admin,
    });
    const issued = await token(['repository:team/app:pull,push'], reader);
    const path = '/v2/team/app/manifests/1';
    expect((await get(path, bearer(issued))).status).toBe(200);
    const refused = await call(`${registry.url}/v2/team/app/blobs/uploads/`, {
      method: 'POST',
      headers: bearer(issued),
    });
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toContain(
      'error="insufficient_scope"',
    );
    const elsewhere = await token(['repository:other/app:pull'], reader);
    const other = await get('/v2/other/app/tags/list', bearer(elsewhere));
    expect(other.status).toBe(401);
  });

  it('does not take a token of one repository for another', async () => {
    await start({ mode: 'token', users: [admin] });
    const issued = await token(['repository:team/a:pull'], admin);
    expect((await get('/v2/team/b/tags/list', bearer(issued))).status).toBe(
      401,
    );
    expect((await get('/v2/team/a/tags/list', bearer(issued))).status).toBe(
      404,
    );
  });

  it('refuses a wrong password at the realm and any token after its time', async () => {
    await start({ mode: 'token', users: [admin], lifetimeSeconds: 1 });
    const wrong = { ...admin, password: 'other' };
    expect((await get('/token', basic(wrong))).status).toBe(401);
    const issued = await token([], admin);
    expect(issued.expires_in).toBe(1);
    expect((await get('/v2/', bearer(issued))).status).toBe(200);
    await new Promise(resolve => {
      setTimeout(resolve, 1050);
    });
    const late = await get('/v2/', bearer(issued));
    expect(late.status).toBe(401);
    expect(late.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('lets everybody pull where anonymous tokens may', async () => {
    await start({ mode: 'token', users: [admin], anonymousActions: ['pull'] });
    const issued = await token(['repository:team/app:pull,push']);
    const path = `${registry.url}/v2/team/app`;
    expect(
      (await call(`${path}/tags/list`, { headers: bearer(issued) })).status,
    ).toBe(404);
    const pushed = await call(`${path}/blobs/uploads/`, {
      method: 'POST',
      headers: bearer(issued),
    });
    expect(pushed.status).toBe(401);
  });

  it('exchanges a refresh token by POST, where POST is allowed', async () => {
    await start({ mode: 'token', users: [admin] });
    const post = (form: Record<string, string>) =>
      call(`${registry.url}/token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      });
    const signedIn = await post({
      grant_type: 'password',
      username: 'admin',
      password: 'secret',
      access_type: 'offline',
    });
    const { refresh_token } = signedIn.json as { refresh_token: string };
    const scope = 'repository:team/app:pull';
    const refreshed = await post({
      grant_type: 'refresh_token',
      refresh_token,
      scope,
    });
    const issued = refreshed.json as { token: string };
    expect((await get('/v2/team/app/tags/list', bearer(issued))).status).toBe(
      404,
    );
    expect((await post({ grant_type: 'refresh_token' })).status).toBe(401);
    await registry.stop();
    await start({ mode: 'token', users: [admin], allowPost: false });
    expect((await post({})).status).toBe(405);
  });
});
