import { sameJson } from '../apply/compare';
import {
  Condition,
  Deployment,
  DeploymentStatus,
  ReplicaSet,
  timestamp,
} from '../objects';

/** ReplicaSets of a Deployment; `current` has the wished template. */
export interface DeploymentSets {
  current?: ReplicaSet;
  old: ReplicaSet[];
}

export function allSets({ current, old }: DeploymentSets): ReplicaSet[] {
  return current ? [...old, current] : old;
}

export function wishedReplicas(sets: ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + set.spec.replicas, 0);
}

export function availableReplicas(sets: ReplicaSet[]): number {
  return sets.reduce(
    (sum, set) => sum + (set.status.availableReplicas ?? 0),
    0,
  );
}

export function progressing(status: DeploymentStatus): Condition | undefined {
  return status.conditions?.find(({ type }) => type === 'Progressing');
}

/** Sets a condition as Kubernetes does: a changed one goes to the end. */
export function withCondition(
  status: DeploymentStatus,
  given: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>,
): DeploymentStatus {
  const conditions = status.conditions ?? [];
  const known = conditions.find(({ type }) => type === given.type);
  if (known?.status === given.status && known?.reason === given.reason) {
    return status;
  }
  return renewCondition(status, given);
}

/** The same, also if only its time would change. */
export function renewCondition(
  status: DeploymentStatus,
  given: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>,
): DeploymentStatus {
  const conditions = status.conditions ?? [];
  const known = conditions.find(({ type }) => type === given.type);
  const now = timestamp();
  return {
    ...status,
    conditions: [
      ...conditions.filter(({ type }) => type !== given.type),
      {
        type: given.type,
        status: given.status,
        lastUpdateTime: now,
        lastTransitionTime:
          known?.status === given.status ? known.lastTransitionTime : now,
        reason: given.reason,
        message: given.message,
      },
    ],
  };
}

/** Counts of the ReplicaSets and the Available condition; zeros are absent. */
export function calculateStatus(
  deployment: Deployment,
  sets: DeploymentSets,
): DeploymentStatus {
  const all = allSets(sets);
  const sum = (count: (set: ReplicaSet) => number | undefined) =>
    all.reduce((total, set) => total + (count(set) ?? 0), 0);
  const available = availableReplicas(all);
  const unavailable = Math.max(0, wishedReplicas(all) - available);
  const counts = {
    replicas: sum(set => set.status.replicas),
    updatedReplicas: sets.current?.status.replicas ?? 0,
    readyReplicas: sum(set => set.status.readyReplicas),
    availableReplicas: available,
    unavailableReplicas: unavailable,
  };
  const status: DeploymentStatus = {
    observedGeneration: deployment.metadata.generation,
    ...Object.fromEntries(
      Object.entries(counts).filter(([, count]) => count > 0),
    ),
    terminatingReplicas: sum(set => set.status.terminatingReplicas),
    conditions: deployment.status.conditions,
  };
  const isAvailable =
    available >= deployment.spec.replicas - maxUnavailable(deployment);
  return withCondition(
    withReplicaFailure(status, all),
    isAvailable
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        },
  );
}

/** The new set's refusal is the Deployment's, as long as it lasts. */
function withReplicaFailure(
  status: DeploymentStatus,
  sets: ReplicaSet[],
): DeploymentStatus {
  const failure = sets
    .flatMap(set => set.status.conditions ?? [])
    .find(({ type }) => type === 'ReplicaFailure');
  if (failure) {
    const { reason, message } = failure;
    return withCondition(status, {
      type: 'ReplicaFailure',
      status: 'True',
      reason,
      message,
    });
  }
  const conditions = status.conditions?.filter(
    ({ type }) => type !== 'ReplicaFailure',
  );
  return conditions?.length === status.conditions?.length
    ? status
    : { ...status, conditions };
}

/** All pods are of the new template, available, and nothing old is left. */
export function isComplete(
  deployment: Deployment,
  status: DeploymentStatus,
): boolean {
  const { replicas } = deployment.spec;
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/**
 * The status after a step of a rollout: counts and the Progressing condition.
 *
 * @param isLate - whether the progress deadline has passed since the last step
 */
export function rolloutStatus(
  deployment: Deployment,
  sets: DeploymentSets,
  isLate: boolean,
): DeploymentStatus {
  const status = calculateStatus(deployment, sets);
  const known = progressing(deployment.status);
  const wasComplete =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) &&
    known?.reason === 'NewReplicaSetAvailable';
  if (wasComplete) {
    return status;
  }
  const subject = sets.current
    ? `ReplicaSet "${sets.current.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  if (isComplete(deployment, status)) {
    return withCondition(status, {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `${subject} has successfully progressed.`,
    });
  }
  if (hasProgressed(deployment.status, status)) {
    return renewCondition(status, {
      type: 'Progressing',
      status: 'True',
      reason: 'ReplicaSetUpdated',
      message: `${subject} is progressing.`,
    });
  }
  const timedOut =
    known !== undefined &&
    known.reason !== 'NewReplicaSetAvailable' &&
    (known.reason === 'ProgressDeadlineExceeded' || isLate);
  return timedOut
    ? withCondition(status, {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: `${subject} has timed out progressing.`,
      })
    : status;
}

function hasProgressed(
  before: DeploymentStatus,
  after: DeploymentStatus,
): boolean {
  const old = (status: DeploymentStatus) =>
    (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

export function sameStatus(
  left: DeploymentStatus,
  right: DeploymentStatus,
): boolean {
  return sameJson(left, right);
}

/** Pods above the wished number that a rolling update may add. */
export function maxSurge(deployment: Deployment): number {
  return fencePosts(deployment).surge;
}

/** Pods below the wished number that a rolling update may lack. */
export function maxUnavailable(deployment: Deployment): number {
  const isRolling = deployment.spec.strategy.type === 'RollingUpdate';
  if (!isRolling || deployment.spec.replicas === 0) {
    return 0;
  }
  return Math.min(fencePosts(deployment).unavailable, deployment.spec.replicas);
}

function fencePosts(deployment: Deployment): {
  surge: number;
  unavailable: number;
} {
  const { replicas, strategy } = deployment.spec;
  const rolling = strategy.rollingUpdate;
  const surge = resolve(rolling?.maxSurge ?? '25%', replicas, Math.ceil);
  const unavailable = resolve(
    rolling?.maxUnavailable ?? '25%',
    replicas,
    Math.floor,
  );
  // Both rounded to 0 could never make progress.
  return surge === 0 && unavailable === 0
    ? { surge, unavailable: 1 }
    : { surge, unavailable };
}

function resolve(
  value: number | string,
  total: number,
  round: (value: number) => number,
): number {
  return typeof value === 'number'
    ? value
    : round((Number(value.replace('%', '')) / 100) * total);
}
