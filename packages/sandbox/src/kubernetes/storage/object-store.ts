import { randomUUID } from 'node:crypto';
import { AnyObject, ApiObject, timestamp } from '../objects';
import { RESOURCE_KINDS, ResourceKind, kindOf } from '../resources/kinds';
import { notFound, staleVersion } from '../status';
import { Dependents } from './dependents';
import { keyOf, ObjectTable } from './object-table';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One committed write. */
export interface Change {
  type: ChangeType;
  resource: ResourceKind;
  /** The object after the write; of a deletion the last state. */
  object: AnyObject;
  /** The object before the write. */
  previous?: AnyObject;
  revision: number;
}

/** What outlives a store; see ObjectStore.restore. */
export interface StoreSnapshot {
  /** Revision of the last write. */
  revision: number;
  objects: AnyObject[];
}

export type ChangeListener = (change: Change) => void;

/** Etcd of a young cluster is past its first objects; so nothing begins at 1. */
const FIRST_REVISION = 1000;

/**
 * By how much a restored store counts on. Clients may have seen versions that
 * came after the last snapshot: none of them may be given a second time.
 */
const REVISION_GAP = 100_000;

/** Changes kept for watches that resume and for lists of an old revision. */
const HISTORY_LENGTH = 20_000;

/**
 * All objects of the cluster with one revision counter, as etcd keeps them.
 * Stored objects are never changed in place: readers may hold on to them.
 */
export class ObjectStore {
  private readonly tables = new Map<ResourceKind, ObjectTable>();
  private readonly dependents = new Dependents();
  private readonly listeners = new Set<ChangeListener>();
  private history: Change[] = [];
  private revision = FIRST_REVISION;
  /** Changes up to and including this revision are forgotten. */
  private compacted = FIRST_REVISION - 1;

  static create(): ObjectStore {
    return new ObjectStore();
  }

  private constructor() {}

  /** Revision of the last write. */
  get currentRevision(): number {
    return this.revision;
  }

  /** A watch can begin at this revision or later. */
  get oldestRevision(): number {
    return this.compacted;
  }

  get<T extends ApiObject = AnyObject>(
    resource: ResourceKind,
    namespace: string | undefined,
    name: string,
  ): T | undefined {
    // The caller names the shape that belongs to the resource.
    return this.table(resource).get(keyOf(namespace, name)) as unknown as
      | T
      | undefined;
  }

  /** In the order of keys, like etcd. */
  list<T extends ApiObject = AnyObject>(
    resource: ResourceKind,
    namespace?: string,
  ): T[] {
    return this.table(resource).list(namespace) as unknown as T[];
  }

  /** What names an object as an owner, by the owner's uid. */
  ownedBy(
    owner: string,
  ): ReadonlyArray<{ resource: ResourceKind; object: AnyObject }> {
    return this.dependents.of(owner);
  }

  /** The state as it was; undefined if that revision is forgotten. */
  listAt(
    resource: ResourceKind,
    namespace: string | undefined,
    revision: number,
  ): AnyObject[] | undefined {
    if (revision < this.compacted) {
      return undefined;
    }
    const table = this.table(resource).copy();
    for (let index = this.history.length - 1; index >= 0; index--) {
      const change = this.history[index];
      if (change.revision <= revision) {
        break;
      }
      if (change.resource === resource) {
        const { namespace: home, name } = change.object.metadata;
        if (change.previous) {
          table.set(keyOf(home, name), change.previous);
        } else {
          table.delete(keyOf(home, name));
        }
      }
    }
    return table.list(namespace);
  }

  /** Stores a new object; uid, times and versions are given here. */
  insert<T extends ApiObject>(resource: ResourceKind, object: T): T {
    const stored = {
      ...object,
      metadata: {
        ...object.metadata,
        uid: object.metadata.uid || randomUUID(),
        resourceVersion: String(++this.revision),
        creationTimestamp: object.metadata.creationTimestamp || timestamp(),
        ...(resource.counted && { generation: 1 }),
      },
    };
    this.commit('ADDED', resource, stored);
    return stored;
  }

  /**
   * Replaces an object. Its metadata.resourceVersion is the optimistic lock.
   *
   * @throws StatusError 404 if it is gone, 409 if someone wrote meanwhile
   */
  replace<T extends ApiObject>(resource: ResourceKind, object: T): T {
    const { namespace, name, resourceVersion } = object.metadata;
    const previous = this.get(resource, namespace, name);
    if (!previous) {
      throw notFound(resource, name);
    }
    if (resourceVersion !== previous.metadata.resourceVersion) {
      throw staleVersion(resource, name);
    }
    const stored = {
      ...object,
      metadata: {
        ...object.metadata,
        resourceVersion: String(++this.revision),
      },
    };
    this.commit('MODIFIED', resource, stored, previous);
    return stored;
  }

  remove(
    resource: ResourceKind,
    namespace: string | undefined,
    name: string,
  ): void {
    const previous = this.get(resource, namespace, name);
    if (!previous) {
      return;
    }
    const last = {
      ...previous,
      metadata: {
        ...previous.metadata,
        resourceVersion: String(++this.revision),
      },
    };
    this.commit('DELETED', resource, last, previous);
  }

  /** Changes of a resource after a revision, oldest first. */
  changesAfter(resource: ResourceKind, revision: number): Change[] {
    return this.history.filter(
      change => change.resource === resource && change.revision > revision,
    );
  }

  /** Forgets all changes so far, like etcd's compaction. */
  compact(): void {
    this.history = [];
    this.compacted = this.revision;
  }

  /** All objects as they are now, and how far the versions are counted. */
  snapshot(): StoreSnapshot {
    return {
      revision: this.revision,
      objects: RESOURCE_KINDS.flatMap(kind => this.list(kind)),
    };
  }

  /**
   * Takes over the objects of an earlier store and shows them to all
   * listeners, as a controller is shown everything when it starts. Their
   * versions stay, but the changes that led there are forgotten.
   *
   * @throws Error for a kind that is not stored; nothing is taken over then
   */
  restore({ revision, objects }: StoreSnapshot): void {
    const restored = objects.map(object => ({
      resource: kindOf(object),
      object,
    }));
    this.revision = revision + REVISION_GAP;
    this.compact();
    for (const { resource, object } of restored) {
      const { namespace, name } = object.metadata;
      this.table(resource).set(keyOf(namespace, name), object);
      this.dependents.add(resource, object);
    }
    for (const { resource, object } of restored) {
      this.announce({
        type: 'ADDED',
        resource,
        object,
        revision: Number(object.metadata.resourceVersion),
      });
    }
  }

  subscribe(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private commit(
    type: ChangeType,
    resource: ResourceKind,
    object: ApiObject,
    previous?: AnyObject,
  ): void {
    const stored = object as AnyObject;
    const key = keyOf(stored.metadata.namespace, stored.metadata.name);
    if (type === 'DELETED') {
      this.table(resource).delete(key);
      this.dependents.remove(stored);
    } else {
      this.table(resource).set(key, stored);
      if (previous) {
        this.dependents.replace(resource, previous, stored);
      } else {
        this.dependents.add(resource, stored);
      }
    }
    const change: Change = {
      type,
      resource,
      object: stored,
      previous,
      revision: this.revision,
    };
    this.history.push(change);
    if (this.history.length > HISTORY_LENGTH) {
      const dropped = this.history.splice(0, HISTORY_LENGTH / 2);
      this.compacted = dropped[dropped.length - 1].revision;
    }
    this.announce(change);
  }

  private announce(change: Change): void {
    for (const listener of [...this.listeners]) {
      listener(change);
    }
  }

  private table(resource: ResourceKind): ObjectTable {
    let table = this.tables.get(resource);
    if (!table) {
      table = new ObjectTable();
      this.tables.set(resource, table);
    }
    return table;
  }
}
