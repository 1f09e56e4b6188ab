import { createVendors } from './createVendors';
import { Directory } from './network/Directory';
import { WorldClient } from './testing/worldClient';
import { startVendorWorld, VendorWorld } from './VendorWorld';

const vendors = createVendors();

/** Each name that leads to a vendor, any characters as one letter. */
const origins = vendors.flatMap(vendor =>
  vendor.hosts.map((host): [string, string] => [
    vendor.id,
    new URL(
      (host.includes('://') ? host : `https://${host}`).replaceAll('*', 'x'),
    ).origin,
  ]),
);

describe('createVendors', () => {
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    world = await startVendorWorld({ vendors });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  it('gives each vendor an id of its own', () => {
    const ids = vendors.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it.each(origins)('leads to %s by %s, and to nobody else', (id, origin) => {
    const { hostname, port, protocol } = new URL(origin);
    const usual = protocol === 'http:' ? 80 : 443;
    const found = new Directory(vendors).find(hostname, Number(port || usual));
    expect(found?.vendor.id).toBe(id);
  });

  it.each(origins)('has a %s at %s that bears any request', async (_, url) => {
    for (const path of ['/', '/v2/', '/v2/_catalog?n=x', '/%zz', '//', '/?']) {
      for (const method of ['GET', 'POST'] as const) {
        const { status, text } = await client.call(`${url}${path}`, {
          method,
          headers: {
            authorization: 'Basic ???',
            'content-type': 'application/json',
          },
          ...(method === 'POST' && { body: '{"half":' }),
        });
        expect({ method, path, status, text }).toEqual({
          method,
          path,
          status: expect.any(Number),
          text: expect.not.stringContaining('Error:'),
        });
        expect(status).toBeLessThan(500);
      }
    }
  });
});
