import {
  Environment,
  matchesNamespace,
} from '@slipway/backstage-plugin-image-registry-common';
import { Drivers } from '../targets';

/** The Kubernetes namespaces of an environment in one cluster. */
export interface FoundNamespaces {
  cluster: string;
  names: string[];
  /** False: patterns could not be told from what exists. */
  complete: boolean;
  /** Why nothing is known, in the words of the cluster. */
  failure?: string;
}

/**
 * The namespaces that the names and patterns of an environment stand for. Each
 * cluster is asked once; one that does not answer does not stop the others.
 */
export async function findNamespaces(
  drivers: Drivers,
  { places }: Pick<Environment, 'places'>,
  signal?: AbortSignal,
): Promise<FoundNamespaces[]> {
  const patterns = new Map<string, string[]>();
  for (const { cluster, namespaces } of places) {
    patterns.set(cluster, [...(patterns.get(cluster) ?? []), ...namespaces]);
  }
  return Promise.all(
    [...patterns].map(([cluster, wanted]) =>
      findInCluster(drivers, cluster, wanted, signal),
    ),
  );
}

async function findInCluster(
  drivers: Drivers,
  cluster: string,
  wanted: readonly string[],
  signal: AbortSignal | undefined,
): Promise<FoundNamespaces> {
  try {
    const driver = await drivers.places({ cluster });
    const { names, complete } = await driver.listNamespaces(cluster, {
      signal,
    });
    // Those that are named are known without a list.
    const all = complete
      ? names
      : [...names, ...wanted.filter(pattern => !pattern.includes('*'))];
    const found = all.filter(name =>
      wanted.some(pattern => matchesNamespace(pattern, name)),
    );
    return {
      cluster,
      names: [...new Set(found)].sort(),
      complete: complete || wanted.every(pattern => !pattern.includes('*')),
    };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { cluster, names: [], complete: false, failure };
  }
}
