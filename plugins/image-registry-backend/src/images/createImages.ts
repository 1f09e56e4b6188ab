import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { Access } from '../access';
import { AuthorizedRegistries, RegistryService } from '../registries';
import { ImageService } from './ImageService';
import { createImagesRouter } from './router';
import {
  createSourcesRouter,
  DatabaseSourceStore,
  SourceService,
  SourceServiceOptions,
} from './sources';

/** Options of {@link createImages}. */
export interface ImagesOptions
  extends Pick<SourceServiceOptions, 'runningImages'> {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  authorized: AuthorizedRegistries;
  logger: LoggerService;
  registries: RegistryService;
  publish(signal: ImageRegistrySignal): void;
}

/** The room of images. */
export interface ImagesRoom {
  router: Router;
}

/** Builds the room of images: browsing, and where a component's come from. */
export function createImages(options: ImagesOptions): ImagesRoom {
  const { knex, logger, registries, runningImages } = options;
  const images = ImageService.create({ registries });
  const sources = SourceService.create({
    store: DatabaseSourceStore.create({ knex }),
    registries,
    images,
    logger,
    runningImages,
  });
  return {
    router: PromiseRouter().use(
      createImagesRouter({ ...options, images }),
      createSourcesRouter({ ...options, sources }),
    ),
  };
}
