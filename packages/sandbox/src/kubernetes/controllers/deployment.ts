import { Cluster } from '../cluster';
import { Deployment, DeploymentStatus, ReplicaSet } from '../objects';
import { deployments, pods, replicaSets } from '../resources/kinds';
import {
  REVISION,
  createSet,
  findSets,
  nextRevision,
  renumberSet,
  resizeSet,
  revisionOf,
  sizeSeen,
} from './deployment-sets';
import {
  DeploymentSets,
  allSets,
  calculateStatus,
  isComplete,
  progressing,
  rolloutStatus,
  sameStatus,
  withCondition,
} from './deployment-status';
import { roomForNew, sizesOfOld } from './deployment-scaling';
import { EventRecorder } from './event-recorder';
import {
  CONTROLLER_MANAGER,
  controllerOf,
  hasEnded,
  podsOf,
  queueKey,
  splitKey,
} from './pods';
import { WorkQueue } from './work-queue';

const LATENCY = 4;
const SOURCE = { component: 'deployment-controller' };

/**
 * Rolls Deployments out, step by step as kube-controller-manager does. Each
 * look works on the object as it was read: a second status write of one look
 * loses the optimistic lock and is tried again, which is why clients see the
 * new ReplicaSet announced before observedGeneration follows (recorded: 02).
 */
export class DeploymentController {
  private readonly queue: WorkQueue;
  /** Simulated time of the last progress, by uid. */
  private readonly progressAt = new Map<string, number>();

  static create(options: {
    cluster: Cluster;
    events: EventRecorder;
  }): DeploymentController {
    return new DeploymentController(options.cluster, options.events);
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
    cluster.store.subscribe(({ resource, object, type }) => {
      const { namespace, name } = object.metadata;
      const owner = controllerOf(object);
      if (resource === deployments) {
        this.queue.add(queueKey(namespace, name));
      } else if (resource === replicaSets && owner?.kind === 'Deployment') {
        this.queue.add(queueKey(namespace, owner.name));
      } else if (resource === pods && type === 'DELETED' && owner) {
        this.wakeRecreating(namespace, owner.name);
      }
    });
  }

  /** Recreate waits until the last old pod is gone. */
  private wakeRecreating(namespace: string | undefined, set: string): void {
    const owner = this.cluster.store.get(replicaSets, namespace, set);
    const deployment = owner && controllerOf(owner);
    if (deployment) {
      this.queue.add(queueKey(namespace, deployment.name));
    }
  }

  private sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const deployment = this.cluster.store.get<Deployment>(
      deployments,
      namespace,
      name,
    );
    if (!deployment) {
      return;
    }
    const sets = findSets(this.cluster, deployment);
    if (deployment.metadata.deletionTimestamp) {
      this.writeStatus(deployment, calculateStatus(deployment, sets));
      return;
    }
    this.notePause(deployment);
    if (deployment.spec.paused || isResized(deployment, sets)) {
      this.resize(deployment, sets);
      this.writeStatus(deployment, calculateStatus(deployment, sets));
    } else if (deployment.spec.strategy.type === 'Recreate') {
      this.recreate(deployment, sets);
    } else {
      this.roll(deployment, sets);
    }
  }

  private notePause(deployment: Deployment): void {
    const known = progressing(deployment.status);
    const isNoted = known?.reason === 'DeploymentPaused';
    const isPaused = deployment.spec.paused === true;
    if (known?.reason === 'ProgressDeadlineExceeded' || isPaused === isNoted) {
      return;
    }
    this.writeStatus(
      deployment,
      withCondition(deployment.status, {
        type: 'Progressing',
        status: 'Unknown',
        reason: isPaused ? 'DeploymentPaused' : 'DeploymentResumed',
        message: isPaused ? 'Deployment is paused' : 'Deployment is resumed',
      }),
    );
  }

  /** The size changed, not the template: no rollout. */
  private resize(deployment: Deployment, sets: DeploymentSets): void {
    const all = allSets(sets);
    const active = all.filter(set => set.spec.replicas > 0);
    const only = active.length > 1 ? undefined : active[0] ?? sets.current;
    if (only) {
      this.scale(deployment, only, deployment.spec.replicas);
      return;
    }
    // In the middle of a rollout the new set takes what the change brings,
    // within its bounds; the rollout's next steps do the rest.
    const { current } = sets;
    active
      .filter(set => set !== current)
      .forEach(set => this.scale(deployment, set, set.spec.replicas));
    if (current) {
      this.scale(deployment, current, roomForNew(deployment, sets));
    }
  }

  private recreate(deployment: Deployment, sets: DeploymentSets): void {
    const running = sets.old.filter(set => set.spec.replicas > 0);
    if (running.length > 0) {
      const resized = running.map(set => this.scale(deployment, set, 0));
      const old = sets.old.map(
        set =>
          resized.find(next => next.metadata.uid === set.metadata.uid) ?? set,
      );
      this.report(deployment, { ...sets, old });
      return;
    }
    const isOldRunning = sets.old
      .flatMap(set => podsOf(this.cluster.store, set))
      .some(pod => !hasEnded(pod));
    if (isOldRunning) {
      this.report(deployment, sets);
      return;
    }
    const current = this.currentSet(deployment, sets);
    if (!current) {
      return;
    }
    if (current.spec.replicas !== deployment.spec.replicas) {
      this.scale(deployment, current, deployment.spec.replicas);
    }
    this.finish(deployment, { ...sets, current });
  }

  private roll(deployment: Deployment, sets: DeploymentSets): void {
    const current = this.currentSet(deployment, sets);
    if (!current) {
      return;
    }
    const complete = { ...sets, current };
    const room = roomForNew(deployment, complete);
    if (room !== current.spec.replicas) {
      this.scale(deployment, current, room);
      this.report(deployment, complete);
    } else if (this.shrinkOld(deployment, complete)) {
      this.report(deployment, complete);
    } else {
      this.finish(deployment, complete);
    }
  }

  /** @returns whether an old set was made smaller */
  private shrinkOld(
    deployment: Deployment,
    sets: DeploymentSets & { current: ReplicaSet },
  ): boolean {
    const sizes = sizesOfOld(deployment, sets);
    sizes.forEach((size, set) => this.scale(deployment, set, size));
    return sizes.size > 0;
  }

  /** The set of the wished template; undefined while it is renumbered. */
  private currentSet(
    deployment: Deployment,
    sets: DeploymentSets,
  ): ReplicaSet | undefined {
    const revision = nextRevision(sets);
    if (sets.current) {
      if (renumberSet(this.cluster, deployment, sets.current, revision)) {
        return undefined;
      }
      this.writeRevision(
        deployment,
        revisionOf(sets.current),
        deployment.status,
      );
      return sets.current;
    }
    const replicas = roomForNew(deployment, sets);
    const created = createSet(this.cluster, deployment, revision, replicas);
    if (replicas > 0) {
      this.recordScaling(deployment, created, 0, replicas);
    }
    const status = withCondition(deployment.status, {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set "${created.metadata.name}"`,
    });
    this.writeRevision(deployment, revision, status);
    return created;
  }

  private writeRevision(
    deployment: Deployment,
    revision: number,
    status: DeploymentStatus,
  ): void {
    const text = String(revision);
    const { metadata } = deployment;
    const isNoted = metadata.annotations?.[REVISION] === text;
    if (isNoted && sameStatus(status, deployment.status)) {
      return;
    }
    this.write({
      ...deployment,
      metadata: {
        ...metadata,
        annotations: { ...metadata.annotations, [REVISION]: text },
      },
      status,
    });
  }

  private finish(deployment: Deployment, sets: DeploymentSets): void {
    if (isComplete(deployment, calculateStatus(deployment, sets))) {
      this.forgetOldSets(deployment, sets.old);
    }
    this.report(deployment, sets);
  }

  private forgetOldSets(deployment: Deployment, old: ReplicaSet[]): void {
    const keep = deployment.spec.revisionHistoryLimit ?? 10;
    const idle = old.filter(
      set => set.spec.replicas === 0 && set.status.replicas === 0,
    );
    idle
      .slice(0, Math.max(0, idle.length - keep))
      .forEach(({ metadata }) =>
        this.cluster.store.remove(
          replicaSets,
          metadata.namespace,
          metadata.name,
        ),
      );
  }

  /** Writes the status of a rollout and comes back at its deadline. */
  private report(deployment: Deployment, sets: DeploymentSets): void {
    const { uid, namespace, name } = deployment.metadata;
    const { clock } = this.cluster;
    const deadline = (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
    const since = this.progressSince(deployment);
    const status = rolloutStatus(
      deployment,
      sets,
      clock.now() - since >= deadline,
    );
    this.writeStatus(deployment, status);
    const reason = progressing(status)?.reason;
    const ends = ['NewReplicaSetAvailable', 'ProgressDeadlineExceeded'];
    if (reason && !ends.includes(reason)) {
      const last = this.progressAt.get(uid) ?? since;
      this.queue.addAfter(
        queueKey(namespace, name),
        last + deadline - clock.now() + LATENCY,
      );
    }
  }

  /** After a restart only the object itself knows its last progress. */
  private progressSince({ metadata, status }: Deployment): number {
    const { clock } = this.cluster;
    const noted = progressing(status)?.lastUpdateTime;
    return (
      this.progressAt.get(metadata.uid) ??
      (noted ? clock.at(noted) : clock.now())
    );
  }

  private writeStatus(deployment: Deployment, status: DeploymentStatus): void {
    if (!sameStatus(status, deployment.status)) {
      this.write({ ...deployment, status });
    }
  }

  private write(deployment: Deployment): void {
    const { namespace, name, uid } = deployment.metadata;
    const before = this.cluster.store.get<Deployment>(
      deployments,
      namespace,
      name,
    );
    this.cluster.updateStatus(deployments, deployment, CONTROLLER_MANAGER);
    const known = before && progressing(before.status);
    const next = progressing(deployment.status);
    if (next !== known) {
      this.progressAt.set(uid, this.cluster.clock.now());
    }
  }

  private scale(
    deployment: Deployment,
    set: ReplicaSet,
    replicas: number,
  ): ReplicaSet {
    const from = set.spec.replicas;
    resizeSet(this.cluster, deployment, set, replicas);
    if (from !== replicas) {
      this.recordScaling(deployment, set, from, replicas);
    }
    return { ...set, spec: { ...set.spec, replicas } };
  }

  private recordScaling(
    deployment: Deployment,
    set: ReplicaSet,
    from: number,
    to: number,
  ): void {
    this.events.record(deployment, SOURCE, {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled ${from < to ? 'up' : 'down'} replica set ${
        set.metadata.name
      } from ${from} to ${to}`,
    });
  }
}

/** Whether spec.replicas changed since the sets were last looked at. */
function isResized(deployment: Deployment, sets: DeploymentSets): boolean {
  return allSets(sets).some(
    set =>
      set.spec.replicas > 0 &&
      sizeSeen(set) !== undefined &&
      sizeSeen(set) !== deployment.spec.replicas,
  );
}
