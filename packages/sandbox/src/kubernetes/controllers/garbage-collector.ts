import { Cluster } from '../cluster';
import { AnyObject, Pod } from '../objects';
import {
  RESOURCE_KINDS,
  ResourceKind,
  daemonSets,
  deployments,
  namespaces,
  pods,
  replicaSets,
  statefulSets,
} from '../resources/kinds';
import { controllerOf, endPod } from './pods';

const LATENCY = 20;
const FOREGROUND = 'foregroundDeletion';

/** Removes what belongs to a deleted owner, and what is in a deleted namespace. */
export class GarbageCollector {
  static create(cluster: Cluster): GarbageCollector {
    return new GarbageCollector(cluster);
  }

  private constructor(private readonly cluster: Cluster) {
    cluster.store.subscribe(({ type, resource, object }) => {
      if (type === 'DELETED') {
        this.later(() => this.afterDeletion(object));
      } else if (object.metadata.deletionTimestamp && resource !== pods) {
        this.later(() => this.continueDeletion(resource, object));
      } else if (type === 'ADDED' && controllerOf(object)) {
        this.later(() => this.endOrphan(resource, object));
      }
    });
  }

  /** What was left when the cluster stopped between owner and dependent. */
  private endOrphan(resource: ResourceKind, object: AnyObject): void {
    const { namespace } = object.metadata;
    const owner = controllerOf(object);
    const kind = RESOURCE_KINDS.find(
      known => known.namespaced && known.kind === owner?.kind,
    );
    const found =
      kind && owner && this.cluster.store.get(kind, namespace, owner.name);
    if (kind && found?.metadata.uid !== owner?.uid) {
      this.end(resource, object);
    }
  }

  private later(task: () => void): void {
    this.cluster.clock.after(LATENCY, task);
  }

  private afterDeletion(object: AnyObject): void {
    this.dependentsOf(object).forEach(([resource, dependent]) =>
      this.end(resource, dependent),
    );
    const owner = controllerOf(object);
    const { namespace } = object.metadata;
    if (owner) {
      for (const resource of [
        replicaSets,
        deployments,
        statefulSets,
        daemonSets,
      ]) {
        const found = this.cluster.store.get(resource, namespace, owner.name);
        if (found?.metadata.uid === owner.uid) {
          this.continueDeletion(resource, found);
        }
      }
    }
    const home = this.cluster.store.get(namespaces, undefined, namespace ?? '');
    if (home?.metadata.deletionTimestamp) {
      this.continueDeletion(namespaces, home);
    }
  }

  /** Goes on with an object that waits for its dependents to be gone. */
  private continueDeletion(resource: ResourceKind, given: AnyObject): void {
    const { namespace, name } = given.metadata;
    const object = this.cluster.store.get(resource, namespace, name);
    if (!object?.metadata.deletionTimestamp) {
      return;
    }
    const contents =
      resource === namespaces
        ? this.contentsOf(name)
        : this.dependentsOf(object);
    contents.forEach(([kind, dependent]) => this.end(kind, dependent));
    const isWaiting =
      resource === namespaces ||
      object.metadata.finalizers?.includes(FOREGROUND);
    const left =
      resource === namespaces
        ? this.contentsOf(name)
        : this.dependentsOf(object);
    if (isWaiting && left.length === 0) {
      this.cluster.store.remove(resource, namespace, name);
    }
  }

  private end(resource: ResourceKind, object: AnyObject): void {
    const { namespace, name } = object.metadata;
    if (resource === pods) {
      const pod = this.cluster.store.get<Pod>(pods, namespace, name);
      if (pod) {
        endPod(this.cluster, pod);
      }
    } else {
      this.cluster.store.remove(resource, namespace, name);
    }
  }

  private dependentsOf(owner: AnyObject): Array<[ResourceKind, AnyObject]> {
    return this.cluster.store
      .ownedBy(owner.metadata.uid)
      .map(({ resource, object }): [ResourceKind, AnyObject] => [
        resource,
        object,
      ]);
  }

  private contentsOf(
    namespace: string | undefined,
  ): Array<[ResourceKind, AnyObject]> {
    return RESOURCE_KINDS.filter(kind => kind.namespaced).flatMap(kind =>
      this.cluster.store
        .list(kind, namespace)
        .map((object): [ResourceKind, AnyObject] => [kind, object]),
    );
  }
}
