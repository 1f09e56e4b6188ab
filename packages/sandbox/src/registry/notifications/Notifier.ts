import { DistributionBehavior } from '../behavior';
import { EndpointQueue } from './EndpointQueue';
import {
  NotificationEndpointInput,
  notificationEndpointSchema,
  NotificationState,
} from './NotificationEndpoint';
import { EVENT_MEDIA_TYPES, RegistryEvent } from './RegistryEvent';

/** Hands every event to every endpoint; endpoints do not wait for another. */
export class Notifier {
  private readonly queues = new Map<string, EndpointQueue>();

  /** Adds an endpoint, or changes the one of that name. */
  setEndpoint(input: NotificationEndpointInput): void {
    const endpoint = notificationEndpointSchema.parse(input);
    const existing = this.queues.get(endpoint.name);
    if (existing) {
      existing.replace(endpoint);
    } else {
      this.queues.set(endpoint.name, new EndpointQueue(endpoint));
    }
  }

  /** @returns false when there is none of that name. */
  async removeEndpoint(name: string): Promise<boolean> {
    const queue = this.queues.get(name);
    this.queues.delete(name);
    await queue?.stop();
    return queue !== undefined;
  }

  send(version: DistributionBehavior['events'], event: RegistryEvent): void {
    for (const queue of this.queues.values()) {
      queue.push(EVENT_MEDIA_TYPES[version], event);
    }
  }

  states(): NotificationState[] {
    return [...this.queues.values()].map(queue => queue.state());
  }

  async stop(): Promise<void> {
    await Promise.all([...this.queues.values()].map(queue => queue.stop()));
  }
}
