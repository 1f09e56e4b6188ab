import { Cluster } from '../cluster';
import { generatedName } from '../names';
import { DaemonSet, Node, Pod } from '../objects';
import { daemonSets, nodes, pods } from '../resources/kinds';
import { REFUSED_RETRY, createPod } from './create-pod';
import { EventRecorder } from './event-recorder';
import {
  CONTROLLER_MANAGER,
  ReadyTimes,
  controllerOf,
  endPod,
  hasEnded,
  isReady,
  isTerminating,
  newPod,
  podsOf,
  queueKey,
  splitKey,
} from './pods';
import { REVISION_LABEL, revisionFor } from './revisions';
import { WorkQueue } from './work-queue';

const LATENCY = 20;
const SOURCE = { component: 'daemonset-controller' };

/** Keeps one pod of a DaemonSet on each node. */
export class DaemonSetController {
  private readonly queue: WorkQueue;

  static create(options: {
    cluster: Cluster;
    events: EventRecorder;
    readyTimes: ReadyTimes;
  }): DaemonSetController {
    return new DaemonSetController(
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
      if (resource === daemonSets) {
        this.queue.add(queueKey(namespace, name));
      } else if (owner?.kind === 'DaemonSet') {
        this.queue.add(queueKey(namespace, owner.name));
      }
    });
  }

  private sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const set = this.cluster.store.get<DaemonSet>(daemonSets, namespace, name);
    if (!set || set.metadata.deletionTimestamp) {
      return;
    }
    const hash = revisionFor(
      this.cluster,
      set,
      set.spec.template,
    ).metadata.name.slice(name.length + 1);
    const fitting = this.fittingNodes(set);
    const owned = podsOf(this.cluster.store, set);
    if (owned.some(pod => isTerminating(pod) && hasEnded(pod))) {
      // Its successor is reported in one step with its end (recorded: 06).
      return;
    }
    for (const node of fitting) {
      if (!owned.some(pod => pod.spec.nodeName === node.metadata.name)) {
        owned.push(...this.createPod(set, node, hash));
      }
    }
    this.writeStatus(set, owned, fitting, hash);
    this.updateNext(set, owned, hash);
  }

  private fittingNodes(set: DaemonSet): Node[] {
    const wanted = Object.entries(set.spec.template.spec.nodeSelector ?? {});
    return this.cluster.store
      .list<Node>(nodes)
      .filter(node =>
        wanted.every(([key, value]) => node.metadata.labels?.[key] === value),
      );
  }

  /** @returns no pod when it was refused */
  private createPod(set: DaemonSet, node: Node, hash: string): Pod[] {
    const { cluster, events } = this;
    const generateName = `${set.metadata.name}-`;
    const pod = createPod(
      { cluster, events, owner: set, source: SOURCE },
      newPod({
        owner: set,
        template: set.spec.template,
        name: generatedName(generateName),
        generateName,
        labels: { [REVISION_LABEL]: hash },
        nodeName: node.metadata.name,
      }),
    );
    if ('refusal' in pod) {
      const { namespace, name } = set.metadata;
      this.queue.addAfter(queueKey(namespace, name), REFUSED_RETRY);
      return [];
    }
    this.events.record(set, SOURCE, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${pod.metadata.name}`,
    });
    return [pod];
  }

  /** One node after the other, as maxUnavailable is 1 unless told otherwise. */
  private updateNext(set: DaemonSet, owned: Pod[], hash: string): void {
    if (set.spec.updateStrategy.type !== 'RollingUpdate') {
      return;
    }
    const limit = Number(
      set.spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1,
    );
    const isBusy = (pod: Pod) => isTerminating(pod) || !isReady(pod);
    const old = owned.filter(
      pod =>
        pod.metadata.labels?.[REVISION_LABEL] !== hash && !isTerminating(pod),
    );
    // Old pods that do not serve anyway cost nothing.
    const broken = old.filter(isBusy);
    const free = Math.max(
      0,
      (Number.isNaN(limit) ? 1 : limit) - owned.filter(isBusy).length,
    );
    const serving = old.filter(pod => !isBusy(pod)).slice(0, free);
    for (const pod of [...broken, ...serving]) {
      endPod(this.cluster, pod);
      this.events.record(set, SOURCE, {
        type: 'Normal',
        reason: 'SuccessfulDelete',
        message: `Deleted pod: ${pod.metadata.name}`,
      });
    }
  }

  private writeStatus(
    set: DaemonSet,
    owned: Pod[],
    fitting: Node[],
    hash: string,
  ): void {
    const desired = fitting.length;
    const ready = owned.filter(isReady);
    const available = ready.filter(
      pod =>
        this.readyTimes.untilAvailable(pod, set.spec.minReadySeconds) === 0,
    ).length;
    const updated = owned.filter(
      pod => pod.metadata.labels?.[REVISION_LABEL] === hash,
    ).length;
    const unavailable = desired - available;
    this.cluster.updateStatus(
      daemonSets,
      {
        ...set,
        status: {
          currentNumberScheduled: owned.length,
          numberMisscheduled: 0,
          desiredNumberScheduled: desired,
          numberReady: ready.length,
          observedGeneration: set.metadata.generation,
          ...(updated > 0 && { updatedNumberScheduled: updated }),
          ...(available > 0 && { numberAvailable: available }),
          ...(unavailable > 0 && { numberUnavailable: unavailable }),
        },
      },
      CONTROLLER_MANAGER,
    );
  }
}
