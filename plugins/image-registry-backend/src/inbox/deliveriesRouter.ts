import { AuditorService } from '@backstage/backend-plugin-api';
import {
  Decision,
  deliveriesQuerySchema,
  deliveryReadPermission,
  deploymentReadPermission,
} from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access, Actor } from '../access';
import { audited, noDelivery, parse } from '../http';
import { AuthorizedRegistries } from '../registries';
import { DeliveryStore } from './DeliveryStore';
import { Replayer } from './Replayer';

/** @internal */
export interface DeliveriesRouterOptions {
  access: Access;
  auditor: AuditorService;
  authorized: AuthorizedRegistries;
  deliveries: DeliveryStore;
  replayer: Replayer;
  decisionsOf(eventIds: string[]): Promise<Decision[]>;
}

/** The webhook log, for signed-in people. */
export function createDeliveriesRouter(
  options: DeliveriesRouterOptions,
): Router {
  const { access, auditor, authorized, deliveries, replayer } = options;
  const router = PromiseRouter();

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
      throw noDelivery(id);
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
    const { contentType: _type, ...delivery } = await audited(
      auditor,
      {
        request,
        eventId: 'delivery-replay',
        queryType: 'create',
        meta: { deliveryId: id },
      },
      () => replayer.replay(actor, id),
    );
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
