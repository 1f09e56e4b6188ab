import { mockErrorHandler } from '@backstage/backend-test-utils';
import { PermissionsService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { pushImage, startSandboxRegistry } from '@slipway/sandbox';
import {
  advise,
  RegistryClient,
  RegistryError,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import express from 'express';
import request from 'supertest';
import { builtInProviders } from '../providers';
import { testRegistries } from '../testing/registries';
import { sqlite } from '../testing';
import { ImageService } from './ImageService';
import { createImagesRouter } from './router';

type Sandbox = Awaited<ReturnType<typeof startSandboxRegistry>>;

const database = sqlite();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandboxRegistry();
  for (const [repository, tags] of Object.entries({
    'apps/web': ['v1', 'v2', 'v10', 'latest'],
    'apps/api': ['v1'],
    'other/web': ['v1'],
  })) {
    for (const tag of tags) {
      await pushImage(sandbox.url, { repository, tag, variation: tag });
    }
  }
});

afterAll(() => sandbox.stop());

function component(name: string, owner: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

/** Reads everything, changes nothing. */
const readers: PermissionsService = {
  authorize: async requests =>
    requests.map(({ permission }) => ({
      result:
        permission.attributes.action === 'read'
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    })),
  authorizeConditional: async requests =>
    requests.map(({ permission }) => ({
      result:
        permission.attributes.action === 'read'
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    })),
};

async function start(
  options: Partial<Parameters<typeof testRegistries>[0]> & {
    registry?: object;
  } = {},
) {
  const { registry, ...rest } = options;
  const knex = await database.create();
  const room = await testRegistries({
    knex,
    entities: [
      component('web', 'group:default/web'),
      component('bank', 'group:default/bank'),
    ],
    ...rest,
  });
  const { id } = await room.registries.editor.create({
    name: 'company',
    provider: 'distribution',
    address: sandbox.url,
    ...registry,
  });
  const app = express();
  app.use(
    createImagesRouter({
      ...room,
      registries: room.registries.service,
      images: ImageService.create({ registries: room.registries.service }),
    }),
  );
  app.use(mockErrorHandler());
  const get = (path: string, query: object = {}) =>
    request(app)
      .get(new URL(path, `http://portal/registries/${id}/`).pathname)
      .query(query);
  return { ...room, id, get };
}

/** A provider whose registry is a table of a test. */
function fakeProvider(client: Partial<RegistryClient>): RegistryProvider {
  const [distribution] = builtInProviders();
  return {
    ...distribution,
    connect: () => ({
      check: async () => [],
      listRepositories: async () => ({ items: [], complete: true }),
      listTags: async () => ({ items: [], complete: true }),
      resolve: async () => {
        throw new RegistryError('not-found', 'none');
      },
      inspect: async () => {
        throw new RegistryError('not-found', 'none');
      },
      ...client,
    }),
  };
}

describe('browsing over REST', () => {
  it('lists namespaces, repositories and tags', async () => {
    const { get } = await start();
    const namespaces = await get('namespaces').expect(200);
    expect(namespaces.body).toMatchObject({
      items: [{ namespace: 'apps' }, { namespace: 'other' }],
      complete: true,
      readAt: expect.stringMatching(/Z$/),
    });
    const repositories = await get('repositories').expect(200);
    expect(repositories.body.items).toEqual([
      { repository: 'apps/api' },
      { repository: 'apps/web' },
      { repository: 'other/web' },
    ]);
    const inApps = await get('repositories', {
      namespace: 'apps',
      search: 'WE',
    });
    expect(inApps.body.items).toEqual([{ repository: 'apps/web' }]);
    const tags = await get('tags', { repository: 'apps/web' }).expect(200);
    expect(tags.body).toMatchObject({
      items: [{ tag: 'v10' }, { tag: 'v2' }, { tag: 'v1' }, { tag: 'latest' }],
      totalItems: 4,
      complete: true,
    });
  });

  it('searches, sorts and pages tags', async () => {
    const { get } = await start();
    const query = { repository: 'apps/web', search: 'V', sort: 'natural-asc' };
    const first = await get('tags', { ...query, limit: 2 }).expect(200);
    expect(first.body).toMatchObject({
      items: [{ tag: 'v1' }, { tag: 'v2' }],
      totalItems: 3,
    });
    const second = await get('tags', {
      ...query,
      limit: 2,
      cursor: first.body.nextCursor,
    }).expect(200);
    expect(second.body.items).toEqual([{ tag: 'v10' }]);
    expect(second.body).not.toHaveProperty('nextCursor');
  });

  it('reads the registry again only when asked to', async () => {
    const { get } = await start();
    const repository = 'apps/fresh';
    await pushImage(sandbox.url, { repository, tag: 'v1' });
    const tags = async (query = {}) =>
      (await get('tags', { repository, ...query }).expect(200)).body.items.map(
        (item: { tag: string }) => item.tag,
      );
    expect(await tags()).toEqual(['v1']);
    await pushImage(sandbox.url, { repository, tag: 'v2' });
    expect(await tags()).toEqual(['v1']);
    expect(await tags({ refresh: 'true' })).toEqual(['v2', 'v1']);
    expect(await tags()).toEqual(['v2', 'v1']);
  });

  it('tells everything about an image', async () => {
    const { get, id } = await start();
    const { digest } = await pushImage(sandbox.url, {
      repository: 'apps/detailed',
      tag: 'v1',
      labels: { 'org.opencontainers.image.revision': 'abc' },
    });
    for (const reference of ['v1', digest]) {
      const { body } = await get('image', {
        repository: 'apps/detailed',
        reference,
      }).expect(200);
      expect(body).toMatchObject({
        registryId: id,
        repository: 'apps/detailed',
        digest,
        kind: 'image',
        platforms: [
          {
            imageId: expect.stringMatching(/^sha256:/),
            labels: { 'org.opencontainers.image.revision': 'abc' },
          },
        ],
      });
      expect(body.pullReference).toBe(
        reference === digest
          ? `${sandbox.address}/apps/detailed@${digest}`
          : `${sandbox.address}/apps/detailed:v1@${digest}`,
      );
    }
  });

  it('sees that a tag moved, although details are kept', async () => {
    const { get } = await start();
    const image = { repository: 'apps/moving', tag: 'v1' };
    const before = await pushImage(sandbox.url, { ...image, variation: 'a' });
    const query = { repository: image.repository, reference: 'v1' };
    expect((await get('image', query)).body.digest).toBe(before.digest);
    const after = await pushImage(sandbox.url, { ...image, variation: 'b' });
    expect((await get('image', query)).body.digest).toBe(after.digest);
    expect(after.digest).not.toBe(before.digest);
  });

  it('reads the image of a digest once, however many ask for it', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const inspect = jest.fn(async (repository: string) => ({
      repository,
      digest,
      mediaType,
      kind: 'image' as const,
      annotations: {},
      platforms: [],
    }));
    const resolve = jest.fn(async () => ({ digest, mediaType }));
    const provider = fakeProvider({ inspect, resolve });
    const { get } = await start({ providers: [provider] });
    const ask = (reference: string) =>
      get('image', { repository: 'apps/web', reference }).expect(200);
    await Promise.all([ask('v1'), ask('latest'), ask(digest)]);
    expect((await ask('v1')).body).toMatchObject({ tag: 'v1', digest });
    expect(inspect).toHaveBeenCalledTimes(1);
    expect(resolve).toHaveBeenCalledTimes(3);
  });

  it('asks again for an image that could not be read', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const inspect = jest.fn(async () => {
      throw new RegistryError('server-error', 'It is down');
    });
    const { get } = await start({ providers: [fakeProvider({ inspect })] });
    const image = { repository: 'apps/web', reference: digest };
    await get('image', image).expect(503);
    await get('image', image).expect(503);
    expect(inspect).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['tags', {}, 'repository'],
    ['tags', { repository: 'Upper' }, 'repository'],
    ['tags', { repository: 'a', sort: 'size' }, 'sort'],
    ['tags', { repository: 'a', colour: 'red' }, 'unknown field colour'],
    ['repositories', { limit: 1000 }, 'limit'],
    ['image', { repository: 'a' }, 'reference'],
  ])('refuses %s with %j', async (path, query, sentence) => {
    const { get } = await start();
    const { body } = await get(path, query).expect(400);
    expect(body.error.message).toContain(sentence);
  });

  it('answers failures of the registry in its own words', async () => {
    const { get } = await start();
    const missing = await get('tags', { repository: 'apps/none' }).expect(404);
    expect(missing.body.error.message).toContain('apps/none');
    const failing = async (code: 'server-error' | 'unauthenticated') => {
      const provider = fakeProvider({
        listTags: async () => {
          throw new RegistryError(code, 'It said no', {
            hint: advise('ask-again', 'Ask again'),
            status: 401,
          });
        },
      });
      const started = await start({ providers: [provider] });
      return started.get('tags', { repository: 'a' });
    };
    const down = await failing('server-error');
    expect(down.status).toBe(503);
    expect(down.body.error).toMatchObject({
      message: 'It said no. Ask again',
      reason: {
        code: 'registry-fails-to-answer',
        params: { detail: 'It said no' },
      },
      remedy: { code: 'ask-again' },
    });
    expect((await failing('unauthenticated')).status).toBe(502);
  });

  it('leaves the name to be typed where there is no list', async () => {
    const provider = fakeProvider({
      listRepositories: async () => {
        throw new RegistryError('unsupported', 'There is no list', {
          hint: advise('type-it', 'Type the name'),
        });
      },
    });
    const { get } = await start({ providers: [provider] });
    const { body } = await get('repositories').expect(200);
    expect(body).toMatchObject({
      items: [],
      complete: false,
      reason: 'There is no list. Type the name',
      because: { code: 'listing-not-offered' },
    });
  });

  it('passes on that a listing is not whole', async () => {
    const provider = fakeProvider({
      listTags: async () => ({
        items: [{ tag: 'v1' }],
        complete: false,
        reason: { code: 'cut', message: 'It was cut' },
      }),
    });
    const { get } = await start({ providers: [provider] });
    const { body } = await get('tags', { repository: 'a' }).expect(200);
    expect(body).toMatchObject({
      complete: false,
      reason: 'It was cut',
      because: { code: 'cut' },
    });
  });

  it('serves 50 000 tags from one reading', async () => {
    const listTags = jest.fn(async () => ({
      items: Array.from({ length: 50_000 }, (_, index) => ({
        tag: `v1.${index}`,
      })),
      complete: true,
    }));
    const { get } = await start({ providers: [fakeProvider({ listTags })] });
    const first = await get('tags', { repository: 'a', limit: 1 }).expect(200);
    expect(first.body).toMatchObject({
      items: [{ tag: 'v1.49999' }],
      totalItems: 50_000,
    });
    const found = await get('tags', {
      repository: 'a',
      search: '1.4321',
      sort: 'natural-asc',
      limit: 2,
    }).expect(200);
    expect(found.body.items).toEqual([{ tag: 'v1.4321' }, { tag: 'v1.43210' }]);
    expect(listTags).toHaveBeenCalledTimes(1);
  });
});

describe('comparing two images', () => {
  const digests: Record<string, string> = {};

  beforeAll(async () => {
    for (const tag of ['1.2.9', '1.10.0', '1.9.0', '1.9.0-alpine', '2.0.0']) {
      const { digest } = await pushImage(sandbox.url, {
        repository: 'apps/shop',
        tag,
        variation: tag,
        labels: {
          'org.opencontainers.image.source': 'https://github.com/acme/shop',
          'org.opencontainers.image.revision': `commit-of-${tag}`,
        },
      });
      digests[tag] = digest;
    }
  });

  const compare = (
    app: Awaited<ReturnType<typeof start>>,
    from: string,
    to: string,
    query: object = {},
  ) =>
    app.get('../../images/compare', {
      registryId: app.id,
      repository: 'apps/shop',
      from: digests[from] ?? from,
      to: digests[to] ?? to,
      fromTag: from in digests ? from : undefined,
      toTag: to in digests ? to : undefined,
      ...query,
    });

  it('tells the tags and commits in between, in their order', async () => {
    const app = await start();
    const { body } = await compare(app, '1.2.9', '1.10.0').expect(200);
    expect(body).toMatchObject({
      from: { digest: digests['1.2.9'], revision: 'commit-of-1.2.9' },
      to: {
        digest: digests['1.10.0'],
        tags: ['1.10.0'],
        revision: 'commit-of-1.10.0',
        source: 'https://github.com/acme/shop',
      },
      between: [
        {
          digest: digests['1.9.0'],
          tags: ['1.9.0'],
          revision: 'commit-of-1.9.0',
        },
      ],
      direction: 'forward',
      orderedBy: 'name',
      complete: true,
    });
    const back = await compare(app, '2.0.0', '1.2.9').expect(200);
    expect(back.body.direction).toBe('back');
    expect(
      back.body.between.map(({ tags }: { tags: string[] }) => tags[0]),
    ).toEqual(['1.10.0', '1.9.0']);
  });

  it('says what it does not know', async () => {
    const app = await start();
    const gone = `sha256:${'0'.repeat(64)}`;
    const from = await compare(app, gone, '2.0.0').expect(200);
    expect(from.body).toMatchObject({
      from: { digest: gone, tags: [] },
      direction: 'unknown',
      complete: false,
      reason: { code: 'comparison-no-order' },
    });
    const old = await compare(app, gone, '2.0.0', { fromTag: '1.9.0' });
    expect(old.body).toMatchObject({
      direction: 'forward',
      complete: false,
      reason: { code: 'comparison-unread', params: { image: '1.9.0' } },
    });
    await compare(app, '2.0.0', gone).expect(404);
  });
});

describe('who may browse what', () => {
  const registry = {
    grants: [
      { to: 'all' as const, repositories: ['other/*'] },
      { to: { owners: ['web'] }, repositories: ['apps/web'] },
    ],
  };
  const repositoriesFor = async (
    get: Awaited<ReturnType<typeof start>>['get'],
    entityRef?: string,
  ) =>
    (await get('repositories', { entityRef }).expect(200)).body.items.map(
      (item: { repository: string }) => item.repository,
    );

  it('shows what is granted to all and to the component', async () => {
    const { get } = await start({ permissions: readers, registry: undefined });
    expect(await repositoriesFor(get)).toContain('apps/api');

    const limited = await start({ registry, permissions: readers });
    expect(await repositoriesFor(limited.get)).toEqual(['other/web']);
    expect(await repositoriesFor(limited.get, 'component:default/web')).toEqual(
      ['apps/web', 'other/web'],
    );
    expect(
      await repositoriesFor(limited.get, 'component:default/bank'),
    ).toEqual(['other/web']);
    const namespaces = await limited.get('namespaces').expect(200);
    expect(namespaces.body.items).toEqual([{ namespace: 'other' }]);
  });

  it('hides the rest, by whatever route it is asked for', async () => {
    const { get } = await start({ registry, permissions: readers });
    const repository = 'apps/web';
    const web = { entityRef: 'component:default/web' };
    const bank = { entityRef: 'component:default/bank' };
    const image = { repository, reference: 'v1' };
    await get('tags', { repository }).expect(404);
    await get('tags', { repository, ...bank }).expect(404);
    await get('image', { ...image, ...bank }).expect(404);
    await get('tags', { repository, ...web }).expect(200);
    await get('image', { ...image, ...web }).expect(200);
    await get('tags', {
      repository,
      entityRef: 'component:default/none',
    }).expect(404);
  });

  it('shows everything to whoever may change the registry', async () => {
    const { get } = await start({ registry });
    expect(await repositoriesFor(get)).toContain('apps/api');
    await get('tags', { repository: 'apps/web' }).expect(200);
  });
});
