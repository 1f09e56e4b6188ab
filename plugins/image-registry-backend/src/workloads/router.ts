import { AuditorService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { createWorkloadSchema } from '@slipway/backstage-plugin-image-registry-common';
import express, { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { createHash } from 'node:crypto';
import { Access, Actor } from '../access';
import { audited, parse } from '../http';
import { CreationStore } from './CreationStore';
import { WorkloadService } from './WorkloadService';

/** @internal */
export interface WorkloadsRouterOptions {
  access: Access;
  auditor: AuditorService;
  creations: CreationStore;
  service: WorkloadService;
}

/** Components that are made from images. */
export function createWorkloadsRouter(options: WorkloadsRouterOptions): Router {
  const { access, auditor, creations, service } = options;
  const router = PromiseRouter();
  router.use(express.json());

  router.post('/workloads', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(createWorkloadSchema, request.body);
    if (body.dryRun) {
      response.json(await service.rehearse(actor, body));
      return;
    }
    const made = await audited(
      auditor,
      {
        request,
        eventId: 'workload-create',
        queryType: 'create',
        severityLevel: 'high',
        meta: {
          name: body.name,
          owner: body.owner,
          place: { ...body.place },
          repository: body.image.repository,
          tag: body.image.tag ?? '',
          digest: body.image.digest ?? '',
        },
      },
      () => service.create(actor, body, idempotencyKey(request, actor)),
    );
    response.status(made.outcome === 'created' ? 201 : 200).json(made);
  });

  router.get('/workloads/:id', async (request, response) => {
    const actor = await access.actor(request);
    response.json(await service.get(actor, request.params.id));
  });

  router.get('/components/created', async (request, response) => {
    const actor = await access.actor(request);
    if (actor.kind !== 'service') {
      throw new NotAllowedError('Only services read this; see the catalog');
    }
    response.json({ items: await creations.components() });
  });

  return router;
}

function idempotencyKey(request: Request, actor: Actor): string | undefined {
  const key = request.header('idempotency-key');
  if (key === undefined) {
    return undefined;
  }
  if (key.length < 8 || key.length > 255) {
    throw new InputError('Idempotency-Key must have 8 to 255 characters');
  }
  return createHash('sha256').update(`${actor.ref}\n${key}`).digest('hex');
}
