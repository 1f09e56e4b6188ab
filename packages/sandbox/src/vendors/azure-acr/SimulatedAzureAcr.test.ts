import { basic, WorldClient } from '../testing/worldClient';
import { VendorClock } from '../VendorClock';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { azureAcrAccounts } from './accounts';
import { SimulatedAzureAcr } from './SimulatedAzureAcr';

const registry = 'https://acme.azurecr.io';
const entra = 'https://login.microsoftonline.com';
const { application, tenantId, token } = azureAcrAccounts;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('SimulatedAzureAcr', () => {
  let clock: VendorClock;
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    clock = new VendorClock();
    world = await startVendorWorld({
      vendors: [SimulatedAzureAcr.create({ clock })],
    });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  const post = (url: string, fields: Record<string, string>) =>
    client.call(url, {
      method: 'POST',
      headers: form,
      body: new URLSearchParams(fields).toString(),
    });
  const tokenFor = async (scope: string, headers: Record<string, string>) => {
    const { json } = await client.call(
      `${registry}/oauth2/token?service=acme.azurecr.io&scope=${scope}`,
      { headers },
    );
    return {
      authorization: `Bearer ${
        (json as { access_token: string }).access_token
      }`,
    };
  };

  it('asks for metadata_read where tags are listed', async () => {
    const { headers, status } = await client.call(
      `${registry}/acr/v1/acme/web/_tags`,
    );
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe(
      `Bearer realm="${registry}/oauth2/token",service="acme.azurecr.io",scope="repository:acme/web:metadata_read"`,
    );
    const login = basic(token.username, token.password);
    const listing = (scope: string) => async () =>
      client.call(`${registry}/acr/v1/acme/web/_tags?orderby=timedesc`, {
        headers: await tokenFor(scope, login),
      });
    expect((await listing('repository:acme/web:pull')()).status).toBe(401);
    const listed = await listing('repository:acme/web:metadata_read')();
    expect(listed.json).toMatchObject({
      imageName: 'acme/web',
      tags: expect.arrayContaining([
        expect.objectContaining({ name: 'latest' }),
      ]),
    });
  });

  it("exchanges Entra's token for one that ends", async () => {
    const signedIn = await post(`${entra}/${tenantId}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: application.clientId,
      client_secret: application.clientSecret,
      scope: 'https://management.azure.com/.default',
    });
    const { access_token: accessToken } = signedIn.json as {
      access_token: string;
    };
    const exchanged = await post(`${registry}/oauth2/exchange`, {
      grant_type: 'access_token',
      service: 'acme.azurecr.io',
      access_token: accessToken,
    });
    const { refresh_token: refreshToken } = exchanged.json as {
      refresh_token: string;
    };
    const login = basic('00000000-0000-0000-0000-000000000000', refreshToken);
    const signIn = () =>
      client.call(`${registry}/oauth2/token?service=acme.azurecr.io`, {
        headers: login,
      });
    expect((await signIn()).status).toBe(200);
    clock.advance(3 * 3_600_000);
    expect((await signIn()).status).toBe(401);
  });

  it('exchanges nothing that Entra has not given', async () => {
    const { status } = await post(`${registry}/oauth2/exchange`, {
      grant_type: 'access_token',
      service: 'acme.azurecr.io',
      access_token: 'made-up',
    });
    expect(status).toBe(401);
  });
});
