import { AnyObject } from '../objects';
import { ResourceKind } from '../resources/kinds';
import { StatusError } from '../status';
import { Change, ChangeType, ObjectStore } from './object-store';
import { Predicate } from './selectors';

export interface WatchEvent {
  type: ChangeType;
  object: AnyObject;
}

export interface WatchRequest {
  resource: ResourceKind;
  namespace?: string;
  matches: Predicate;
  /** Begin after this revision; undefined begins with the present state. */
  after?: number;
}

export interface Watcher {
  /** Stops the delivery; the hub does not call back afterwards. */
  close(): void;
}

/** "too old" of a watch: an event with this Status, then the end. */
export function tooOld(requested: number, oldest: number): StatusError {
  return new StatusError(
    410,
    'Expired',
    `too old resource version: ${requested} (${oldest})`,
  );
}

/** Delivers committed changes to watches, in the order of revisions. */
export class WatchHub {
  private readonly open = new Set<{ end: (error?: StatusError) => void }>();

  static create(store: ObjectStore): WatchHub {
    return new WatchHub(store);
  }

  private constructor(private readonly store: ObjectStore) {}

  get size(): number {
    return this.open.size;
  }

  /**
   * Opens a watch: first what is due since `after`, then each change.
   *
   * @throws StatusError 410 if that revision is forgotten
   */
  watch(
    request: WatchRequest,
    deliver: (event: WatchEvent) => void,
    end: (error?: StatusError) => void,
  ): Watcher {
    const { resource, after } = request;
    if (after !== undefined && after < this.store.oldestRevision) {
      throw tooOld(after, this.store.oldestRevision);
    }
    const pass = (change: Change) => {
      const event = eventFor(change, request);
      if (event) {
        deliver(event);
      }
    };
    if (after === undefined) {
      this.store
        .list(resource, request.namespace)
        .filter(request.matches)
        .forEach(object => deliver({ type: 'ADDED', object }));
    } else {
      this.store.changesAfter(resource, after).forEach(pass);
    }
    const unsubscribe = this.store.subscribe(pass);
    const entry = {
      close: () => {
        unsubscribe();
        this.open.delete(entry);
      },
      end: (error?: StatusError) => {
        entry.close();
        end(error);
      },
    };
    this.open.add(entry);
    return entry;
  }

  /** Ends every open watch, with an ERROR event if one is given. */
  endAll(error?: StatusError): void {
    for (const entry of [...this.open]) {
      entry.end(error);
    }
  }
}

/**
 * What a watch with selectors sees of a change: an object that begins to
 * match is ADDED, one that stops matching is DELETED.
 */
function eventFor(
  change: Change,
  request: WatchRequest,
): WatchEvent | undefined {
  const { object, previous } = change;
  if (
    change.resource !== request.resource ||
    (request.namespace && object.metadata.namespace !== request.namespace)
  ) {
    return undefined;
  }
  const before = previous !== undefined && request.matches(previous);
  const now = change.type !== 'DELETED' && request.matches(object);
  if (now) {
    return { type: before ? 'MODIFIED' : 'ADDED', object };
  }
  return before ? { type: 'DELETED', object } : undefined;
}
