import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import express from 'express';
import request from 'supertest';
import { IMAGE_REPOSITORY_ANNOTATION } from '@slipway/backstage-plugin-image-registry-common';
import { builtInProviders } from '../../providers';
import { testRegistries } from '../../testing/registries';
import { eachDatabase } from '../../testing';
import { ImageService } from '../ImageService';
import { createSourcesRouter } from './router';
import { RunningImages, SourceService } from './SourceService';
import { DatabaseSourceStore } from './SourceStore';

const entityRef = 'component:default/web';

function component(annotation?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'web',
      ...(annotation && {
        annotations: { [IMAGE_REPOSITORY_ANNOTATION]: annotation },
      }),
    },
    relations: [{ type: 'ownedBy', targetRef: 'user:default/mock' }],
  };
}

describe.each(eachDatabase())('sources over REST, $name', database => {
  async function start(
    options: {
      annotation?: string;
      running?: RunningImages;
      listRepositories?: () => Promise<never>;
    } = {},
  ) {
    const knex = await database.create();
    const [distribution] = builtInProviders();
    const room = await testRegistries({
      knex,
      entities: [component(options.annotation)],
      providers: [
        {
          ...distribution,
          connect: connection => ({
            ...distribution.connect(connection),
            listRepositories:
              options.listRepositories ??
              (async () => ({
                items: [
                  { repository: 'apps/web' },
                  { repository: 'apps/website' },
                  { repository: 'secret/web' },
                ],
                complete: true,
              })),
          }),
        },
      ],
    });
    const registry = await room.registries.editor.create({
      name: 'company',
      provider: 'distribution',
      address: 'https://registry.example.test',
      grants: [{ to: 'all', repositories: ['apps/**'] }],
    });
    const { service } = room.registries;
    const auditor = mockServices.auditor.mock();
    auditor.createEvent.mockResolvedValue({
      success: async () => undefined,
      fail: async () => undefined,
    });
    const sources = SourceService.create({
      store: DatabaseSourceStore.create({ knex }),
      registries: service,
      images: ImageService.create({ registries: service }),
      logger: mockServices.logger.mock(),
      runningImages: options.running ?? (async () => []),
    });
    const app = express();
    app.use(
      createSourcesRouter({ ...room, auditor, sources, publish: () => {} }),
    );
    app.use(mockErrorHandler());
    const get = async () =>
      (
        await request(app)
          .get('/components/sources')
          .query({ entityRef })
          .expect(200)
      ).body;
    const put = (body: object) =>
      request(app)
        .put('/components/sources')
        .send({ entityRef, ...body });
    const remove = () =>
      request(app).delete('/components/sources').query({ entityRef });
    return { get, put, remove, registryId: registry.id, auditor, service };
  }

  const running: RunningImages = async () => [
    {
      container: 'web',
      environment: 'staging',
      image: 'registry.example.test/apps/web:v2',
    },
    {
      container: 'web',
      environment: 'production',
      image: 'registry.example.test/apps/web:v1',
    },
    { container: 'proxy', environment: 'staging', image: 'nginx:1.27' },
    { container: 'broken', image: 'NOT AN IMAGE' },
  ];

  it('learns them from what runs, once per container', async () => {
    const { get, registryId } = await start({ running });
    expect((await get()).items).toEqual([
      {
        container: 'web',
        image: { registryId, repository: 'apps/web' },
        origin: 'inferred',
      },
      {
        container: 'proxy',
        image: { host: 'docker.io', repository: 'library/nginx' },
        origin: 'inferred',
      },
    ]);
  });

  it('keeps environments apart where they differ', async () => {
    const { get, registryId } = await start({
      running: async () => [
        {
          container: 'web',
          environment: 'staging',
          image: 'registry.example.test/apps/web-next:1',
        },
        {
          container: 'web',
          environment: 'production',
          image: 'registry.example.test/apps/web:1',
        },
      ],
    });
    expect((await get()).items).toMatchObject([
      {
        environment: 'staging',
        image: { registryId, repository: 'apps/web-next' },
      },
      { environment: 'production', image: { repository: 'apps/web' } },
    ]);
  });

  it('lets a person choose, and choose again, and take it back', async () => {
    const { get, put, remove, registryId, auditor, service } = await start({
      running,
    });
    const image = (repository: string) => ({ registryId, repository });
    await put({
      sources: [{ container: 'web', image: image('apps/web-two') }],
    }).expect(200);
    expect((await get()).items).toMatchObject([
      { container: 'web', image: image('apps/web-two'), origin: 'chosen' },
      { container: 'proxy', origin: 'inferred' },
    ]);
    await put({ sources: [{ image: image('apps/all') }] }).expect(200);
    expect((await get()).items).toEqual([
      { image: image('apps/all'), origin: 'chosen' },
    ]);
    expect(await service.usages(registryId)).toEqual([
      {
        kind: 'source',
        id: entityRef,
        entityRef,
        title: `apps/all of ${entityRef}`,
      },
    ]);
    await remove().expect(204);
    expect((await get()).items).toMatchObject([
      { container: 'web', origin: 'inferred' },
      { container: 'proxy', origin: 'inferred' },
    ]);
    expect(
      auditor.createEvent.mock.calls.map(([event]) => event.eventId),
    ).toEqual(Array(3).fill('component-source-mutate'));
  });

  it('takes the word of catalog-info.yaml before all others', async () => {
    const { get, put, registryId } = await start({
      running,
      annotation: 'web=registry.example.test/apps/web, other.test/a/b\nbad ref',
    });
    expect((await get()).items).toEqual([
      {
        container: 'web',
        image: { registryId, repository: 'apps/web' },
        origin: 'catalog',
      },
      { image: { host: 'other.test', repository: 'a/b' }, origin: 'catalog' },
    ]);
    const refused = await put({
      sources: [
        { container: 'web', image: { registryId, repository: 'apps/x' } },
      ],
    }).expect(409);
    expect(refused.body.error.message).toContain('catalog-info.yaml');
  });

  it('refuses what the component may not use', async () => {
    const { put, registryId } = await start();
    for (const image of [
      { registryId, repository: 'secret/web' },
      { registryId: 'unknown', repository: 'apps/web' },
    ]) {
      const { body } = await put({ sources: [{ image }] }).expect(400);
      expect(body.error.message).toContain('may not use');
    }
    await put({ sources: [] }).expect(400);
    await put({ sources: [{ image: { registryId } }] }).expect(400);
  });

  it('suggests granted repositories of the same name', async () => {
    const { get, registryId } = await start();
    expect((await get()).suggestions).toEqual([
      { registryId, repository: 'apps/web' },
    ]);
    const known = await start({ running });
    expect((await known.get()).suggestions).toEqual([]);
  });

  it('answers although the cluster and the registry fail', async () => {
    const { get } = await start({
      running: async () => {
        throw new Error('cluster down');
      },
      listRepositories: async () => {
        throw new Error('registry down');
      },
    });
    expect(await get()).toEqual({ items: [], suggestions: [] });
  });
});
