import { AuditorService } from '@backstage/backend-plugin-api';
import {
  createEnvironmentSchema,
  Environment,
  environmentManagePermission,
  Protection,
  protectionManagePermission,
  UpdateEnvironment,
  updateEnvironmentSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { isDeepStrictEqual } from 'node:util';
import { Access, Actor } from '../access';
import { audited, parse } from '../http';
import { EnvironmentStore } from './EnvironmentStore';
import { validateProtection } from './validateProtection';

/** @internal */
export interface EnvironmentsRouterOptions {
  access: Access;
  auditor: AuditorService;
  environments: EnvironmentStore;
  /** Called after what environments ask of deploys may be another thing. */
  onProtectionChange(): Promise<void>;
}

/** Environments, and what protects them. */
export function createEnvironmentsRouter(
  options: EnvironmentsRouterOptions,
): Router {
  const { access, auditor, environments, onProtectionChange } = options;
  const router = PromiseRouter();
  router.use(express.json());

  /** @param protects - whether it also changes what protects deploys */
  async function requireMay(actor: Actor, protects: boolean): Promise<void> {
    await access.require(actor, environmentManagePermission);
    if (protects) {
      await access.require(actor, protectionManagePermission);
    }
  }

  router.get('/environments', async (request, response) => {
    await access.actor(request);
    response.json({ items: await environments.list() });
  });

  router.post('/environments', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(createEnvironmentSchema, request.body);
    const created = await audited(
      auditor,
      {
        request,
        eventId: 'environment-mutate',
        queryType: 'create',
        meta: { name: body.name, ...protectionMeta(body.protection) },
      },
      async () => {
        validateProtection(body.protection ?? {});
        await requireMay(actor, protectsSomething(body.protection));
        return environments.create(body);
      },
    );
    await onProtectionChange();
    response.status(201).json(created);
  });

  router.patch('/environments/:id', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(updateEnvironmentSchema, request.body);
    const { id } = request.params;
    const updated = await audited(
      auditor,
      {
        request,
        eventId: 'environment-mutate',
        queryType: 'update',
        ...(body.protection && { severityLevel: 'high' }),
        meta: { id, ...protectionMeta(body.protection) },
      },
      async () => {
        validateProtection(body.protection ?? {});
        const before = (await environments.list()).find(
          environment => environment.id === id,
        );
        await requireMay(actor, changesProtection(before, body));
        return environments.update(id, body);
      },
    );
    await onProtectionChange();
    response.json(updated);
  });

  router.delete('/environments/:id', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    await audited(
      auditor,
      {
        request,
        eventId: 'environment-mutate',
        queryType: 'delete',
        severityLevel: 'high',
        meta: { id },
      },
      async () => {
        const before = (await environments.list()).find(
          environment => environment.id === id,
        );
        await requireMay(actor, protectsSomething(before?.protection));
        await environments.remove(id);
      },
    );
    await onProtectionChange();
    response.status(204).end();
  });

  return router;
}

function protectsSomething(protection: Protection | undefined): boolean {
  return Object.keys(protection ?? {}).length > 0;
}

/**
 * Moving what is protected elsewhere takes its protection away, as changing
 * the protection itself does.
 */
function changesProtection(
  before: Environment | undefined,
  { protection, places }: UpdateEnvironment,
): boolean {
  const changed =
    protection !== undefined &&
    !isDeepStrictEqual(protection, before?.protection ?? {});
  const moved =
    places !== undefined && !isDeepStrictEqual(places, before?.places);
  return changed || (moved && protectsSomething(before?.protection));
}

/** In the audit log a protection is kept as it was given. */
function protectionMeta(protection: Protection | undefined) {
  return protection ? { protection: JSON.stringify(protection) } : {};
}
