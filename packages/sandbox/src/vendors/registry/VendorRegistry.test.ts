import { buildVendorImage } from './buildVendorImage';
import {
  findStoredImage,
  lastPushOf,
  listStoredImages,
  listStoredRepositories,
} from './storedImages';
import { seedVendorImages } from './seedVendorImages';
import { VendorClock } from '../VendorClock';
import { createVendorRequest, withPath } from '../VendorRequest';
import { VendorRegistry, VendorRegistryOptions } from './VendorRegistry';

const clock = new VendorClock();

function create(options: Partial<VendorRegistryOptions> = {}): VendorRegistry {
  return new VendorRegistry({ clock, access: { mode: 'open' }, ...options });
}

function request(
  target: string,
  options: {
    method?: string;
    headers?: Record<string, string>;
    body?: Buffer;
    origin?: string;
  } = {},
) {
  const { method = 'GET', headers = {}, body = Buffer.alloc(0) } = options;
  return createVendorRequest({
    method,
    origin: options.origin ?? 'https://vendor.example',
    target,
    headers,
    body,
    remoteAddress: '127.0.0.1:1',
  });
}

describe('VendorRegistry', () => {
  it('leaves to the vendor what is not of the protocol', async () => {
    const registry = create();
    for (const path of ['/', '/v1/search', '/v22', '/api/v2/']) {
      expect(await registry.handle(request(path))).toBeUndefined();
    }
    expect(await registry.handle(request('/v2/'))).toMatchObject({
      status: 200,
    });
  });

  it('serves below a prefix, and leads back below it', async () => {
    const registry = create({ prefix: '/api/docker/apps' });
    registry.add({ repository: 'team/a', tags: ['1'] });
    registry.add({ repository: 'team/b', tags: ['1'] });
    expect(await registry.handle(request('/v2/_catalog'))).toBeUndefined();
    const page = await registry.handle(
      request('/api/docker/apps/v2/_catalog?n=1'),
    );
    expect(page?.headers.Link).toBe(
      '</api/docker/apps/v2/_catalog?last=team%2Fa&n=1>; rel="next"',
    );
    const upload = await registry.handle(
      request('/api/docker/apps/v2/team/a/blobs/uploads/', { method: 'POST' }),
    );
    expect(upload?.headers.Location).toMatch(
      /^(https:\/\/vendor\.example)?\/api\/docker\/apps\/v2\/team\/a\/blobs\//,
    );
  });

  it('takes another way of naming by another path', async () => {
    const registry = create();
    registry.add({ repository: 'apps/web', tags: ['1'] });
    const answer = await registry.handle(
      withPath(request('/v2/web/tags/list?n=5'), '/v2/apps/web/tags/list'),
    );
    expect(JSON.parse(String(answer?.body))).toEqual({
      name: 'apps/web',
      tags: ['1'],
    });
  });

  it('asks at a realm on another host, until the token ends', async () => {
    const registry = create({
      access: {
        mode: 'token',
        realm: 'https://auth.vendor.example/token',
        service: 'vendor',
        users: (username, password) =>
          password === 'secret' ? { username } : undefined,
        lifetimeSeconds: 60,
      },
    });
    registry.add({ repository: 'web', tags: ['1'] });
    const refused = await registry.handle(request('/v2/web/tags/list'));
    expect(refused?.headers['WWW-Authenticate']).toBe(
      'Bearer realm="https://auth.vendor.example/token",service="vendor",scope="repository:web:pull"',
    );
    const issued = await registry.handle(
      request('/token?scope=repository:web:pull', {
        origin: 'https://auth.vendor.example',
        headers: {
          authorization: `Basic ${Buffer.from('ada:secret').toString(
            'base64',
          )}`,
        },
      }),
    );
    const { token } = JSON.parse(String(issued?.body));
    const ask = () =>
      registry.handle(
        request('/v2/web/tags/list', {
          headers: { authorization: `Bearer ${token}` },
        }),
      );
    expect((await ask())?.status).toBe(200);
    clock.advance(61_000);
    expect((await ask())?.status).toBe(401);
  });

  it('remembers when a tag was pushed, by the clock of the vendor', async () => {
    const registry = create();
    const bundle = buildVendorImage({
      repository: 'web',
      tags: ['1'],
      created: new Date('2020-01-01T00:00:00Z'),
    });
    registry.store('web', bundle, []);
    const before = clock.now();
    const pushed = await registry.handle(
      request('/v2/web/manifests/1', {
        method: 'PUT',
        headers: { 'content-type': bundle.manifest.descriptor.mediaType },
        body: bundle.manifest.bytes,
      }),
    );
    expect(pushed?.status).toBe(201);
    const found = findStoredImage(registry.content, 'web', '1');
    expect(found?.created?.toISOString()).toBe('2020-01-01T00:00:00.000Z');
    expect(found?.pushedAt?.getTime()).toBeGreaterThanOrEqual(before);
  });

  it('shares its content with another', async () => {
    const registry = create();
    registry.add({ repository: 'web', tags: ['1'] });
    const other = create({ content: registry.content, prefix: '/other' });
    const answer = await other.handle(request('/other/v2/web/tags/list'));
    expect(answer?.status).toBe(200);
  });
});

describe('what a native listing is made of', () => {
  const registry = create();
  seedVendorImages(registry, 'acme');
  const untagged = registry.add({ repository: 'acme/web', tags: [] });
  const { content } = registry;

  it('is in the content of the registry', () => {
    expect(listStoredRepositories(content)).toEqual([
      'acme/api',
      'acme/chart',
      'acme/nightly',
      'acme/web',
    ]);
    expect(lastPushOf(content, 'acme/web')?.toISOString()).toBe(
      '2026-11-04T09:30:00.000Z',
    );
  });

  it('has one entry for a digest, with platforms and all tags', () => {
    const images = listStoredImages(content, 'acme/web');
    expect(images.map(({ tags }) => tags.map(({ name }) => name))).toEqual([
      ['1.2', 'latest', 'v1.2.0'],
      ['v1.1.0'],
      ['v1.0.0'],
      [],
    ]);
    expect(images[3].digest).toBe(untagged);
    const [newest] = images;
    expect(newest).toMatchObject({
      isIndex: true,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64', variant: 'v8' },
      ],
    });
    expect(newest.size).toBe(
      newest.platforms.reduce((sum, { size }) => sum + size, 0),
    );
  });

  it('tells an image from what is none', () => {
    const [api] = listStoredImages(content, 'acme/api');
    expect(api.mediaType).toBe(
      'application/vnd.docker.distribution.manifest.v2+json',
    );
    const [chart] = listStoredImages(content, 'acme/chart');
    expect(chart.artifactType).toBe('application/vnd.cncf.helm.config.v1+json');
    expect(chart.platforms).toEqual([]);
    expect(findStoredImage(content, 'acme/web', 'none')).toBeUndefined();
  });
});
