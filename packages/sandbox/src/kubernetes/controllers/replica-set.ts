import { Cluster } from '../cluster';
import { generatedName } from '../names';
import { Pod, ReplicaSet, timestamp } from '../objects';
import { pods, replicaSets } from '../resources/kinds';
import { REFUSED_RETRY, createPod } from './create-pod';
import { EventRecorder } from './event-recorder';
import {
  CONTROLLER_MANAGER,
  ReadyTimes,
  controllerOf,
  endPod,
  hasEnded,
  isActive,
  isReady,
  isTerminating,
  newPod,
  podsOf,
  queueKey,
  splitKey,
} from './pods';
import { WorkQueue } from './work-queue';

const LATENCY = 4;
/** Creating a pod passes the whole admission, deleting does not. */
const CREATION = 9;
/** Until the new pods are seen in the cache. */
const CREATION_SEEN = 20;

const SOURCE = { component: 'replicaset-controller' };

/** Keeps as many pods as a ReplicaSet asks for, and counts them. */
export class ReplicaSetController {
  private readonly queue: WorkQueue;
  private readonly creating = new Set<string>();

  static create(options: {
    cluster: Cluster;
    events: EventRecorder;
    readyTimes: ReadyTimes;
  }): ReplicaSetController {
    return new ReplicaSetController(options);
  }

  private constructor(
    private readonly options: {
      cluster: Cluster;
      events: EventRecorder;
      readyTimes: ReadyTimes;
    },
  ) {
    const { cluster } = options;
    this.queue = WorkQueue.create({
      clock: cluster.clock,
      latency: LATENCY,
      sync: key => this.sync(key),
    });
    cluster.store.subscribe(({ resource, object }) => {
      const { namespace, name } = object.metadata;
      const owner = resource === pods ? controllerOf(object) : undefined;
      if (resource === replicaSets) {
        this.queue.add(queueKey(namespace, name));
      } else if (owner?.kind === 'ReplicaSet') {
        this.queue.add(queueKey(namespace, owner.name));
      }
    });
  }

  private sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const { store, clock } = this.options.cluster;
    const set = store.get<ReplicaSet>(replicaSets, namespace, name);
    if (!set || set.metadata.deletionTimestamp || this.creating.has(key)) {
      return;
    }
    const owned = podsOf(store, set);
    const active = owned.filter(isActive);
    const missing = set.spec.replicas - active.length;
    if (missing > 0) {
      this.creating.add(key);
      clock.after(CREATION, () => {
        this.creating.delete(key);
        this.createMissing(key);
      });
      return;
    }
    if (missing < 0) {
      this.deleteSurplus(set, active, -missing);
    }
    this.count(set, owned);
  }

  private createMissing(key: string): void {
    const { namespace, name } = splitKey(key);
    const { cluster, events } = this.options;
    const set = cluster.store.get<ReplicaSet>(replicaSets, namespace, name);
    if (!set) {
      return;
    }
    const owned = podsOf(cluster.store, set);
    const missing = set.spec.replicas - owned.filter(isActive).length;
    for (let index = 0; index < missing; index++) {
      const generateName = `${name}-`;
      const pod = createPod(
        { cluster, events, owner: set, source: SOURCE },
        newPod({
          owner: set,
          template: set.spec.template,
          name: generatedName(generateName),
          generateName,
        }),
      );
      if ('refusal' in pod) {
        this.count(set, owned, pod.refusal);
        this.retryLater(key);
        return;
      }
      events.record(set, SOURCE, {
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message: `Created pod: ${pod.metadata.name}`,
      });
    }
    // What is counted now is the cache before its own pods arrived.
    this.count(set, owned);
    this.creating.add(key);
    cluster.clock.after(CREATION_SEEN, () => {
      this.creating.delete(key);
      this.queue.addAfter(key, 0);
    });
  }

  private retryLater(key: string): void {
    this.creating.add(key);
    this.options.cluster.clock.after(REFUSED_RETRY, () => {
      this.creating.delete(key);
      this.queue.addAfter(key, 0);
    });
  }

  private deleteSurplus(set: ReplicaSet, active: Pod[], count: number): void {
    const { cluster, events } = this.options;
    for (const pod of [...active].sort(inOrderOfDeletion).slice(0, count)) {
      endPod(cluster, pod);
      events.record(set, SOURCE, {
        type: 'Normal',
        reason: 'SuccessfulDelete',
        message: `Deleted pod: ${pod.metadata.name}`,
      });
    }
  }

  private count(set: ReplicaSet, owned: Pod[], refusal?: string): void {
    const { cluster, readyTimes } = this.options;
    const { minReadySeconds = 0 } = set.spec;
    const active = owned.filter(isActive);
    const waits = active.map(pod =>
      readyTimes.untilAvailable(pod, minReadySeconds),
    );
    const available = waits.filter(wait => wait === 0).length;
    const ready = active.filter(isReady).length;
    const terminating = owned.filter(
      pod => isTerminating(pod) && !hasEnded(pod),
    ).length;
    cluster.updateStatus(
      replicaSets,
      {
        ...set,
        status: {
          replicas: active.length,
          ...(active.length > 0 && { fullyLabeledReplicas: active.length }),
          ...(ready > 0 && { readyReplicas: ready }),
          ...(available > 0 && { availableReplicas: available }),
          terminatingReplicas: terminating,
          observedGeneration: set.metadata.generation,
          ...(refusal && {
            conditions: [
              {
                type: 'ReplicaFailure',
                status: 'True' as const,
                lastTransitionTime: timestamp(),
                reason: 'FailedCreate',
                message: refusal,
              },
            ],
          }),
        },
      },
      CONTROLLER_MANAGER,
    );
    const next = waits.filter(
      (wait): wait is number => wait !== undefined && wait > 0,
    );
    if (next.length > 0) {
      const { namespace, name } = set.metadata;
      this.queue.addAfter(queueKey(namespace, name), Math.min(...next));
    }
  }
}

/** Unscheduled, pending and unready pods first, then the younger. */
function inOrderOfDeletion(left: Pod, right: Pod): number {
  return (
    rank(left) - rank(right) ||
    Number(right.metadata.resourceVersion) -
      Number(left.metadata.resourceVersion)
  );
}

function rank(pod: Pod): number {
  if (!pod.spec.nodeName) {
    return 0;
  }
  if (pod.status.phase === 'Pending') {
    return 1;
  }
  return isReady(pod) ? 3 : 2;
}
