import { AuditorService } from '@backstage/backend-plugin-api';
import {
  consentSchema,
  deploymentReadPermission,
  entityRefSchema,
  ImageRegistrySignal,
  targetConsentPermission,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Access } from '../access';
import { audited, parse, withDriverErrors } from '../http';
import { TextMask } from '../secretMask';
import { Drivers } from './Drivers';
import { createEnvironmentsRouter } from './environmentsRouter';
import { EnvironmentStore } from './EnvironmentStore';
import { createOperationsRouter } from './operationsRouter';
import { targetOf } from './targetOf';
import { TargetService } from './TargetService';

/** @internal */
export interface TargetsRouterOptions {
  access: Access;
  auditor: AuditorService;
  drivers: Drivers;
  environments: EnvironmentStore;
  /** Of what is secret in logs. */
  mask: TextMask;
  targets: TargetService;
  onProtectionChange(): Promise<void>;
  publish(signal: ImageRegistrySignal): void;
}

const entityQuerySchema = z.strictObject({ entityRef: entityRefSchema });

const logsQuerySchema = entityQuerySchema.extend({
  pod: z.string().min(1).max(253),
  tailLines: z.coerce.number().int().min(1).max(5000).optional(),
  previous: z.enum(['true', 'false']).optional(),
});

/** Environments, clusters, what runs where, pods and logs, consent. */
export function createTargetsRouter(options: TargetsRouterOptions): Router {
  const { access, auditor, drivers, mask, targets } = options;
  const router = PromiseRouter();
  router.use(express.json());
  router.use(createEnvironmentsRouter(options));
  router.use(createOperationsRouter(options));

  router.get('/clusters', async (request, response) => {
    await access.actor(request);
    response.json({ items: await drivers.clusters() });
  });

  router.get('/targets', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(entityQuerySchema, request.query, 'query');
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentReadPermission,
    );
    response.json(await targets.list(entity, { live: true }));
  });

  router.get('/targets/:key/pods', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(entityQuerySchema, request.query, 'query');
    const target = targetOf(request.params.key);
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentReadPermission,
    );
    const items = await withDriverErrors(async () => {
      await targets.requireOwn(entity, target);
      return (await drivers.for(target)).pods(target);
    });
    response.json({ items });
  });

  router.get('/targets/:key/logs', async (request, response) => {
    const actor = await access.actor(request);
    const query = parse(logsQuerySchema, request.query, 'query');
    const target = targetOf(request.params.key);
    const entity = await access.requireEntity(
      actor,
      query.entityRef,
      deploymentReadPermission,
    );
    const log = await withDriverErrors(async () => {
      await targets.requireOwn(entity, target);
      const driver = await drivers.for(target);
      return driver.logs(target, query.pod, {
        tailLines: query.tailLines ?? 200,
        previous: query.previous === 'true',
      });
    });
    response.json({ log: await mask.mask(log) });
  });

  router.post('/targets/:key/consent', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(consentSchema, request.body);
    const target = targetOf(request.params.key);
    await audited(
      auditor,
      {
        request,
        eventId: 'target-consent',
        queryType: 'create',
        severityLevel: 'high',
        meta: { entityRef, target: { ...target } },
      },
      async () => {
        const entity = await access.requireEntity(
          actor,
          entityRef,
          targetConsentPermission,
        );
        await withDriverErrors(() =>
          targets.consent(entity, target, actor.ref),
        );
      },
    );
    options.publish({ topic: 'target', entityRef });
    response.status(204).end();
  });

  return router;
}
