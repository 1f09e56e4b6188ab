import { basic, WorldClient } from '../testing/worldClient';
import { VendorClock } from '../VendorClock';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { jfrogAccounts } from './accounts';
import { SimulatedJFrog } from './SimulatedJFrog';

const { portal, weak } = jfrogAccounts;
const login = basic(portal.username, portal.password);
const cloud = 'https://acme.jfrog.io';

describe('SimulatedJFrog', () => {
  let clock: VendorClock;
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    clock = new VendorClock();
    world = await startVendorWorld({
      vendors: [SimulatedJFrog.create({ clock })],
    });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  it('names its realm on the same host, and issues tokens that end', async () => {
    const refused = await client.call(`${cloud}/v2/`);
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toBe(
      `Bearer realm="${cloud}/v2/token",service="acme.jfrog.io"`,
    );
    const issued = await client.call(`${cloud}/v2/token`, { headers: login });
    const { token } = issued.json as { token: string };
    const headers = { authorization: `Bearer ${token}` };
    expect((await client.call(`${cloud}/v2/`, { headers })).status).toBe(200);
    clock.advance(3_601_000);
    expect((await client.call(`${cloud}/v2/`, { headers })).status).toBe(401);
  });

  it.each([
    `${cloud}/v2/docker-local/acme/web/tags/list`,
    `${cloud}/artifactory/api/docker/docker-local/v2/acme/web/tags/list`,
    'https://docker-local.artifactory.example.com/v2/acme/web/tags/list',
    'https://artifactory.example.com:5001/v2/acme/web/tags/list',
  ])('serves one repository as %s', async url => {
    const { json } = await client.call(url, { headers: login });
    expect(json).toMatchObject({ tags: expect.arrayContaining(['latest']) });
  });

  it('refuses with 403 what does not exist, and referrers with 406', async () => {
    const base = `${cloud}/v2/docker-local/acme/web`;
    const status = async (path: string) =>
      (await client.call(`${base}${path}`, { headers: login })).status;
    expect(await status('/manifests/v9')).toBe(403);
    expect(await status(`/referrers/sha256:${'a'.repeat(64)}`)).toBe(406);
  });

  it.each([
    ['a query without the fields that everybody must ask for', '"path"', 400],
    ['a query of another language', 'repositories.find()', 400],
  ])('refuses %s', async (_, body, expected) => {
    const { status } = await client.call(
      `${cloud}/artifactory/api/search/aql`,
      {
        method: 'POST',
        headers: { ...login, 'content-type': 'text/plain' },
        body: `items.find({"repo":"docker"}).include(${body}).sort({"$asc":["path"]}).offset(0).limit(5)`,
      },
    );
    expect(status).toBe(expected);
  });

  it('tells nothing to nobody, and little to those without permission', async () => {
    const url = `${cloud}/artifactory/api/repositories`;
    expect((await client.call(url)).status).toBe(401);
    const headers = basic(weak.username, weak.password);
    expect((await client.call(url, { headers })).status).toBe(403);
  });
});
