import { Cluster } from '../cluster';
import { ArgoRollout, Deployment, ReplicaSet, timestamp } from '../objects';
import { deployments, pods, replicaSets, rollouts } from '../resources/kinds';
import { EventRecorder } from './event-recorder';
import {
  controlledBy,
  controllerOf,
  controllerWrite,
  endPod,
  isReady,
  isTerminating,
  podsOf,
  queueKey,
  splitKey,
  templateHash,
} from './pods';
import {
  HASH_LABEL,
  SeenRollout,
  createSet,
  nextStep,
  sizeOf,
  wantedNew,
} from './rollout-sets';
import { WorkQueue } from './work-queue';

const LATENCY = 10;
const MANAGER = 'rollouts-controller';
const SOURCE = { component: MANAGER };
const WORKLOAD_GENERATION = 'rollout.argoproj.io/workload-generation';

interface Progress {
  /** What has been reached. */
  reached: string;
  at: number;
}

/**
 * Rolls Rollouts of Argo out: one surplus pod at a time, by the weights and
 * pauses of a canary. Blue-green, analysis and traffic routing are not
 * simulated; a pause without a duration lasts until the steps are changed.
 */
export class RolloutController {
  private readonly queue: WorkQueue;
  /** The last progress in simulated time, by uid. */
  private readonly progress = new Map<string, Progress>();

  static create(options: {
    cluster: Cluster;
    events: EventRecorder;
  }): RolloutController {
    return new RolloutController(options.cluster, options.events);
  }

  private constructor(
    private readonly cluster: Cluster,
    private readonly events: EventRecorder,
  ) {
    this.queue = WorkQueue.create({
      clock: cluster.clock,
      latency: LATENCY,
      sync: key => this.sync(key),
    });
    cluster.store.subscribe(({ resource, object }) => {
      const { namespace, name } = object.metadata;
      const owner = controllerOf(object);
      if (resource === rollouts) {
        this.queue.add(queueKey(namespace, name));
      } else if (resource === replicaSets && owner?.kind === 'Rollout') {
        this.queue.add(queueKey(namespace, owner.name));
      } else if (resource === deployments) {
        this.wakeReferring(namespace, name);
      } else if (resource === pods && owner?.kind === 'ReplicaSet') {
        this.wakeRestarting(namespace, owner.name);
      }
    });
  }

  private wakeReferring(namespace: string | undefined, name: string): void {
    this.cluster.store
      .list<ArgoRollout>(rollouts, namespace)
      .filter(({ spec }) => spec.workloadRef?.name === name)
      .forEach(({ metadata }) =>
        this.queue.add(queueKey(namespace, metadata.name)),
      );
  }

  private wakeRestarting(namespace: string | undefined, set: string): void {
    const found = this.cluster.store.get(replicaSets, namespace, set);
    const owner = found && controllerOf(found);
    if (owner?.kind === 'Rollout') {
      this.queue.add(queueKey(namespace, owner.name));
    }
  }

  private sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const rollout = this.cluster.store.get<ArgoRollout>(
      rollouts,
      namespace,
      name,
    );
    if (!rollout || rollout.metadata.deletionTimestamp) {
      return;
    }
    const source = this.referenced(rollout);
    const template = rollout.spec.template ?? source?.spec.template;
    if (!template) {
      return;
    }
    const hash = templateHash(template);
    const owned = controlledBy<ReplicaSet>(
      this.cluster.store,
      rollout,
      replicaSets,
    );
    const current =
      owned.find(set => set.metadata.labels?.[HASH_LABEL] === hash) ??
      createSet(this.cluster, rollout, template, hash, owned.length + 1);
    const old = owned.filter(set => set !== current);
    const seen = { rollout, template, hash, current, old };
    if (!rollout.spec.paused) {
      this.resize(seen);
    }
    this.restartPods(seen);
    this.report(seen, source);
  }

  private referenced({ spec, metadata }: ArgoRollout): Deployment | undefined {
    return spec.workloadRef
      ? this.cluster.store.get<Deployment>(
          deployments,
          metadata.namespace,
          spec.workloadRef.name,
        )
      : undefined;
  }

  /** One more new pod than the old ones leave room for, until the weight. */
  private resize(seen: SeenRollout): void {
    const { rollout, current, old } = seen;
    const replicas = rollout.spec.replicas ?? 1;
    const wanted = wantedNew(seen);
    const running = sizeOf(old);
    const available = current.status.availableReplicas ?? 0;
    const size =
      running === 0 ? wanted : Math.min(wanted, replicas + 1 - running);
    this.scale(
      current,
      Math.max(size, Math.min(current.spec.replicas, wanted)),
    );
    let surplus = running - Math.max(replicas - Math.min(available, wanted), 0);
    for (const set of old) {
      const gone = Math.max(0, Math.min(surplus, set.spec.replicas));
      surplus -= gone;
      this.scale(set, set.spec.replicas - gone);
    }
  }

  private scale(set: ReplicaSet, replicas: number): void {
    if (set.spec.replicas === replicas) {
      return;
    }
    const { namespace, name } = set.metadata;
    const before = this.cluster.store.get<ReplicaSet>(
      replicaSets,
      namespace,
      name,
    );
    if (before) {
      this.cluster.update(
        replicaSets,
        before,
        { ...before, spec: { ...before.spec, replicas } },
        controllerWrite('apps/v1'),
      );
    }
  }

  /** Ends pods from before `restartAt`, one after the other. */
  private restartPods({ rollout, current }: SeenRollout): void {
    const { restartAt } = rollout.spec;
    if (!restartAt) {
      return;
    }
    const owned = podsOf(this.cluster.store, current);
    const isBusy = owned.some(pod => isTerminating(pod) || !isReady(pod));
    const stale = owned.find(
      ({ metadata }) =>
        Date.parse(metadata.creationTimestamp) < Date.parse(restartAt),
    );
    if (stale && !isBusy) {
      endPod(this.cluster, stale);
    }
  }

  private report(seen: SeenRollout, source: Deployment | undefined): void {
    const { rollout, hash, current, old } = seen;
    const all = [current, ...old];
    const sum = (count: (set: ReplicaSet) => number | undefined) =>
      all.reduce((total, set) => total + (count(set) ?? 0), 0);
    const steps = rollout.spec.strategy?.canary?.steps ?? [];
    const replicas = rollout.spec.replicas ?? 1;
    const available = current.status.availableReplicas ?? 0;
    const index = nextStep(seen, available);
    const isDone = available >= replicas && sizeOf(old) === 0;
    const stableRS = isDone ? hash : rollout.status.stableRS;
    const phase = this.phaseOf(seen, isDone, index);
    this.write({
      ...rollout,
      metadata: {
        ...rollout.metadata,
        ...(source && {
          annotations: {
            ...rollout.metadata.annotations,
            [WORKLOAD_GENERATION]: String(source.metadata.generation),
          },
        }),
      },
      status: {
        observedGeneration: String(rollout.metadata.generation),
        ...(source && {
          workloadObservedGeneration: String(source.metadata.generation),
        }),
        currentPodHash: hash,
        ...(stableRS && { stableRS }),
        ...(steps.length > 0 && {
          currentStepIndex: isDone ? steps.length : index,
        }),
        ...positive({
          replicas: sum(set => set.status.replicas),
          updatedReplicas: current.status.replicas,
          readyReplicas: sum(set => set.status.readyReplicas),
          availableReplicas: sum(set => set.status.availableReplicas),
          HPAReplicas: sum(set => set.status.replicas),
        }),
        ...phase,
      },
    });
  }

  private phaseOf(
    { rollout, current, hash }: SeenRollout,
    isDone: boolean,
    index: number,
  ): Pick<ArgoRollout['status'], 'phase' | 'message' | 'pauseConditions'> {
    const { clock } = this.cluster;
    const { uid, namespace, name } = rollout.metadata;
    if (isDone) {
      return { phase: 'Healthy' };
    }
    const step = rollout.spec.strategy?.canary?.steps?.[index];
    const isFirst = rollout.status.stableRS === undefined;
    if (rollout.spec.paused) {
      return { phase: 'Paused', message: 'manually paused' };
    }
    if (step?.pause && !isFirst) {
      this.progress.delete(uid);
      return {
        phase: 'Paused',
        message: 'CanaryPauseStep',
        pauseConditions: rollout.status.pauseConditions ?? [
          { reason: 'CanaryPauseStep', startTime: timestamp() },
        ],
      };
    }
    const reached = `${hash} ${current.status.availableReplicas ?? 0} ${index}`;
    const known = this.progress.get(uid);
    const since = known?.reached === reached ? known.at : clock.now();
    this.progress.set(uid, { reached, at: since });
    const deadline = (rollout.spec.progressDeadlineSeconds ?? 600) * 1000;
    const left = since + deadline - clock.now();
    if (left <= 0) {
      return {
        phase: 'Degraded',
        message: `ProgressDeadlineExceeded: ReplicaSet "${current.metadata.name}" has timed out progressing.`,
      };
    }
    this.queue.addAfter(queueKey(namespace, name), left + LATENCY);
    return {
      phase: 'Progressing',
      message: 'more replicas need to be updated',
    };
  }

  private write(rollout: ArgoRollout): void {
    const { namespace, name } = rollout.metadata;
    const before = this.cluster.store.get<ArgoRollout>(
      rollouts,
      namespace,
      name,
    );
    if (before?.status.phase !== rollout.status.phase) {
      this.events.record(rollout, SOURCE, {
        type: rollout.status.phase === 'Degraded' ? 'Warning' : 'Normal',
        reason: `Rollout${rollout.status.phase}`,
        message: `Rollout is ${rollout.status.phase}: ${
          rollout.status.message ?? ''
        }`,
      });
    }
    this.cluster.updateStatus(rollouts, rollout, MANAGER);
  }
}

function positive(counts: { [name: string]: number }) {
  return Object.fromEntries(
    Object.entries(counts).filter(([, count]) => count > 0),
  );
}
