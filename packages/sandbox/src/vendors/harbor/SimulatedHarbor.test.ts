import { basic, WorldClient } from '../testing/worldClient';
import { VendorClock } from '../VendorClock';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { harborAccounts } from './accounts';
import { SimulatedHarbor } from './SimulatedHarbor';

const { administrator, endingRobot, robot, weakRobot } = harborAccounts;
const as = ({ username, password }: { username: string; password: string }) =>
  basic(username, password);

describe('SimulatedHarbor', () => {
  let world: VendorWorld;
  let client: WorldClient;
  let harbor: SimulatedHarbor;
  let clock: VendorClock;

  beforeAll(async () => {
    clock = new VendorClock();
    harbor = SimulatedHarbor.create({ clock });
    world = await startVendorWorld({ vendors: [harbor] });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  const call = (
    path: string,
    headers: Record<string, string> = {},
    more: { method?: string; body?: string } = {},
  ) => client.call(`https://harbor.example.com${path}`, { headers, ...more });
  const api = (path: string, headers: Record<string, string> = {}) =>
    call(`/api/v2.0${path}`, headers);

  it.each([
    ['/projects/acme/repositories', undefined, 401],
    ['/projects/acme/repositories', as(weakRobot), 403],
    ['/projects/none/repositories', as(robot), 403],
    ['/projects/none/repositories', as(administrator), 404],
    ['/projects/opensource/repositories', undefined, 200],
    ['/projects/acme/repositories?page_size=101', as(robot), 422],
    ['/quotas', as(robot), 403],
    ['/quotas', as(administrator), 200],
    ['/nothing', as(robot), 404],
  ])('answers %s', async (path, headers, status) => {
    expect((await api(path, headers)).status).toBe(status);
  });

  it('says why it refuses something', async () => {
    expect((await api('/quotas', as(robot))).json).toEqual({
      errors: [{ code: 'FORBIDDEN', message: 'forbidden' }],
    });
  });

  it('takes a wrong password for nobody’s', async () => {
    const wrong = basic(robot.username, 'wrong');
    const { status, json } = await api('/projects', wrong);
    expect(status).toBe(200);
    expect(json).toMatchObject([{ name: 'opensource' }]);
    expect((await call('/v2/', wrong)).status).toBe(401);
    expect((await call('/v2/', as(robot))).status).toBe(200);
    const realm = '/service/token?service=harbor-registry';
    expect((await call(realm, wrong)).status).toBe(401);
    const scope = '&scope=repository:acme/web:pull';
    expect((await call(`${realm}${scope}`, wrong)).status).toBe(200);
  });

  it('ends robot accounts', async () => {
    clock.advance(endingRobot.expiresAt - clock.now() - 60_000);
    expect((await call('/v2/', as(endingRobot))).status).toBe(200);
    clock.advance(60_000);
    expect((await call('/v2/', as(endingRobot))).status).toBe(401);
  });

  it('wants the slashes of nested names encoded twice', async () => {
    const artifacts = (name: string) =>
      api(`/projects/acme/repositories/${name}/artifacts`, as(robot));
    expect((await artifacts('backend%252Fworker')).json).toMatchObject([
      { repository_name: 'acme/backend/worker', tags: [{ name: '1.0.0' }] },
    ]);
    expect((await artifacts('backend%2Fworker')).status).toBe(404);
    expect((await artifacts('none')).json).toEqual([]);
  });

  it('pages with a total and links', async () => {
    const path = '/projects/acme/repositories/nightly/artifacts?page_size=100';
    const second = await api(`${path}&page=2`, as(robot));
    expect(second.headers['x-total-count']).toBe('130');
    expect(second.headers.link).toMatch(/page=1>; rel="prev"$/);
    expect(second.json).toHaveLength(30);
  });

  it('tells of scans and signatures when it is asked to', async () => {
    const path = '/projects/acme/repositories/web/artifacts/v1.2.0';
    const asked = await api(
      `${path}?with_scan_overview=true&with_accessory=true`,
      as(robot),
    );
    expect(asked.json).toMatchObject({
      scan_overview: expect.any(Object),
      accessories: [{ type: 'signature.cosign' }],
    });
    const plain = await api(path, as(robot));
    expect(plain.json).not.toHaveProperty('scan_overview');
    expect(plain.json).not.toHaveProperty('accessories');
  });

  it('asks those who come back with its cookies for a CSRF token', async () => {
    const { headers } = await api('/projects', as(robot));
    expect(String(headers['set-cookie'])).toContain('_gorilla_csrf');
    const answer = await call(
      '/api/v2.0/projects/acme/webhook/policies',
      { ...as(robot), cookie: 'sid=1', 'content-type': 'application/json' },
      { method: 'POST', body: '{}' },
    );
    expect(answer).toMatchObject({ status: 403 });
    expect(harbor.state.webhooks).toEqual([]);
  });
});
