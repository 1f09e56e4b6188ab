import { basic, WorldClient } from '../testing/worldClient';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { alibabaAccounts, alibabaHosts, SimulatedAlibabaAcr } from './index';

describe('SimulatedAlibabaAcr', () => {
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    world = await startVendorWorld({ vendors: [SimulatedAlibabaAcr.create()] });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  it.each([
    [
      alibabaHosts.personal,
      'Bearer realm="https://dockerauth.cn-hangzhou.aliyuncs.com/auth",service="registry.aliyuncs.com:cn-hangzhou:26842"',
    ],
    [
      alibabaHosts.enterprise,
      'Bearer realm="https://dockerauth-ee.cn-hangzhou.aliyuncs.com/auth",service="registry.aliyuncs.com:cn-hangzhou:china:cri-sandbox0acme0001"',
    ],
  ])('%s tells edition, region and instance', async (host, challenge) => {
    const { headers, status } = await client.call(`https://${host}/v2/`, {});
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe(challenge);
  });

  it('gives tokens for the fixed password', async () => {
    const token = (password: string) =>
      client.call(
        'https://dockerauth.cn-hangzhou.aliyuncs.com/auth?service=registry.aliyuncs.com:cn-hangzhou:26842&scope=repository:acme/web:pull',
        { headers: basic(alibabaAccounts.docker.username, password) },
      );
    expect((await token(alibabaAccounts.docker.password)).status).toBe(200);
    expect((await token('wrong')).status).toBe(401);
  });

  it.each([
    [{}, 'MissingAuthorization'],
    [
      {
        authorization: `ACS3-HMAC-SHA256 Credential=LTAIunknown,SignedHeaders=host,Signature=${'0'.repeat(
          64,
        )}`,
      },
      'InvalidAccessKeyId.NotFound',
    ],
    [
      {
        authorization: `ACS3-HMAC-SHA256 Credential=${
          alibabaAccounts.keys.accessKeyId
        },SignedHeaders=host,Signature=${'0'.repeat(64)}`,
        'x-acs-date': new Date().toISOString(),
        'x-acs-signature-nonce': '1',
      },
      'SignatureDoesNotMatch',
    ],
  ])('refuses calls that are not signed rightly', async (headers, Code) => {
    const { json } = await client.call(
      'https://cr.cn-hangzhou.aliyuncs.com/namespace',
      { headers },
    );
    expect(json).toMatchObject({ Code });
  });
});
