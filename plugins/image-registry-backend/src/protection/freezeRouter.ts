import { AuditorService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  componentFreezePermission,
  deploymentReadPermission,
  Freeze,
  freezeManagePermission,
  freezeQuerySchema,
  ImageRegistrySignal,
  putFreezeSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access, Actor } from '../access';
import { audited, futureTime, parse } from '../http';
import { FreezeStore } from './FreezeStore';

/** @internal */
export interface FreezeRouterOptions {
  access: Access;
  auditor: AuditorService;
  freezes: FreezeStore;
  publish(signal: ImageRegistrySignal): void;
}

/** Freezes: of everything, and of one component. */
export function createFreezeRouter(options: FreezeRouterOptions): Router {
  const { access, auditor, freezes, publish } = options;
  const router = PromiseRouter();
  router.use(express.json());

  router.get('/freeze', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(freezeQuerySchema, request.query, 'query');
    if (entityRef) {
      const entity = await access.requireEntity(
        actor,
        entityRef,
        deploymentReadPermission,
      );
      const ref = stringifyEntityRef(entity);
      response.json({ items: await freezes.of(ref) });
      return;
    }
    response.json({ items: await visible(actor, await freezes.list()) });
  });

  router.put('/freeze', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(putFreezeSchema, request.body);
    const freeze = await audited(
      auditor,
      {
        request,
        eventId: 'freeze-mutate',
        queryType: 'put',
        severityLevel: 'high',
        meta: { scope: body.entityRef ?? 'everything', reason: body.reason },
      },
      async () => {
        const entityRef = await requireScope(actor, body.entityRef);
        return freezes.put({
          entityRef,
          reason: body.reason,
          author: actor.ref,
          endsAt: futureTime('endsAt', body.endsAt),
        });
      },
    );
    publish({ topic: 'freeze', entityRef: freeze.entityRef });
    response.json(freeze);
  });

  router.delete('/freeze', async (request, response) => {
    const actor = await access.actor(request);
    const query = parse(freezeQuerySchema, request.query, 'query');
    const entityRef = await audited(
      auditor,
      {
        request,
        eventId: 'freeze-mutate',
        queryType: 'delete',
        severityLevel: 'high',
        meta: { scope: query.entityRef ?? 'everything' },
      },
      async () => {
        const scope = await requireScope(actor, query.entityRef);
        await freezes.lift(scope);
        return scope;
      },
    );
    publish({ topic: 'freeze', entityRef });
    response.status(204).end();
  });

  /** @returns the component's full reference; undefined for everything */
  async function requireScope(
    actor: Actor,
    entityRef: string | undefined,
  ): Promise<string | undefined> {
    if (!entityRef) {
      await access.require(actor, freezeManagePermission);
      return undefined;
    }
    const entity = await access.requireEntity(
      actor,
      entityRef,
      componentFreezePermission,
    );
    return stringifyEntityRef(entity);
  }

  async function visible(actor: Actor, items: Freeze[]): Promise<Freeze[]> {
    const shown = await Promise.all(
      items.map(
        ({ entityRef }) =>
          entityRef === undefined ||
          access.mayOnEntity(actor, entityRef, deploymentReadPermission),
      ),
    );
    return items.filter((_, index) => shown[index]);
  }

  return router;
}
