import { AuditorService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  componentWebhookEndpointPermission,
  createWebhookEndpointSchema,
  Decision,
  deliveriesQuerySchema,
  deliveryReadPermission,
  deliveryReplayPermission,
  deploymentReadPermission,
  ImageEventRecord,
  ImageRegistrySignal,
  installWebhookSchema,
  registryReadPermission,
  rotateWebhookEndpointSchema,
  WebhookEndpoint,
  WebhookEndpointSecret,
  webhookEndpointManagePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { randomUUID } from 'node:crypto';
import { Access, Actor } from '../access';
import { audited, parse } from '../http';
import { WebhookFormat } from '@slipway/backstage-plugin-image-registry-node';
import { AuthorizedRegistries, RegistryService } from '../registries';
import { needsKey } from './authenticate';
import { DeliveryStore } from './DeliveryStore';
import { DeliveryWriter } from './DeliveryWriter';
import { EndpointStore, StoredEndpoint } from './EndpointStore';
import { EventQueue } from './EventQueue';
import { installWebhook } from './installWebhook';
import { classify } from './webhookRouter';
import { warnAboutUrl } from './webhookUrl';

/** @internal */
export interface InboxRouterOptions {
  access: Access;
  auditor: AuditorService;
  authorized: AuthorizedRegistries;
  deliveries: DeliveryStore;
  endpoints: EndpointStore;
  events: EventQueue;
  registries: RegistryService;
  writer: DeliveryWriter;
  /** Base of the URLs that registries call, without a slash at the end. */
  webhookBaseUrl: string;
  decisionsOf(eventIds: string[]): Promise<Decision[]>;
  publish(signal: ImageRegistrySignal): void;
}

/** Endpoints and the webhook log, for signed-in people. */
export function createInboxRouter(options: InboxRouterOptions): Router {
  const { access, auditor, authorized, deliveries, endpoints, registries } =
    options;
  const router = PromiseRouter();
  router.use(express.json());

  const shown = async (endpoint: StoredEndpoint): Promise<WebhookEndpoint> => {
    const { secrets, ...rest } = endpoint;
    const url = `${options.webhookBaseUrl}/webhooks/${endpoint.id}`;
    const registry = await registries.get(endpoint.registryId);
    const webhook = registries.provider(registry.provider).descriptor.webhook;
    return {
      ...rest,
      url,
      urlWarning: warnAboutUrl(url),
      authentication: webhook?.authentication ?? 'header',
      secrets: secrets.map(
        ({ hash: _hash, sealed: _sealed, ...secret }) => secret,
      ),
    };
  };

  const withSecret = async (made: {
    endpoint: StoredEndpoint;
    secret: string;
  }): Promise<WebhookEndpointSecret> => {
    const endpoint = await shown(made.endpoint);
    return {
      endpoint,
      secret: made.secret,
      urlWithToken: `${endpoint.url}/${made.secret}`,
    };
  };

  router.get('/registries/:id/webhook-endpoints', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    const all = await endpoints.list(id);
    const mine = await visibleEndpoints(options, actor, id, all);
    if (mine.length === 0) {
      await authorized.require(actor, id, registryReadPermission);
    }
    response.json({ items: await Promise.all(mine.map(shown)) });
  });

  router.post(
    '/registries/:id/webhook-endpoints',
    async (request, response) => {
      const actor = await access.actor(request);
      const body = parse(createWebhookEndpointSchema, request.body);
      const { id } = request.params;
      const made = await audited(
        auditor,
        {
          request,
          eventId: 'webhook-endpoint-mutate',
          queryType: 'create',
          meta: { registryId: id, name: body.name },
        },
        async () => {
          let { entityRef } = body;
          if (entityRef) {
            entityRef = await requireOwnRepositories(options, actor, id, {
              entityRef,
              repositories: body.repositories,
            });
          } else {
            await authorized.require(
              actor,
              id,
              webhookEndpointManagePermission,
            );
          }
          const format = await webhookFormat(registries, id);
          checkSettings(format, body.settings);
          return endpoints.create({
            ...body,
            entityRef,
            registryId: id,
            keepsKey: needsKey(format),
            createdBy: actor.ref,
          });
        },
      );
      response.status(201).json(await withSecret(made));
    },
  );

  router.post('/webhook-endpoints/:id/rotate', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(rotateWebhookEndpointSchema, request.body);
    const { id } = request.params;
    const made = await audited(
      auditor,
      {
        request,
        eventId: 'webhook-endpoint-mutate',
        queryType: 'rotate',
        meta: { endpointId: id },
      },
      async () => {
        const { registryId } = await requireEndpoint(options, actor, id);
        return endpoints.rotate(id, {
          revokeOld: body.revokeOld ?? false,
          keepsKey: needsKey(await webhookFormat(registries, registryId)),
        });
      },
    );
    response.json(await withSecret(made));
  });

  router.post(
    '/registries/:registryId/webhook-endpoints/:id/install',
    async (request, response) => {
      const actor = await access.actor(request);
      const { place } = parse(installWebhookSchema, request.body);
      const { registryId, id } = request.params;
      const installed = await audited(
        auditor,
        {
          request,
          eventId: 'webhook-endpoint-mutate',
          queryType: 'install',
          meta: { registryId, endpointId: id },
        },
        async () => {
          const endpoint = await requireEndpoint(options, actor, id);
          if (endpoint.registryId !== registryId) {
            throw new NotFoundError(`No webhook endpoint ${id}`);
          }
          // The vendor is called with the portal's own credentials.
          await authorized.require(
            actor,
            registryId,
            webhookEndpointManagePermission,
          );
          return installWebhook(options, endpoint, place);
        },
      );
      response.json(installed);
    },
  );

  router.delete('/webhook-endpoints/:id', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    await audited(
      auditor,
      {
        request,
        eventId: 'webhook-endpoint-mutate',
        queryType: 'delete',
        severityLevel: 'high',
        meta: { endpointId: id },
      },
      async () => {
        await requireEndpoint(options, actor, id);
        await endpoints.remove(id);
      },
    );
    response.status(204).end();
  });

  router.get('/deliveries', async (request, response) => {
    const actor = await access.actor(request);
    const query = parse(deliveriesQuerySchema, request.query, 'query');
    const readable = await authorized.list(actor, deliveryReadPermission);
    const ids = readable.map(registry => registry.id);
    response.json(await deliveries.list(query, ids));
  });

  router.get('/deliveries/:id', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    const { contentType: _type, ...delivery } = await deliveries.get(id);
    const { registryId, events } = delivery;
    if (!(await authorized.may(actor, registryId, deliveryReadPermission))) {
      throw new NotFoundError(`No delivery ${id}`);
    }
    const decisions = await options.decisionsOf(events.map(event => event.id));
    response.json({
      ...delivery,
      decisions: await visibleDecisions(access, actor, decisions),
    });
  });

  router.post('/deliveries/:id/replay', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    const replayId = await audited(
      auditor,
      {
        request,
        eventId: 'delivery-replay',
        queryType: 'create',
        meta: { deliveryId: id },
      },
      () => replay(options, actor, id),
    );
    const { contentType: _type, ...delivery } = await deliveries.get(replayId);
    response.status(202).json(delivery);
  });

  return router;
}

/** A log of a registry may be read by people who may not see each component. */
async function visibleDecisions(
  access: Access,
  actor: Actor,
  decisions: Decision[],
): Promise<Decision[]> {
  const refs = [...new Set(decisions.map(({ entityRef }) => entityRef))];
  const visible = await Promise.all(
    refs.map(ref => access.mayOnEntity(actor, ref, deploymentReadPermission)),
  );
  const shown = new Set(refs.filter((_, index) => visible[index]));
  return decisions.filter(({ entityRef }) => shown.has(entityRef));
}

/** Endpoints of a registry that the actor may see: all, or the own ones. */
async function visibleEndpoints(
  { access, authorized }: InboxRouterOptions,
  actor: Actor,
  registryId: string,
  all: StoredEndpoint[],
): Promise<StoredEndpoint[]> {
  const manages = await authorized.may(
    actor,
    registryId,
    webhookEndpointManagePermission,
  );
  if (manages) {
    return all;
  }
  const own = await Promise.all(
    all.map(
      async ({ entityRef }) =>
        entityRef !== undefined &&
        access.mayOnEntity(
          actor,
          entityRef,
          componentWebhookEndpointPermission,
        ),
    ),
  );
  return all.filter((_, index) => own[index]);
}

/**
 * An owner speaks for exact repositories that the component was granted.
 * @returns the component's full reference
 */
async function requireOwnRepositories(
  { access, authorized, registries }: InboxRouterOptions,
  actor: Actor,
  registryId: string,
  wish: { entityRef: string; repositories?: string[] },
): Promise<string> {
  const entity = await access.requireEntity(
    actor,
    wish.entityRef,
    componentWebhookEndpointPermission,
  );
  if (!wish.repositories?.length) {
    throw new InputError(
      'Invalid body: repositories: name the repositories of the component',
    );
  }
  const registry = await authorized.requireKnown(
    actor,
    entity,
    registryId,
    wish.repositories,
  );
  for (const repository of wish.repositories) {
    if (repository.includes('*')) {
      throw new InputError(
        `Invalid body: repositories: ${repository}: an endpoint of a component names exact repositories`,
      );
    }
    if (!registries.isGranted(registry, repository, entity)) {
      throw new NotAllowedError(
        `${wish.entityRef} may not use ${repository} of ${registry.name}`,
      );
    }
  }
  return stringifyEntityRef(entity);
}

async function requireEndpoint(
  { access, authorized, endpoints }: InboxRouterOptions,
  actor: Actor,
  id: string,
): Promise<StoredEndpoint> {
  const endpoint = await endpoints.find(id);
  if (!endpoint) {
    throw new NotFoundError(`No webhook endpoint ${id}`);
  }
  if (endpoint.entityRef) {
    const own = await access.mayOnEntity(
      actor,
      endpoint.entityRef,
      componentWebhookEndpointPermission,
    );
    if (!own) {
      await authorized.require(
        actor,
        endpoint.registryId,
        webhookEndpointManagePermission,
      );
    }
  } else {
    await authorized.require(
      actor,
      endpoint.registryId,
      webhookEndpointManagePermission,
    );
  }
  if (endpoint.source === 'config') {
    throw new InputError(
      'This endpoint comes from app-config; change its secret there',
    );
  }
  return endpoint;
}

/** @throws InputError when the registry's kind sends no webhooks */
async function webhookFormat(
  registries: RegistryService,
  registryId: string,
): Promise<WebhookFormat> {
  const registry = await registries.get(registryId);
  const { webhook } = registries.provider(registry.provider);
  if (!webhook) {
    throw new InputError(`${registry.name} has no webhooks`);
  }
  return webhook;
}

/** What verifies a signature is given whole or not at all. */
function checkSettings(
  format: WebhookFormat,
  settings: Record<string, string> = {},
): void {
  const required = format.authentication.flatMap(way =>
    way.type === 'signed' ? way.requires : [],
  );
  const given = Object.keys(settings).filter(name => settings[name]);
  const unknown = given.filter(name => !required.includes(name));
  const missing = required.filter(name => !given.includes(name));
  const problems = [
    ...unknown.map(name => `unknown field settings.${name}`),
    ...(given.length ? missing : []).map(name => `settings.${name}: is needed`),
  ];
  if (problems.length) {
    throw new InputError(`Invalid body: ${problems.join('; ')}`);
  }
}

/**
 * Puts what a stored delivery said into the inbox again, as a new delivery.
 *
 * @returns the new delivery's id
 */
async function replay(
  options: InboxRouterOptions,
  actor: Actor,
  id: string,
): Promise<string> {
  const { authorized, deliveries, endpoints, events, writer } = options;
  const original = await deliveries.get(id);
  await authorized.require(
    actor,
    original.registryId,
    deliveryReplayPermission,
  );
  const endpoint =
    original.endpointId && (await endpoints.find(original.endpointId));
  const deliveryId = randomUUID();
  await writer.write({
    id: deliveryId,
    registryId: original.registryId,
    endpointId: original.endpointId,
    receivedAt: Date.now(),
    format: original.format ?? '',
    contentType: original.contentType,
    headers: original.headers,
    body: original.body,
    bytes: original.bytes,
    replayOf: original.id,
    events: original.events.map(event => ({
      ...classify(toEvent(event), speaksFor(event, endpoint || undefined)),
      forced: true,
    })),
  });
  options.publish({
    topic: 'delivery',
    id: deliveryId,
    registryId: original.registryId,
  });
  events.wake();
  return deliveryId;
}

/** What an endpoint was refused stays refused when the endpoint is gone. */
function speaksFor(
  { outcome }: ImageEventRecord,
  endpoint: StoredEndpoint | undefined,
): string[] | undefined {
  if (endpoint) {
    return endpoint.repositories;
  }
  return outcome === 'refused' ? [] : undefined;
}

/** A replay is heard now: the event's own time would make it look old. */
function toEvent(event: ImageEventRecord) {
  const { kind, repository, tag, digest, pushedBy } = event;
  return { kind, repository, tag, digest, pushedBy };
}
