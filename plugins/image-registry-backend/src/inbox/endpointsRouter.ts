import { AuditorService } from '@backstage/backend-plugin-api';
import {
  createWebhookEndpointSchema,
  installWebhookSchema,
  registryReadPermission,
  rotateWebhookEndpointSchema,
  WebhookEndpoint,
  WebhookEndpointSecret,
  webhookEndpointManagePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access } from '../access';
import { audited, noEndpoint, parse } from '../http';
import { AuthorizedRegistries, RegistryService } from '../registries';
import { needsKey } from './authenticate';
import { EndpointAccess } from './EndpointAccess';
import { EndpointStore } from './EndpointStore';
import { installWebhook } from './installWebhook';
import { StoredEndpoint } from './StoredEndpoint';
import { checkSettings, webhookFormatOf } from './webhookFormat';
import { warnAboutUrl } from './webhookUrl';

/** @internal */
export interface EndpointsRouterOptions {
  access: Access;
  auditor: AuditorService;
  authorized: AuthorizedRegistries;
  endpoints: EndpointStore;
  registries: RegistryService;
  /** Base of the URLs that registries call, without a slash at the end. */
  webhookBaseUrl: string;
}

const EVENT = 'webhook-endpoint-mutate';

/** What registries call: made, shown and ended by signed-in people. */
export function createEndpointsRouter(options: EndpointsRouterOptions): Router {
  const { access, auditor, authorized, endpoints, registries } = options;
  const owned = new EndpointAccess(options);
  const router = PromiseRouter();
  router.use(express.json());

  router.get('/registries/:id/webhook-endpoints', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    const mine = await owned.visible(actor, id);
    if (mine.length === 0) {
      await authorized.require(actor, id, registryReadPermission);
    }
    const items = await Promise.all(mine.map(each => shown(options, each)));
    response.json({ items });
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
          eventId: EVENT,
          queryType: 'create',
          meta: { registryId: id, name: body.name },
        },
        async () => {
          const entityRef = await owned.requireCreate(actor, id, body);
          const format = await webhookFormatOf(registries, id);
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
      response.status(201).json(await withSecret(options, made));
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
        eventId: EVENT,
        queryType: 'rotate',
        meta: { endpointId: id },
      },
      async () => {
        const { registryId } = await owned.requireChange(actor, id);
        return endpoints.rotate(id, {
          revokeOld: body.revokeOld ?? false,
          keepsKey: needsKey(await webhookFormatOf(registries, registryId)),
        });
      },
    );
    response.json(await withSecret(options, made));
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
          eventId: EVENT,
          queryType: 'install',
          meta: { registryId, endpointId: id },
        },
        async () => {
          const endpoint = await owned.requireChange(actor, id);
          if (endpoint.registryId !== registryId) {
            throw noEndpoint(id);
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
        eventId: EVENT,
        queryType: 'delete',
        severityLevel: 'high',
        meta: { endpointId: id },
      },
      async () => {
        await owned.requireChange(actor, id);
        await endpoints.remove(id);
      },
    );
    response.status(204).end();
  });

  return router;
}

/** The endpoint as the REST contract shows it, without the hashes. */
async function shown(
  { registries, webhookBaseUrl }: EndpointsRouterOptions,
  endpoint: StoredEndpoint,
): Promise<WebhookEndpoint> {
  const { secrets, ...rest } = endpoint;
  const url = `${webhookBaseUrl}/webhooks/${endpoint.id}`;
  const registry = await registries.get(endpoint.registryId);
  const { webhook } = registries.provider(registry.provider).descriptor;
  return {
    ...rest,
    url,
    urlWarning: warnAboutUrl(url),
    authentication: webhook?.authentication ?? 'header',
    secrets: secrets.map(
      ({ hash: _hash, sealed: _sealed, ...secret }) => secret,
    ),
  };
}

/** The same with its new secret, this once. */
async function withSecret(
  options: EndpointsRouterOptions,
  made: { endpoint: StoredEndpoint; secret: string },
): Promise<WebhookEndpointSecret> {
  const endpoint = await shown(options, made.endpoint);
  return {
    endpoint,
    secret: made.secret,
    urlWithToken: `${endpoint.url}/${made.secret}`,
  };
}
