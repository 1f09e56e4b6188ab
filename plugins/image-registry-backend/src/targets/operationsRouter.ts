import { AuditorService } from '@backstage/backend-plugin-api';
import {
  deploymentReadPermission,
  entityRefSchema,
  ImageRegistrySignal,
  OperatedTarget,
  operateTargetSchema,
  TargetRef,
  targetOperatePermission,
  workloadActions,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  WorkloadOperations,
} from '@slipway/backstage-plugin-image-registry-node';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Access } from '../access';
import { audited, parse, withDriverErrors } from '../http';
import { Drivers } from './Drivers';
import { targetOf } from './targetOf';
import { TargetService } from './TargetService';

/** @internal */
export interface OperationsRouterOptions {
  access: Access;
  auditor: AuditorService;
  drivers: Drivers;
  targets: TargetService;
  publish(signal: ImageRegistrySignal): void;
}

const entityQuerySchema = z.strictObject({ entityRef: entityRefSchema });

/** What people do to workloads beside changing images, and how they look. */
export function createOperationsRouter(
  options: OperationsRouterOptions,
): Router {
  const { access, auditor, drivers, targets, publish } = options;
  const router = PromiseRouter();
  router.use(express.json());

  for (const action of workloadActions) {
    router.post(`/targets/:key/${action}`, async (request, response) => {
      const actor = await access.actor(request);
      const { entityRef } = parse(operateTargetSchema, request.body);
      const target = targetOf(request.params.key);
      const operated = await audited(
        auditor,
        {
          request,
          eventId: 'workload-operate',
          queryType: action,
          severityLevel: 'high',
          meta: { entityRef, target: { ...target } },
        },
        async (): Promise<OperatedTarget> => {
          const entity = await access.requireEntity(
            actor,
            entityRef,
            targetOperatePermission,
          );
          return withDriverErrors(async () => {
            await targets.requireOwn(entity, target);
            const operation = await operationOf(drivers, target, action);
            const { replicas } = await operation(target);
            return { replicas };
          });
        },
      );
      publish({ topic: 'target', entityRef });
      response.json(operated);
    });
  }

  router.get('/targets/:key/manifest', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(entityQuerySchema, request.query, 'query');
    const target = targetOf(request.params.key);
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentReadPermission,
    );
    const manifest = await withDriverErrors(async () => {
      await targets.requireOwn(entity, target);
      const operation = await operationOf(drivers, target, 'manifest');
      return operation(target);
    });
    response.json({ manifest });
  });

  return router;
}

/** @throws DriverError `invalid` where the cluster's driver lacks it */
async function operationOf<K extends keyof WorkloadOperations>(
  drivers: Drivers,
  target: TargetRef,
  name: K,
): Promise<WorkloadOperations[K]> {
  const driver = await drivers.for(target);
  const operation: Partial<WorkloadOperations>[K] = driver[name];
  if (!operation) {
    throw new DriverError(
      'invalid',
      `The portal only deploys to cluster ${target.cluster}`,
    );
  }
  return operation.bind(driver) as WorkloadOperations[K];
}
