import { ClusterClient } from '../clusters';
import { KubernetesObject } from '../workloads/objects';
import { collectionPath } from '../workloads/paths';
import { SharedWatch } from './SharedWatch';

/** What is watched: all objects of one resource, everywhere or in a namespace. */
export interface WatchedCollection<T extends KubernetesObject> {
  apiVersion: string;
  resource: string;
  namespace?: string;
  prune: (object: T) => T;
}

/** A share in a watch. */
export interface WatchShare<T extends KubernetesObject> {
  watch: SharedWatch<T>;
  /** The last one to leave ends the watch. */
  leave(): void;
}

/**
 * One watch per cluster, namespace and resource, however many look: fifty open
 * pages cost the cluster no more than one.
 */
export class WatchHub {
  private readonly watches = new Map<string, SharedWatch<KubernetesObject>>();

  /** Number of watches that are open. */
  get size(): number {
    return this.watches.size;
  }

  join<T extends KubernetesObject>(
    client: ClusterClient,
    collection: WatchedCollection<T>,
    listener: () => void,
  ): WatchShare<T> {
    const path = collectionPath(
      collection.apiVersion,
      collection.resource,
      collection.namespace,
    );
    const key = `${client.name} ${path}`;
    const watch =
      (this.watches.get(key) as SharedWatch<T> | undefined) ??
      this.open(key, new SharedWatch(client, path, collection.prune));
    watch.add(listener);
    return { watch, leave: () => this.leave(key, watch, listener) };
  }

  /** Ends all watches. */
  close(): void {
    for (const watch of this.watches.values()) {
      watch.stop();
    }
    this.watches.clear();
  }

  private open<T extends KubernetesObject>(
    key: string,
    watch: SharedWatch<T>,
  ): SharedWatch<T> {
    // The key names the resource, so the type of its objects is kept.
    this.watches.set(key, watch as unknown as SharedWatch<KubernetesObject>);
    void watch.run();
    return watch;
  }

  private leave<T extends KubernetesObject>(
    key: string,
    watch: SharedWatch<T>,
    listener: () => void,
  ): void {
    watch.remove(listener);
    if (watch.size === 0) {
      watch.stop();
      if (Object.is(this.watches.get(key), watch)) {
        this.watches.delete(key);
      }
    }
  }
}
