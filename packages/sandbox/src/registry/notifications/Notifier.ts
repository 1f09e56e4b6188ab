import { DistributionBehavior } from '../behavior';
import { EndpointQueue } from './EndpointQueue';
import {
  NotificationEndpoint,
  NotificationEndpointInput,
  notificationEndpointSchema,
  NotificationState,
} from './NotificationEndpoint';
import { QueuedEvent } from './QueuedEvent';
import { EVENT_MEDIA_TYPES, RegistryEvent } from './RegistryEvent';

/** Hands every event to every endpoint; endpoints do not wait for another. */
export class Notifier {
  private readonly queues = new Map<string, EndpointQueue>();
  private readonly listeners = new Set<() => void>();

  /** Adds an endpoint, or changes the one of that name. */
  setEndpoint(input: NotificationEndpointInput): void {
    const endpoint = notificationEndpointSchema.parse(input);
    const existing = this.queues.get(endpoint.name);
    if (existing) {
      existing.replace(endpoint);
    } else {
      this.queues.set(endpoint.name, this.createQueue(endpoint));
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

  /** Calls back when an event came or was taken. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Undelivered events by the name of their endpoint. */
  pending(): Record<string, QueuedEvent[]> {
    return Object.fromEntries(
      [...this.queues].map(([name, queue]) => [name, queue.pending()]),
    );
  }

  /** Goes on with the events of an earlier run, where the endpoint is known. */
  resume(pending: Record<string, QueuedEvent[]>): void {
    for (const [name, events] of Object.entries(pending)) {
      this.queues.get(name)?.add(events);
    }
  }

  /** Drops all undelivered events. */
  clear(): void {
    this.queues.forEach(queue => queue.clear());
  }

  private createQueue(endpoint: NotificationEndpoint): EndpointQueue {
    return new EndpointQueue(endpoint, () =>
      this.listeners.forEach(listener => listener()),
    );
  }

  async stop(): Promise<void> {
    await Promise.all([...this.queues.values()].map(queue => queue.stop()));
  }
}
