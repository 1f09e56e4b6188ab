import { Deployment, ReplicaSet } from '../objects';
import {
  DeploymentSets,
  allSets,
  availableReplicas,
  maxSurge,
  maxUnavailable,
  wishedReplicas,
} from './deployment-status';

/** Size that the set of the wished template may have now. */
export function roomForNew(
  deployment: Deployment,
  sets: DeploymentSets,
): number {
  const wished = deployment.spec.replicas;
  const size = sets.current?.spec.replicas ?? 0;
  if (size >= wished || deployment.spec.strategy.type === 'Recreate') {
    return wished;
  }
  const free = wished + maxSurge(deployment) - wishedReplicas(allSets(sets));
  return free <= 0 ? size : size + Math.min(free, wished - size);
}

/**
 * New sizes of the old sets that have to shrink now: pods that do not serve
 * go first, then as many as are not needed for the minimum.
 */
export function sizesOfOld(
  deployment: Deployment,
  sets: DeploymentSets & { current: ReplicaSet },
): Map<ReplicaSet, number> {
  const { current, old } = sets;
  const minimum = deployment.spec.replicas - maxUnavailable(deployment);
  const newUnavailable =
    current.spec.replicas - (current.status.availableReplicas ?? 0);
  const spare = wishedReplicas(allSets(sets)) - minimum - newUnavailable;
  if (wishedReplicas(old) === 0 || spare <= 0) {
    return new Map();
  }
  const sizes = new Map(old.map(set => [set, set.spec.replicas]));
  const take = (set: ReplicaSet, most: number): number => {
    const size = sizes.get(set) ?? 0;
    const count = Math.max(0, Math.min(size, most));
    sizes.set(set, size - count);
    return count;
  };
  let left = spare;
  for (const set of old) {
    const broken = set.spec.replicas - (set.status.availableReplicas ?? 0);
    left -= take(set, Math.min(left, broken));
  }
  let serving = availableReplicas(allSets(sets)) - minimum;
  for (const set of old) {
    serving -= take(set, serving);
  }
  return new Map(
    [...sizes].filter(([set, size]) => size !== set.spec.replicas),
  );
}
