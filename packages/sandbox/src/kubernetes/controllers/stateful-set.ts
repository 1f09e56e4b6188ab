import { Cluster } from '../cluster';
import { ControllerRevision, Pod, StatefulSet } from '../objects';
import { pods, statefulSets } from '../resources/kinds';
import { REFUSED_RETRY, createPod } from './create-pod';
import { EventRecorder } from './event-recorder';
import {
  CONTROLLER_MANAGER,
  ReadyTimes,
  controllerOf,
  endPod,
  isReady,
  isTerminating,
  newPod,
  podsOf,
  queueKey,
  splitKey,
} from './pods';
import { REVISION_LABEL, findRevision, revisionFor } from './revisions';
import { WorkQueue } from './work-queue';

const LATENCY = 6;
const SOURCE = { component: 'statefulset-controller' };

interface Revisions {
  current: ControllerRevision;
  update: ControllerRevision;
}

/** Keeps a StatefulSet's numbered pods, one after the other. */
export class StatefulSetController {
  private readonly queue: WorkQueue;

  static create(options: {
    cluster: Cluster;
    events: EventRecorder;
    readyTimes: ReadyTimes;
  }): StatefulSetController {
    return new StatefulSetController(
      options.cluster,
      options.events,
      options.readyTimes,
    );
  }

  private constructor(
    private readonly cluster: Cluster,
    private readonly events: EventRecorder,
    private readonly readyTimes: ReadyTimes,
  ) {
    this.queue = WorkQueue.create({
      clock: cluster.clock,
      latency: LATENCY,
      sync: key => this.sync(key),
    });
    cluster.store.subscribe(({ resource, object }) => {
      const { namespace, name } = object.metadata;
      const owner = resource === pods ? controllerOf(object) : undefined;
      if (resource === statefulSets) {
        this.queue.add(queueKey(namespace, name));
      } else if (owner?.kind === 'StatefulSet') {
        this.queue.add(queueKey(namespace, owner.name));
      }
    });
  }

  private sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const set = this.cluster.store.get<StatefulSet>(
      statefulSets,
      namespace,
      name,
    );
    if (!set || set.metadata.deletionTimestamp) {
      return;
    }
    const update = revisionFor(this.cluster, set, set.spec.template);
    const current =
      findRevision(this.cluster, namespace, set.status.currentRevision) ??
      update;
    const revisions = { current, update };
    const owned = podsOf(this.cluster.store, set);
    const status = this.count(set, owned, revisions);
    const missing = this.firstMissing(set, owned);
    if (missing !== undefined) {
      this.writeStatus(set, status);
      this.createPod(set, missing, revisions);
      return;
    }
    const surplus = owned.filter(pod => ordinalOf(pod) >= set.spec.replicas);
    if (surplus.length > 0) {
      this.delete(set, surplus.sort(byOrdinal)[surplus.length - 1]);
    } else if (this.updateNext(set, owned, revisions)) {
      // The pod that goes is not counted as current any more.
      status.currentReplicas = positive((status.currentReplicas ?? 0) - 1);
    }
    this.writeStatus(set, this.completed(set, status, revisions));
    this.awaitAvailability(set, owned);
  }

  private count(
    set: StatefulSet,
    owned: Pod[],
    { current, update }: Revisions,
  ): StatefulSet['status'] {
    const staying = owned.filter(pod => !isTerminating(pod));
    const ofRevision = (revision: ControllerRevision) =>
      staying.filter(
        pod => pod.metadata.labels?.[REVISION_LABEL] === revision.metadata.name,
      ).length;
    const ready = owned.filter(isReady);
    const available = ready.filter(
      pod =>
        this.readyTimes.untilAvailable(pod, set.spec.minReadySeconds) === 0,
    );
    return {
      observedGeneration: set.metadata.generation,
      replicas: owned.length,
      readyReplicas: positive(ready.length),
      currentReplicas: positive(ofRevision(current)),
      updatedReplicas: positive(ofRevision(update)),
      currentRevision: current.metadata.name,
      updateRevision: update.metadata.name,
      collisionCount: 0,
      availableReplicas: available.length,
    };
  }

  /** The lowest number without a pod, if its turn has come. */
  private firstMissing(set: StatefulSet, owned: Pod[]): number | undefined {
    const isParallel = set.spec.podManagementPolicy === 'Parallel';
    for (let ordinal = 0; ordinal < set.spec.replicas; ordinal++) {
      const pod = owned.find(candidate => ordinalOf(candidate) === ordinal);
      if (!pod) {
        return ordinal;
      }
      if (!isParallel && !isHealthy(pod)) {
        return undefined;
      }
    }
    return undefined;
  }

  private createPod(
    set: StatefulSet,
    ordinal: number,
    { current, update }: Revisions,
  ): void {
    const { type, rollingUpdate } = set.spec.updateStrategy;
    const isHeldBack =
      type === 'RollingUpdate' && ordinal < (rollingUpdate?.partition ?? 0);
    const revision = isHeldBack ? current : update;
    const name = `${set.metadata.name}-${ordinal}`;
    const { cluster, events } = this;
    const created = createPod(
      {
        cluster,
        events,
        owner: set,
        source: SOURCE,
        refused: message =>
          `create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${message}`,
      },
      newPod({
        owner: set,
        template: revision.data.spec.template,
        name,
        labels: {
          'apps.kubernetes.io/pod-index': String(ordinal),
          // The whole name; the pods of a DaemonSet carry the hash alone.
          [REVISION_LABEL]: revision.metadata.name,
          'statefulset.kubernetes.io/pod-name': name,
        },
      }),
    );
    if ('refusal' in created) {
      const { namespace } = set.metadata;
      this.queue.addAfter(
        queueKey(namespace, set.metadata.name),
        REFUSED_RETRY,
      );
      return;
    }
    this.events.record(set, SOURCE, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `create Pod ${name} in StatefulSet ${set.metadata.name} successful`,
    });
  }

  /** Ends the highest pod of an older revision, once those above are well. */
  private updateNext(
    set: StatefulSet,
    owned: Pod[],
    { update }: Revisions,
  ): boolean {
    const { type, rollingUpdate } = set.spec.updateStrategy;
    if (type !== 'RollingUpdate') {
      return false;
    }
    const lowest = rollingUpdate?.partition ?? 0;
    const candidates = owned
      .filter(pod => ordinalOf(pod) >= lowest)
      .sort(byOrdinal)
      .reverse();
    for (const pod of candidates) {
      const isNew =
        pod.metadata.labels?.[REVISION_LABEL] === update.metadata.name;
      if (!isNew && !isTerminating(pod)) {
        this.delete(set, pod);
        return true;
      }
      if (!isHealthy(pod)) {
        return false;
      }
    }
    return false;
  }

  private delete(set: StatefulSet, pod: Pod): void {
    endPod(this.cluster, pod);
    this.events.record(set, SOURCE, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`,
    });
  }

  /** A finished update makes its revision the current one. */
  private completed(
    set: StatefulSet,
    status: StatefulSet['status'],
    { update }: Revisions,
  ): StatefulSet['status'] {
    const isDone =
      set.spec.updateStrategy.type === 'RollingUpdate' &&
      (status.updatedReplicas ?? 0) === status.replicas &&
      (status.readyReplicas ?? 0) === status.replicas &&
      status.replicas === set.spec.replicas;
    return isDone
      ? {
          ...status,
          currentReplicas: status.updatedReplicas,
          currentRevision: update.metadata.name,
        }
      : status;
  }

  private writeStatus(set: StatefulSet, status: StatefulSet['status']): void {
    this.cluster.updateStatus(
      statefulSets,
      { ...set, status },
      CONTROLLER_MANAGER,
    );
  }

  private awaitAvailability(set: StatefulSet, owned: Pod[]): void {
    const waits = owned
      .map(pod => this.readyTimes.untilAvailable(pod, set.spec.minReadySeconds))
      .filter((wait): wait is number => wait !== undefined && wait > 0);
    if (waits.length > 0) {
      const { namespace, name } = set.metadata;
      this.queue.addAfter(queueKey(namespace, name), Math.min(...waits));
    }
  }
}

function ordinalOf(pod: Pod): number {
  return Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? -1);
}

function byOrdinal(left: Pod, right: Pod): number {
  return ordinalOf(left) - ordinalOf(right);
}

function isHealthy(pod: Pod): boolean {
  return isReady(pod) && !isTerminating(pod);
}

function positive(count: number): number | undefined {
  return count > 0 ? count : undefined;
}
