import { basic, WorldClient } from '../testing/worldClient';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { SimulatedTencentTcr, tencentAccounts, tencentHosts } from './index';

describe('SimulatedTencentTcr', () => {
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    world = await startVendorWorld({ vendors: [SimulatedTencentTcr.create()] });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  it.each(Object.values(tencentHosts))(
    '%s signs in at its own realm',
    async host => {
      const { headers } = await client.call(`https://${host}/v2/`, {});
      expect(headers['www-authenticate']).toBe(
        `Bearer realm="https://${host}/service/token",service="harbor-registry"`,
      );
      const token = (password: string) =>
        client.call(
          `https://${host}/service/token?service=harbor-registry&scope=repository:acme/web:pull`,
          { headers: basic(tencentAccounts.docker.username, password) },
        );
      const { password } = tencentAccounts.docker;
      expect((await token(password)).status).toBe(200);
      expect((await token('wrong')).status).toBe(401);
    },
  );

  it.each([
    ['', 'AuthFailure.InvalidAuthorization'],
    [authorization('AKIDunknown'), 'AuthFailure.SecretIdNotFound'],
    [
      authorization(tencentAccounts.key.secretId),
      'AuthFailure.SignatureFailure',
    ],
  ])('tells failures with status 200', async (value, Code) => {
    const { json, status } = await client.call(
      'https://tcr.tencentcloudapi.com/',
      {
        method: 'POST',
        headers: {
          authorization: value,
          'x-tc-timestamp': String(Math.floor(Date.now() / 1000)),
        },
        body: '{}',
      },
    );
    expect({ json, status }).toMatchObject({
      status: 200,
      json: { Response: { Error: { Code } } },
    });
  });
});

function authorization(id: string): string {
  return `TC3-HMAC-SHA256 Credential=${id}/2026-11-21/tcr/tc3_request, SignedHeaders=content-type;host, Signature=${'0'.repeat(
    64,
  )}`;
}
