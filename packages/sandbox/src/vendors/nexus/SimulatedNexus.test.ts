import { basic, WorldClient } from '../testing/worldClient';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { nexusAccounts } from './accounts';
import { SimulatedNexus } from './SimulatedNexus';

const { portal, weak } = nexusAccounts;
const login = basic(portal.username, portal.password);
const nexus = 'https://nexus.example.com';

describe('SimulatedNexus', () => {
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    world = await startVendorWorld({ vendors: [SimulatedNexus.create()] });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  const get = (url: string, headers: Record<string, string> = login) =>
    client.call(url, { headers });

  it('asks for Basic', async () => {
    const { headers, status } = await get(`${nexus}/v2/`, {});
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe(
      'BASIC realm="Sonatype Nexus Repository Manager"',
    );
  });

  it.each([
    `${nexus}:5000/v2/acme/web/tags/list`,
    'https://docker-hosted.nexus.example.com/v2/acme/web/tags/list',
    `${nexus}/v2/docker-hosted/acme/web/tags/list`,
    `${nexus}/repository/docker-hosted/v2/acme/web/tags/list`,
  ])('serves one repository as %s, with a null among the tags', async url => {
    const { json } = await get(url);
    const { tags } = json as { tags: unknown[] };
    expect(tags).toContain('latest');
    expect(tags).toContain(null);
  });

  it('links behind the connector, and not at all from a group', async () => {
    const path = '/v2/acme/nightly/tags/list?n=10';
    expect((await get(`${nexus}:5000${path}`)).headers.link).toMatch(
      /^<\/repository\/docker-hosted\/v2\//,
    );
    expect((await get(`${nexus}:5001${path}`)).headers.link).toBeUndefined();
  });

  it('leads through its search by tokens', async () => {
    const url = `${nexus}/service/rest/v1/search?repository=docker-hosted&name=acme/nightly`;
    const first = (await get(url)).json as {
      items: unknown[];
      continuationToken: string;
    };
    expect(first.items).toHaveLength(50);
    const next = await get(
      `${url}&continuationToken=${first.continuationToken}`,
    );
    expect(next.json).toMatchObject({ items: expect.any(Array) });
    expect(next.json).not.toMatchObject({ items: first.items });
  });

  it.each([
    ['repositories', 200],
    ['components?repository=docker-hosted', 403],
    ['components?repository=nobody', 404],
  ])('answers %s without a privilege with %i', async (path, expected) => {
    const headers = basic(weak.username, weak.password);
    const { status } = await get(`${nexus}/service/rest/v1/${path}`, headers);
    expect(status).toBe(expected);
  });
});
