import { ClusterClient } from '../clusters';
import {
  SharedWatch,
  WatchedCollection,
  WatchHub,
  WatchShare,
} from '../observe';
import { collectionPath, KubernetesObject } from '../workloads';

interface Lingering {
  share: WatchShare<KubernetesObject>;
  end: NodeJS.Timeout;
}

/** Watches that go on for a while after they were last asked about. */
export class LingeringWatches {
  private readonly watches = new Map<string, Lingering>();

  /** @param lingerMs - how long they go on, in milliseconds */
  constructor(
    private readonly hub: WatchHub,
    private readonly lingerMs: number,
  ) {}

  /** The watch of a collection, opened when there is none. */
  use<T extends KubernetesObject>(
    client: ClusterClient,
    collection: WatchedCollection<T>,
  ): SharedWatch<T> {
    const { apiVersion, resource, namespace } = collection;
    const path = collectionPath(apiVersion, resource, namespace);
    const key = `${client.name} ${path}`;
    const known = this.watches.get(key);
    if (known) {
      known.end.refresh();
      // The key names the resource, so the type of its objects is kept.
      return known.share.watch as unknown as SharedWatch<T>;
    }
    const share = this.hub.join(client, collection, () => undefined);
    const end = setTimeout(() => {
      this.watches.delete(key);
      share.leave();
    }, this.lingerMs);
    end.unref();
    this.watches.set(key, {
      share: share as unknown as WatchShare<KubernetesObject>,
      end,
    });
    return share.watch;
  }

  /** Ends all of them that nobody else looks at. */
  close(): void {
    for (const { share, end } of this.watches.values()) {
      clearTimeout(end);
      share.leave();
    }
    this.watches.clear();
  }
}
