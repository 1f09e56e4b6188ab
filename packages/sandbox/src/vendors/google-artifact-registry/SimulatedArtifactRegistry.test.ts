import { sign } from 'node:crypto';
import { NIGHTLY_TAGS } from '../registry/seedVendorImages';
import { basic, WorldClient } from '../testing/worldClient';
import { VendorClock } from '../VendorClock';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { googlePlace } from './googlePlace';
import { googleServiceAccountKey } from './serviceAccountKeys';
import { SimulatedArtifactRegistry } from './SimulatedArtifactRegistry';

const { apiHost, host, legacyHost, tokenHost } = googlePlace;
const key = googleServiceAccountKey('portal');

describe('SimulatedArtifactRegistry', () => {
  const clock = new VendorClock();
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    world = await startVendorWorld({
      vendors: [SimulatedArtifactRegistry.create({ clock })],
    });
    client = new WorldClient(world);
  });
  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  function exchange(text = key, claims: object = {}) {
    const { client_email, private_key, private_key_id } = JSON.parse(text);
    const part = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const unsigned = `${part({ alg: 'RS256', kid: private_key_id })}.${part({
      iss: client_email,
      aud: `https://${tokenHost}/token`,
      exp: now + 3600,
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      ...claims,
    })}`;
    const signature = sign('RSA-SHA256', Buffer.from(unsigned), private_key);
    return client.call(`https://${tokenHost}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: `${unsigned}.${signature.toString('base64url')}`,
      }).toString(),
    });
  }

  const tokenOf = async (text?: string) =>
    ((await exchange(text)).json as { access_token: string }).access_token;

  const api = (path: string, token: string) =>
    client.call(`https://${apiHost}/v1/projects/acme-prod/locations/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });

  it.each<[string, () => ReturnType<typeof exchange>, RegExp]>([
    [
      'an account that is not known',
      () => exchange(googleServiceAccountKey('deleted')),
      /account not found/,
    ],
    [
      'a signature of another key',
      () =>
        exchange(googleServiceAccountKey('deleted'), {
          iss: JSON.parse(key).client_email,
        }),
      /Invalid JWT Signature/,
    ],
    ['another audience', () => exchange(key, { aud: 'x' }), /Invalid JWT/],
    ['an old assertion', () => exchange(key, { exp: 1 }), /Invalid JWT/],
  ])('gives no token for %s', async (_name, ask, reason) => {
    const { json, status } = await ask();
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringMatching(reason),
    });
  });

  it('lets tokens expire on the clock of the world', async () => {
    const token = await tokenOf();
    expect((await api('europe-west1/repositories', token)).status).toBe(200);
    clock.advance(2 * 3_600_000);
    expect((await api('europe-west1/repositories', token)).status).toBe(401);
  });

  it('lists repositories, packages and images in pages', async () => {
    const token = await tokenOf();
    const repositories = await api('europe-west1/repositories', token);
    expect(repositories.json).toMatchObject({
      repositories: [
        { name: expect.stringMatching(/\/shop$/), format: 'DOCKER' },
        { name: expect.stringMatching(/\/libraries$/), format: 'MAVEN' },
      ],
    });
    const shop = 'europe-west1/repositories/shop';
    const packages = await api(`${shop}/packages`, token);
    expect(packages.json).toMatchObject({
      packages: expect.arrayContaining([
        expect.objectContaining({
          name: expect.stringMatching(/\/packages\/tools%2Flint$/),
        }),
      ]),
    });
    let images = 0;
    let next = '';
    do {
      const page = (
        await api(`${shop}/dockerImages?pageSize=1000&pageToken=${next}`, token)
      ).json as { dockerImages: unknown[]; nextPageToken?: string };
      images += page.dockerImages.length;
      next = page.nextPageToken ?? '';
    } while (next);
    expect(images).toBeGreaterThan(NIGHTLY_TAGS);
  });

  it('names the permission that is missing', async () => {
    const token = await tokenOf(googleServiceAccountKey('nobody'));
    expect((await api('europe-west1/repositories', token)).json).toMatchObject({
      error: {
        status: 'PERMISSION_DENIED',
        details: [
          { metadata: { permission: 'artifactregistry.repositories.list' } },
        ],
      },
    });
  });

  it.each([
    ['_json_key', key],
    ['_json_key_base64', Buffer.from(key).toString('base64')],
  ])('signs in by %s', async (username, password) => {
    const { json, status } = await client.call(
      `https://${host}/v2/token?scope=repository:acme-prod/shop/web:pull`,
      { headers: basic(username, password) },
    );
    expect(status).toBe(200);
    const { token } = json as { token: string };
    const manifest = await client.call(
      `https://${host}/v2/acme-prod/shop/web/manifests/latest`,
      {
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/vnd.oci.image.index.v1+json',
        },
      },
    );
    expect(manifest.status).toBe(200);
  });

  it('adds digests, sizes and times to the tag list', async () => {
    const { json } = await client.call(
      `https://${legacyHost}/v2/acme-prod/worker/tags/list`,
      { headers: { authorization: `Bearer ${await tokenOf()}` } },
    );
    expect(json).toMatchObject({ name: 'acme-prod/worker', tags: ['v7'] });
    expect(
      Object.values((json as { manifest: object }).manifest),
    ).toMatchObject([
      {
        tag: ['v7'],
        imageSizeBytes: expect.stringMatching(/^\d+$/),
        timeUploadedMs: String(Date.parse('2026-10-01T09:30:00Z')),
      },
    ]);
  });
});
