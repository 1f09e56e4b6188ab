import { AuditorService } from '@backstage/backend-plugin-api';
import {
  checkChangedRegistrySchema,
  checkRegistrySchema,
  createRegistrySchema,
  deploymentReadPermission,
  registriesQuerySchema,
  Registry,
  registryCreatePermission,
  registryDeletePermission,
  registryReadPermission,
  registryUpdatePermission,
  updateRegistrySchema,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access, Actor } from '../access';
import { audited, decodeCursor, encodeCursor, parse } from '../http';
import { AuthorizedRegistries } from './AuthorizedRegistries';
import { Registries } from './createRegistries';
import { StoredRegistry } from './RegistryService';

/** Options of {@link createRegistriesRouter}. */
export interface RegistriesRouterOptions {
  access: Access;
  auditor: AuditorService;
  registries: Registries;
  authorized: AuthorizedRegistries;
}

const DEFAULT_LIMIT = 100;
const EVENT = 'registry-mutate';

/** Routes of providers, registries and connection checks. */
export function createRegistriesRouter(
  options: RegistriesRouterOptions,
): Router {
  const { access, auditor, authorized } = options;
  const { service, editor, checks } = options.registries;
  const router = PromiseRouter();
  // Only here: the open webhook route needs its bodies as they were sent.
  router.use('/registries', express.json({ limit: '1mb' }));

  const view = async (
    actor: Actor,
    registry: StoredRegistry,
  ): Promise<Registry> => (await authorized.views(actor, [registry]))[0];

  /** All that the caller may see, or of these what a component may use. */
  const listed = async (
    actor: Actor,
    entityRef: string | undefined,
  ): Promise<StoredRegistry[]> => {
    if (entityRef === undefined) {
      return authorized.list(actor);
    }
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentReadPermission,
    );
    return (await authorized.list(actor)).filter(
      registry =>
        registry.status.state !== 'removed' &&
        service.isGrantedAny(registry, entity),
    );
  };

  router.get('/providers', async (request, response) => {
    await access.actor(request);
    response.json({
      items: service.providers().map(provider => provider.descriptor),
    });
  });

  router.get('/registries', async (request, response) => {
    const {
      limit = DEFAULT_LIMIT,
      cursor,
      entityRef,
    } = parse(registriesQuerySchema, request.query, 'query');
    const [start = 0] = decodeCursor(cursor, 1) ?? [];
    const actor = await access.actor(request);
    const all = await listed(actor, entityRef);
    const end = Number(start) + limit;
    response.json({
      items: await authorized.views(actor, all.slice(Number(start), end)),
      totalItems: all.length,
      ...(end < all.length && { nextCursor: encodeCursor([end]) }),
    });
  });

  router.post('/registries', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(createRegistrySchema, request.body);
    const registry = await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'create',
        meta: { name: body.name, provider: body.provider },
      },
      async () => {
        await access.require(actor, registryCreatePermission);
        return editor.create(body);
      },
    );
    response.status(201).json(await view(actor, registry));
  });

  router.post('/registries/check', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(checkRegistrySchema, request.body);
    const result = await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'check',
        meta: { provider: body.provider },
      },
      async () => {
        await access.require(actor, registryCreatePermission);
        return checks.unsaved(body);
      },
    );
    response.json(result);
  });

  router.get('/registries/:id', async (request, response) => {
    const actor = await access.actor(request);
    const registry = await authorized.require(
      actor,
      request.params.id,
      registryReadPermission,
    );
    response.json(await view(actor, registry));
  });

  router.patch('/registries/:id', async (request, response) => {
    const { id } = request.params;
    const actor = await access.actor(request);
    const body = parse(updateRegistrySchema, request.body);
    const registry = await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'update',
        meta: { registryId: id, fields: Object.keys(body) },
      },
      async () => {
        await authorized.require(actor, id, registryUpdatePermission);
        return editor.update(id, body);
      },
    );
    response.json(await view(actor, registry));
  });

  router.delete('/registries/:id', async (request, response) => {
    const { id } = request.params;
    const actor = await access.actor(request);
    await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'delete',
        meta: { registryId: id },
      },
      async () => {
        await authorized.require(actor, id, registryDeletePermission);
        await editor.remove(id);
      },
    );
    response.status(204).end();
  });

  router.post('/registries/:id/check', async (request, response) => {
    const { id } = request.params;
    const actor = await access.actor(request);
    const change = parse(checkChangedRegistrySchema, request.body);
    const fields = Object.keys(change);
    const result = await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'check',
        meta: { registryId: id, fields },
      },
      async () => {
        await authorized.require(actor, id, registryUpdatePermission);
        return fields.length ? checks.changed(id, change) : checks.saved(id);
      },
    );
    response.json(result);
  });

  router.get('/registries/:id/usages', async (request, response) => {
    const { id } = request.params;
    const actor = await access.actor(request);
    await authorized.require(actor, id, registryReadPermission);
    response.json(await authorized.usages(actor, id));
  });

  return router;
}
