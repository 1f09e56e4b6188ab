import {
  Cluster,
  Environment,
  Target,
  Targets,
} from '@slipway/backstage-plugin-image-registry-common';

/** What a component runs in one environment. */
export interface Lane {
  /** Absent: outside of the named environments. */
  environment?: string;
  targets: Target[];
  /** Clusters of this lane's places of which nothing is known now. */
  downClusters: Cluster[];
}

/**
 * One lane for each environment in which something runs, or is known to have
 * run on a cluster that does not answer, in the environments' order; last what
 * is outside of them.
 */
export function groupLanes(
  running: Targets & { environments: Environment[] },
): Lane[] {
  const { items, clusters, lostPlaces } = running;
  const names = [...running.environments]
    .sort((a, b) => a.order - b.order)
    .map(({ name }) => name);
  const laneOf = (environment: string | undefined) =>
    environment && names.includes(environment) ? environment : undefined;
  return [...names, undefined]
    .map(environment => ({
      environment,
      targets: items.filter(each => laneOf(each.environment) === environment),
      downClusters: clusters.filter(
        ({ name, reachable }) =>
          !reachable &&
          lostPlaces.some(
            place =>
              place.cluster === name &&
              laneOf(place.environment) === environment,
          ),
      ),
    }))
    .filter(
      ({ targets, downClusters }) =>
        targets.length > 0 || downClusters.length > 0,
    );
}

/**
 * Clusters that do not answer, and of which nobody knows whether the component
 * runs there.
 */
export function unknownClusters({ clusters, lostPlaces }: Targets): Cluster[] {
  return clusters.filter(
    ({ name, reachable }) =>
      !reachable && !lostPlaces.some(({ cluster }) => cluster === name),
  );
}
