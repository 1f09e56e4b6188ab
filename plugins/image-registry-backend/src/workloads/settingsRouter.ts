import { AuditorService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  changeWorkloadSettingsSchema,
  deploymentReadPermission,
  entityRefSchema,
  ImageRegistrySignal,
  targetOperatePermission,
  workloadCreatePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  DriverError,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Access } from '../access';
import { audited, parse, withDriverErrors } from '../http';
import { Drivers, targetOf, TargetsRoom } from '../targets';
import { requirePlace } from './requirePlace';

/** @internal */
export interface SettingsRouterOptions {
  access: Access;
  auditor: AuditorService;
  drivers: Drivers;
  targets: TargetsRoom;
  publish(signal: ImageRegistrySignal): void;
}

const entityQuerySchema = z.strictObject({ entityRef: entityRefSchema });

/** Changes of components that were made from images. */
export function createSettingsRouter(options: SettingsRouterOptions): Router {
  const { access, auditor, drivers, targets, publish } = options;
  const router = PromiseRouter();
  router.use(express.json());

  router.get('/targets/:key/settings', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(entityQuerySchema, request.query, 'query');
    const target = targetOf(request.params.key);
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentReadPermission,
    );
    const view = await withDriverErrors(async () => {
      await targets.service.requireOwn(entity, target);
      const driver = await drivers.places(target);
      return driver.readSettings(target, stringifyEntityRef(entity));
    });
    response.json(view);
  });

  router.patch('/targets/:key/settings', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(changeWorkloadSettingsSchema, request.body);
    const { entityRef, version, settings, dryRun } = body;
    const target = targetOf(request.params.key);
    const change = async () => {
      const entity = await access.requireEntity(
        actor,
        entityRef,
        targetOperatePermission,
      );
      // It may read any secret of the namespace, as a new component may: so it
      // asks for what making one there asks for.
      await access.require(actor, workloadCreatePermission);
      await requirePlace(
        entity,
        target,
        await targets.environments.list(),
        ref => access.entity(ref),
      );
      const known = { target, entityRef: stringifyEntityRef(entity) };
      return withDriverErrors(async () => {
        await targets.service.requireOwn(entity, target);
        const driver = await drivers.places(target);
        return driver
          .changeSettings({ ...known, version, settings }, { dryRun })
          .catch(asConflict);
      });
    };
    if (dryRun) {
      response.json(await change());
      return;
    }
    const changed = await audited(
      auditor,
      {
        request,
        eventId: 'workload-operate',
        queryType: 'change',
        severityLevel: 'high',
        meta: { entityRef, target: { ...target } },
      },
      change,
    );
    if (changed.outcome === 'changed' || changed.outcome === 'partial') {
      publish({ topic: 'target', entityRef });
    }
    response.json(changed);
  });

  return router;
}

/** Whoever meets another version looks again; sending it again is no use. */
function asConflict(error: unknown): never {
  throw error instanceof DriverError && error.code === 'stale'
    ? refusal(
        ConflictError,
        error.reason ??
          because('cluster-object-changed', error.message, {
            detail: error.message,
          }),
      )
    : error;
}
