import { createHmac } from 'node:crypto';
import { basic, WorldClient } from '../testing/worldClient';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { huaweiAccounts, huaweiHosts, SimulatedHuaweiSwr } from './index';

const { accessKey, secretKey } = huaweiAccounts.keys;

describe('SimulatedHuaweiSwr', () => {
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    world = await startVendorWorld({ vendors: [SimulatedHuaweiSwr.create()] });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  it('gives tokens for the login that is made of the keys', async () => {
    const { headers } = await client.call(
      `https://${huaweiHosts.basic}/v2/`,
      {},
    );
    expect(headers['www-authenticate']).toBe(
      'Bearer realm="https://swr.cn-north-4.myhuaweicloud.com/swr/auth/v2/registry/auth/",service="dockyard"',
    );
    const token = (password: string) =>
      client.call(
        `https://${huaweiHosts.basic}/swr/auth/v2/registry/auth/?service=dockyard&scope=repository:acme/web:pull`,
        { headers: basic(`cn-north-4@${accessKey}`, password) },
      );
    const derived = createHmac('sha256', secretKey)
      .update(accessKey)
      .digest('hex');
    expect((await token(derived)).status).toBe(200);
    expect((await token(secretKey)).status).toBe(401);
  });

  it.each([
    '',
    `SDK-HMAC-SHA256 Access=${accessKey}, SignedHeaders=host, Signature=${'0'.repeat(
      64,
    )}`,
  ])('refuses calls that are not signed rightly', async authorization => {
    const { json, status } = await client.call(
      'https://swr-api.cn-north-4.myhuaweicloud.com/v2/manage/repos',
      { headers: { authorization } },
    );
    expect({ json, status }).toMatchObject({
      status: 401,
      json: { error_code: 'APIGW.0301' },
    });
  });
});
