import { AuditorService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  componentSourcePermission,
  deploymentReadPermission,
  entityRefSchema,
  ImageRegistrySignal,
  putComponentSourcesSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Access } from '../../access';
import { audited, parse } from '../../http';
import { SourceService } from './SourceService';

/** Options of {@link createSourcesRouter}. */
export interface SourcesRouterOptions {
  access: Access;
  auditor: AuditorService;
  sources: SourceService;
  publish(signal: ImageRegistrySignal): void;
}

const querySchema = z.strictObject({ entityRef: entityRefSchema });
const PATH = '/components/sources';
const EVENT = 'component-source-mutate';

/** Routes of where a component's images come from. */
export function createSourcesRouter(options: SourcesRouterOptions): Router {
  const { access, auditor, sources, publish } = options;
  const router = PromiseRouter();
  router.use(PATH, express.json({ limit: '256kb' }));

  router.get(PATH, async (request, response) => {
    const { entityRef } = parse(querySchema, request.query, 'query');
    const actor = await access.actor(request);
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentReadPermission,
    );
    response.json(await sources.get(entity));
  });

  router.put(PATH, async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(putComponentSourcesSchema, request.body);
    const entity = await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'update',
        meta: { entityRef: body.entityRef },
      },
      async () => {
        const owned = await access.requireEntity(
          actor,
          body.entityRef,
          componentSourcePermission,
        );
        await sources.choose(owned, body.sources, actor.ref);
        return owned;
      },
    );
    publish({ topic: 'target', entityRef: stringifyEntityRef(entity) });
    response.json(await sources.get(entity));
  });

  router.delete(PATH, async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(querySchema, request.query, 'query');
    const entity = await audited(
      auditor,
      { request, eventId: EVENT, queryType: 'delete', meta: { entityRef } },
      async () => {
        const owned = await access.requireEntity(
          actor,
          entityRef,
          componentSourcePermission,
        );
        await sources.forget(owned, actor.ref);
        return owned;
      },
    );
    publish({ topic: 'target', entityRef: stringifyEntityRef(entity) });
    response.status(204).end();
  });

  return router;
}
