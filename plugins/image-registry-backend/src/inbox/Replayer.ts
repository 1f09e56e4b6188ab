import {
  deliveryReplayPermission,
  ImageEventRecord,
  ImageRegistrySignal,
} from '@slipway/backstage-plugin-image-registry-common';
import { randomUUID } from 'node:crypto';
import { Actor } from '../access';
import { AuthorizedRegistries } from '../registries';
import { classify } from './classify';
import { DeliveryStore, StoredDelivery } from './DeliveryStore';
import { DeliveryWriter } from './DeliveryWriter';
import { EndpointStore } from './EndpointStore';
import { EventQueue } from './EventQueue';
import { StoredEndpoint } from './StoredEndpoint';

/** What {@link Replayer} is made of. */
export interface ReplayerOptions {
  authorized: AuthorizedRegistries;
  deliveries: DeliveryStore;
  endpoints: EndpointStore;
  events: EventQueue;
  writer: DeliveryWriter;
  publish(signal: ImageRegistrySignal): void;
}

/** Puts what a stored delivery said into the inbox again. */
export class Replayer {
  constructor(private readonly options: ReplayerOptions) {}

  /** @returns the new delivery */
  async replay(actor: Actor, id: string): Promise<StoredDelivery> {
    const { authorized, deliveries, endpoints, events, writer, publish } =
      this.options;
    const original = await deliveries.get(id);
    const { registryId, endpointId } = original;
    await authorized.require(actor, registryId, deliveryReplayPermission);
    const endpoint = endpointId ? await endpoints.find(endpointId) : undefined;
    const deliveryId = randomUUID();
    await writer.write({
      id: deliveryId,
      registryId,
      endpointId,
      receivedAt: Date.now(),
      format: original.format ?? '',
      contentType: original.contentType,
      headers: original.headers,
      body: original.body,
      bytes: original.bytes,
      replayOf: original.id,
      events: original.events.map(event => ({
        ...classify(toEvent(event), speaksFor(event, endpoint)),
        forced: true,
      })),
    });
    publish({ topic: 'delivery', id: deliveryId, registryId });
    events.wake();
    return deliveries.get(deliveryId);
  }
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
