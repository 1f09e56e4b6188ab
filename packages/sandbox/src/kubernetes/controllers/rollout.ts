import { Cluster } from '../cluster';
import {
  ArgoRollout,
  Deployment,
  PodTemplate,
  ReplicaSet,
  timestamp,
} from '../objects';
import { deployments, pods, replicaSets, rollouts } from '../resources/kinds';
import { EventRecorder } from './event-recorder';
import {
  controllerOf,
  controllerWrite,
  endPod,
  isReady,
  isTerminating,
  ownerReference,
  podsOf,
  queueKey,
  splitKey,
  templateHash,
} from './pods';
import { WorkQueue } from './work-queue';

const LATENCY = 10;
const MANAGER = 'rollouts-controller';
const SOURCE = { component: MANAGER };
const HASH_LABEL = 'rollouts-pod-template-hash';
const REVISION = 'rollout.argoproj.io/revision';
const WORKLOAD_GENERATION = 'rollout.argoproj.io/workload-generation';

/** What one look at a Rollout starts from. */
interface Seen {
  rollout: ArgoRollout;
  template: PodTemplate;
  hash: string;
  current: ReplicaSet;
  old: ReplicaSet[];
}

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
    const owned = this.cluster.store
      .list<ReplicaSet>(replicaSets, namespace)
      .filter(set => controllerOf(set)?.uid === rollout.metadata.uid);
    const current =
      owned.find(set => set.metadata.labels?.[HASH_LABEL] === hash) ??
      this.createSet(rollout, template, hash, owned.length + 1);
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

  private createSet(
    rollout: ArgoRollout,
    template: PodTemplate,
    hash: string,
    revision: number,
  ): ReplicaSet {
    const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash };
    return this.cluster.create<ReplicaSet>(
      replicaSets,
      {
        kind: 'ReplicaSet',
        apiVersion: 'apps/v1',
        metadata: {
          name: `${rollout.metadata.name}-${hash}`,
          namespace: rollout.metadata.namespace,
          uid: '',
          resourceVersion: '',
          creationTimestamp: '',
          labels,
          annotations: { [REVISION]: String(revision) },
          ownerReferences: [ownerReference(rollout)],
        },
        spec: {
          replicas: 0,
          selector: { matchLabels: labels },
          template: { ...template, metadata: { ...template.metadata, labels } },
        },
        status: { replicas: 0 },
      },
      controllerWrite('apps/v1'),
    );
  }

  /** One more new pod than the old ones leave room for, until the weight. */
  private resize(seen: Seen): void {
    const { rollout, current, old } = seen;
    const replicas = rollout.spec.replicas ?? 1;
    const wanted = this.wantedNew(seen);
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

  /** Pods of the new version that the present step asks for. */
  private wantedNew({ rollout, hash }: Seen): number {
    const replicas = rollout.spec.replicas ?? 1;
    const { stableRS } = rollout.status;
    const steps = rollout.spec.strategy?.canary?.steps ?? [];
    const index = this.stepIndex(rollout, hash);
    const isCanary =
      stableRS !== undefined && stableRS !== hash && index < steps.length;
    if (!isCanary) {
      return replicas;
    }
    const weight = steps
      .slice(0, index + 1)
      .reduce((last, step) => step.setWeight ?? last, 0);
    return Math.ceil((replicas * weight) / 100);
  }

  /** A new template begins with the first step. */
  private stepIndex({ status }: ArgoRollout, hash: string): number {
    return status.currentPodHash === hash ? status.currentStepIndex ?? 0 : 0;
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
  private restartPods({ rollout, current }: Seen): void {
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

  private report(seen: Seen, source: Deployment | undefined): void {
    const { rollout, hash, current, old } = seen;
    const all = [current, ...old];
    const sum = (count: (set: ReplicaSet) => number | undefined) =>
      all.reduce((total, set) => total + (count(set) ?? 0), 0);
    const steps = rollout.spec.strategy?.canary?.steps ?? [];
    const replicas = rollout.spec.replicas ?? 1;
    const available = current.status.availableReplicas ?? 0;
    const index = this.nextIndex(seen, available);
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

  /** A weight is reached, or a pause is over. */
  private nextIndex({ rollout, hash }: Seen, available: number): number {
    const steps = rollout.spec.strategy?.canary?.steps ?? [];
    const index = this.stepIndex(rollout, hash);
    const step = steps[index];
    const replicas = rollout.spec.replicas ?? 1;
    const reached =
      step?.setWeight !== undefined &&
      available >= Math.ceil((replicas * step.setWeight) / 100);
    return reached ? index + 1 : index;
  }

  private phaseOf(
    { rollout, current, hash }: Seen,
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

function sizeOf(sets: ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + set.spec.replicas, 0);
}

function positive(counts: { [name: string]: number }) {
  return Object.fromEntries(
    Object.entries(counts).filter(([, count]) => count > 0),
  );
}
