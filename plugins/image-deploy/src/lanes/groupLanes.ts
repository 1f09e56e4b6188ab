import {
  Cluster,
  Environment,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';

/** What a component runs in one environment. */
export interface Lane {
  /** Absent: outside of the named environments. */
  environment?: string;
  targets: Target[];
  /** Places of this lane of which nothing is known now. */
  downClusters: Cluster[];
}

/**
 * One lane for each environment in which something runs, or may run on a
 * cluster that does not answer, in the environments' order; last what is
 * outside of them.
 */
export function groupLanes(running: {
  items: Target[];
  clusters: Cluster[];
  environments: Environment[];
}): Lane[] {
  const down = running.clusters.filter(cluster => !cluster.reachable);
  const environments = [...running.environments].sort(
    (a, b) => a.order - b.order,
  );
  const named = environments.map(environment => ({
    environment: environment.name,
    targets: running.items.filter(
      target => target.environment === environment.name,
    ),
    downClusters: down.filter(({ name }) =>
      environment.places.some(place => place.cluster === name),
    ),
  }));
  const names = new Set(environments.map(({ name }) => name));
  const other: Lane = {
    targets: running.items.filter(
      ({ environment }) => !environment || !names.has(environment),
    ),
    downClusters: down.filter(
      cluster => !named.some(lane => lane.downClusters.includes(cluster)),
    ),
  };
  return [...named, other].filter(
    lane => lane.targets.length > 0 || lane.downClusters.length > 0,
  );
}
