import { AuditorService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  createHoldSchema,
  createRolloutSchema,
  deleteHoldQuerySchema,
  deploymentReadPermission,
  entityRefSchema,
  holdUpdatePermission,
  ImageRegistrySignal,
  rollBackRolloutSchema,
  rolloutActionSchema,
  rolloutsQuerySchema,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { Access, Actor } from '../access';
import {
  audited,
  futureTime,
  noRollout,
  parse,
  withDriverErrors,
} from '../http';
import { TargetService, TargetStore } from '../targets';
import { EvidenceStore } from './evidence';
import { rolloutReasons } from './reasons';
import { requireMayLift } from './requireMayLift';
import { RolloutQueue } from './RolloutQueue';
import { RolloutService } from './RolloutService';
import { RolloutSteps } from './RolloutSteps';
import { RolloutStore } from './RolloutStore';
import { toApi } from './StoredRollout';

/** @internal */
export interface RolloutsRouterOptions {
  access: Access;
  auditor: AuditorService;
  evidenceStore: EvidenceStore;
  queue: RolloutQueue;
  rollouts: RolloutStore;
  service: RolloutService;
  steps: RolloutSteps;
  targets: TargetService;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
  /** Called in the transaction that lifts a hold. */
  onLift(trx: Knex.Transaction, targetKey: string): Promise<void>;
  /** Called after a hold was lifted: the policies look again. */
  onResume(targetKey: string): Promise<void>;
}

const holdsQuerySchema = z.strictObject({
  /** Absent: of all components that the caller may see. */
  entityRef: entityRefSchema.optional(),
});

function idempotencyKey(request: Request): string | undefined {
  const key = request.header('idempotency-key');
  if (key !== undefined && (key.length < 8 || key.length > 255)) {
    throw new InputError('Idempotency-Key must have 8 to 255 characters');
  }
  return key;
}

/** Rollouts and holds. */
export function createRolloutsRouter(options: RolloutsRouterOptions): Router {
  const { access, auditor, rollouts, service } = options;
  const router = PromiseRouter();
  router.use(express.json());

  router.post('/rollouts', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(createRolloutSchema, request.body);
    if (body.dryRun) {
      response.json(await service.diff(actor, body));
      return;
    }
    const rollout = await audited(
      auditor,
      {
        request,
        eventId: 'image-deploy',
        queryType: 'deploy',
        severityLevel: body.emergency ? 'critical' : 'high',
        meta: {
          entityRef: body.entityRef,
          target: { ...body.target },
          repository: body.image.repository,
          tag: body.image.tag ?? '',
          digest: body.image.digest ?? '',
          consent: body.consent ?? false,
          ...(body.emergency && { emergency: body.emergency.reason }),
        },
      },
      () => service.create(actor, body, idempotencyKey(request)),
    );
    response.status(202).json(rollout);
  });

  router.get('/rollouts', async (request, response) => {
    const actor = await access.actor(request);
    const query = parse(rolloutsQuerySchema, request.query, 'query');
    const { owner, ...filter } = query;
    if (query.entityRef) {
      const entity = await access.requireEntity(
        actor,
        query.entityRef,
        deploymentReadPermission,
      );
      filter.entityRef = stringifyEntityRef(entity);
    }
    const page = await rollouts.list({
      ...filter,
      ...(owner && { entityRefs: await access.ownedBy(actor, owner) }),
    });
    const visible = await visibleEntities(
      access,
      actor,
      page.items.map(item => item.entityRef),
    );
    const items = page.items.filter(item => visible.has(item.entityRef));
    const left = await options.evidenceStore.leftBy(items.map(({ id }) => id));
    response.json({
      ...page,
      items: items.map(item => ({
        ...toApi(item),
        hasEvidence: left.has(item.id) || undefined,
      })),
    });
  });

  router.get('/rollouts/:id', async (request, response) => {
    const actor = await access.actor(request);
    const rollout = await rollouts.get(request.params.id);
    const visible = await access.mayOnEntity(
      actor,
      rollout.entityRef,
      deploymentReadPermission,
    );
    if (!visible) {
      throw noRollout(request.params.id);
    }
    const left = await options.evidenceStore.leftBy([rollout.id]);
    response.json({
      ...toApi(rollout),
      hasEvidence: left.has(rollout.id) || undefined,
      events: await options.steps.of(rollout.id),
      gates: rollout.gates,
    });
  });

  for (const verb of ['cancel', 'retry', 'rollback'] as const) {
    router.post(`/rollouts/:id/${verb}`, async (request, response) => {
      const actor = await access.actor(request);
      const schema =
        verb === 'rollback' ? rollBackRolloutSchema : rolloutActionSchema;
      const action = parse(schema, request.body);
      const { id } = request.params;
      const rollout = await audited(
        auditor,
        {
          request,
          eventId: 'image-deploy',
          queryType: verb,
          severityLevel: 'high',
          meta: { rolloutId: id },
        },
        () => service[verb](actor, id, action),
      );
      response.status(verb === 'cancel' ? 200 : 202).json(rollout);
    });
  }

  router.get('/holds', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(holdsQuerySchema, request.query, 'query');
    const asked = entityRef
      ? await access.requireEntity(actor, entityRef, deploymentReadPermission)
      : undefined;
    const holds = await options.targetStore.listHolds(
      asked && [stringifyEntityRef(asked)],
    );
    const visible = await visibleEntities(
      access,
      actor,
      holds.map(hold => hold.entityRef),
    );
    response.json({ items: holds.filter(hold => visible.has(hold.entityRef)) });
  });

  router.post('/holds', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(createHoldSchema, request.body);
    const hold = await audited(
      auditor,
      {
        request,
        eventId: 'hold-mutate',
        queryType: 'create',
        meta: { entityRef: body.entityRef, target: { ...body.target } },
      },
      () => setHold(options, actor, body),
    );
    response.status(201).json(hold);
  });

  router.delete('/holds/:id', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    const { entityRef } = parse(deleteHoldQuerySchema, request.query, 'query');
    await audited(
      auditor,
      { request, eventId: 'hold-mutate', queryType: 'delete', meta: { id } },
      async () => {
        const hold = await options.targetStore.getHold(id);
        await requireMayLift(options, actor, hold, entityRef);
        await rollouts.transaction(async trx => {
          await options.targetStore.lock(trx, hold.targetKey);
          await options.targetStore.lift(trx, id);
          await options.onLift(trx, hold.targetKey);
        });
        options.publish({
          topic: 'target',
          entityRef: entityRef ?? hold.entityRef,
        });
        await options.onResume(hold.targetKey);
      },
    );
    response.status(204).end();
  });

  return router;
}

async function setHold(
  options: RolloutsRouterOptions,
  actor: Actor,
  body: z.infer<typeof createHoldSchema>,
) {
  const { access, queue, rollouts, targets, targetStore } = options;
  const entity = await access.requireEntity(
    actor,
    body.entityRef,
    holdUpdatePermission,
  );
  await withDriverErrors(() => targets.requireOwn(entity, body.target));
  const hold = {
    targetKey: targetKey(body.target),
    entityRef: stringifyEntityRef(entity),
    reason: body.reason,
    author: actor.ref,
    expiresAt: futureTime('expiresAt', body.expiresAt),
  };
  const id = await rollouts.transaction(async trx => {
    await targetStore.lock(trx, hold.targetKey);
    await queue.cancelAutomation(
      trx,
      hold.targetKey,
      rolloutReasons.held(hold),
    );
    return targetStore.hold(trx, hold);
  });
  options.publish({ topic: 'target', entityRef: body.entityRef });
  return targetStore.getHold(id);
}

async function visibleEntities(
  access: Access,
  actor: Actor,
  entityRefs: string[],
): Promise<Set<string>> {
  const visible = new Set<string>();
  await Promise.all(
    [...new Set(entityRefs)].map(async entityRef => {
      if (
        await access.mayOnEntity(actor, entityRef, deploymentReadPermission)
      ) {
        visible.add(entityRef);
      }
    }),
  );
  return visible;
}
