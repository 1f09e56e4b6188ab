import {
  imageComparisonQuerySchema,
  imageFindingsQuerySchema,
  imageQuerySchema,
  namespacesQuerySchema,
  repositoriesQuerySchema,
  tagsQuerySchema,
} from '@slipway/backstage-plugin-image-registry-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access } from '../access';
import { parse, withRegistryErrors } from '../http';
import {
  AuthorizedRegistries,
  RegistryService,
  StoredRegistry,
} from '../registries';
import { ImageComparer } from './compare';
import { ImageAccess } from './ImageAccess';
import { ImageService } from './ImageService';

/** Options of {@link createImagesRouter}. */
export interface ImagesRouterOptions {
  access: Access;
  authorized: AuthorizedRegistries;
  registries: RegistryService;
  images: ImageService;
}

/** A repository, and for which component it is asked. */
interface Place {
  id: string;
  repository: string;
  entityRef?: string;
}

/** Routes that browse and inspect the images of a registry. */
export function createImagesRouter(options: ImagesRouterOptions): Router {
  const { access, images } = options;
  const visible = new ImageAccess(options);
  const comparer = new ImageComparer(images);
  const router = PromiseRouter();

  router.get('/registries/:id/namespaces', async (request, response) => {
    const { entityRef, ...page } = parse(
      namespacesQuerySchema,
      request.query,
      'query',
    );
    const actor = await access.actor(request);
    const { registry, isVisible } = await visible.registry(
      actor,
      request.params.id,
      entityRef,
    );
    response.json(
      await withRegistryErrors(() =>
        images.namespaces(registry, { ...page, isVisible }),
      ),
    );
  });

  router.get('/registries/:id/repositories', async (request, response) => {
    const { entityRef, ...query } = parse(
      repositoriesQuerySchema,
      request.query,
      'query',
    );
    const actor = await access.actor(request);
    const { registry, isVisible } = await visible.registry(
      actor,
      request.params.id,
      entityRef,
    );
    response.json(
      await withRegistryErrors(() =>
        images.repositories(registry, { ...query, isVisible }),
      ),
    );
  });

  /** Answers with what is read of a repository that the caller may see. */
  const ofRepository = async (
    request: Request,
    response: Response,
    { entityRef, id, repository }: Place,
    read: (registry: StoredRegistry) => Promise<unknown>,
  ) => {
    const actor = await access.actor(request);
    const registry = await visible.repository(actor, id, repository, entityRef);
    response.json(await withRegistryErrors(() => read(registry)));
  };

  router.get('/registries/:id/tags', async (request, response) => {
    const { entityRef, repository, refresh, ...query } = parse(
      tagsQuerySchema,
      request.query,
      'query',
    );
    const place = { entityRef, id: request.params.id, repository };
    await ofRepository(request, response, place, registry =>
      images.tags(registry, repository, {
        ...query,
        refresh: refresh === 'true',
      }),
    );
  });

  router.get('/registries/:id/image', async (request, response) => {
    const { entityRef, repository, reference } = parse(
      imageQuerySchema,
      request.query,
      'query',
    );
    const place = { entityRef, id: request.params.id, repository };
    await ofRepository(request, response, place, registry =>
      images.inspect(registry, repository, reference),
    );
  });

  router.get('/registries/:id/image/findings', async (request, response) => {
    const { entityRef, repository, digest } = parse(
      imageFindingsQuerySchema,
      request.query,
      'query',
    );
    const place = { entityRef, id: request.params.id, repository };
    await ofRepository(request, response, place, registry =>
      images.findings(registry, repository, digest),
    );
  });

  router.get('/images/compare', async (request, response) => {
    const { entityRef, registryId, repository, ...asked } = parse(
      imageComparisonQuerySchema,
      request.query,
      'query',
    );
    const place = { entityRef, id: registryId, repository };
    await ofRepository(request, response, place, registry =>
      comparer.compare(registry, repository, asked),
    );
  });

  return router;
}
