import { AuditorService } from '@backstage/backend-plugin-api';
import {
  createEnvironmentSchema,
  Environment,
  environmentManagePermission,
  Protection,
  protectionManagePermission,
  pullSecretManagePermission,
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

  /**
   * @param protects - whether it also changes what protects deploys
   * @param keeps - whether it changes where pull secrets are kept
   */
  async function requireMay(
    actor: Actor,
    { protects, keeps = false }: { protects: boolean; keeps?: boolean },
  ): Promise<void> {
    await access.require(actor, environmentManagePermission);
    if (keeps) {
      await access.require(actor, pullSecretManagePermission);
    }
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
        await requireMay(actor, {
          protects: protectsSomething(body.protection),
          keeps: body.keepPullSecrets,
        });
        return environments.create(body, actor.ref);
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
        await requireMay(actor, {
          protects: changesProtection(before, body),
          keeps: changesPullSecrets(before, body),
        });
        return environments.update(id, body, actor.ref);
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
        await requireMay(actor, {
          protects: protectsSomething(before?.protection),
        });
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

/** Whether logins come into other namespaces, or other logins into them. */
function changesPullSecrets(
  before: Environment | undefined,
  { keepPullSecrets, places, defaultRegistryId }: UpdateEnvironment,
): boolean {
  const keeps = keepPullSecrets ?? before?.keepPullSecrets ?? false;
  const changed = keeps !== (before?.keepPullSecrets ?? false);
  const moved =
    places !== undefined && !isDeepStrictEqual(places, before?.places);
  const other =
    defaultRegistryId !== undefined &&
    (defaultRegistryId ?? undefined) !== before?.defaultRegistryId;
  return changed || (keeps && (moved || other));
}

/** In the audit log a protection is kept as it was given. */
function protectionMeta(protection: Protection | undefined) {
  return protection ? { protection: JSON.stringify(protection) } : {};
}
