import {
  Cluster,
  Environment,
  LostPlace,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadQuery } from '@slipway/backstage-plugin-image-registry-node';
import { environmentOf } from './places';

/** What can be known of a component without its clusters. */
export interface KnownPlaces {
  /** Namespaces by cluster as last seen; no entry: nobody looked. */
  seen: ReadonlyMap<string, readonly string[]>;
  /** Targets that rollouts and policies name. */
  named: readonly TargetRef[];
  /** What the component itself says. */
  query: WorkloadQuery;
  environments: readonly Environment[];
}

/**
 * Where a component runs on clusters that do not answer. A cluster that nothing
 * speaks of is left out: most components have nothing on most clusters.
 */
export function lostPlacesOf(
  down: readonly Pick<Cluster, 'name'>[],
  known: KnownPlaces,
): LostPlace[] {
  return down.flatMap(({ name: cluster }) =>
    namespacesOn(cluster, known).map(namespace => ({
      cluster,
      ...(namespace && { namespace }),
      environment: environmentAt(cluster, namespace, known.environments),
    })),
  );
}

/** Undefined stands for a namespace that is not known. */
function namespacesOn(
  cluster: string,
  { seen, named, query, environments }: KnownPlaces,
): ReadonlyArray<string | undefined> {
  const looked = seen.get(cluster);
  if (looked) {
    return looked;
  }
  const recorded = named
    .filter(target => target.cluster === cluster)
    .map(({ namespace }) => namespace);
  if (recorded.length > 0) {
    return [...new Set(recorded)].sort();
  }
  const { namespace } = query;
  const isNamed =
    query.cluster === cluster ||
    (namespace && environmentOf(environments, { cluster, namespace }));
  return isNamed ? [namespace] : [];
}

/** Without a namespace only where the cluster leaves no choice. */
function environmentAt(
  cluster: string,
  namespace: string | undefined,
  environments: readonly Environment[],
): string | undefined {
  if (namespace) {
    return environmentOf(environments, { cluster, namespace })?.name;
  }
  const [first, ...others] = environments.filter(({ places }) =>
    places.some(place => place.cluster === cluster),
  );
  return others.length === 0 ? first?.name : undefined;
}
