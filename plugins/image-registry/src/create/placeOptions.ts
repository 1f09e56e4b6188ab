import {
  Environment,
  matchesNamespace,
  Place,
} from '@slipway/backstage-plugin-image-registry-common';

/** Where a component may be made: one place of one environment. */
export interface PlaceOption {
  environment: Environment;
  cluster: string;
  /** Names and patterns of the environment in this cluster. */
  namespaces: string[];
}

/** Every cluster of every environment, in the environments' order. */
export function placeOptions(environments: Environment[]): PlaceOption[] {
  return environments.flatMap(environment => {
    const byCluster = new Map<string, string[]>();
    for (const { cluster, namespaces } of environment.places) {
      byCluster.set(cluster, [
        ...(byCluster.get(cluster) ?? []),
        ...namespaces,
      ]);
    }
    return [...byCluster].map(([cluster, namespaces]) => ({
      environment,
      cluster,
      namespaces,
    }));
  });
}

/** The names among names and patterns. */
export function plainNames({ namespaces }: Pick<Place, 'namespaces'>) {
  return namespaces.filter(pattern => !pattern.includes('*'));
}

/** The option that a cluster and a namespace belong to. */
export function optionOf(
  options: PlaceOption[],
  { cluster, namespace }: { cluster: string; namespace: string },
): PlaceOption | undefined {
  return options.find(
    option =>
      option.cluster === cluster &&
      option.namespaces.some(pattern => matchesNamespace(pattern, namespace)),
  );
}

/** Whether an environment names the owner or the system of a component. */
export function listsOwner(
  { owners, systems }: Environment,
  component: { owner: string; system: string },
): boolean {
  const lower = (refs: string[]) => refs.map(ref => ref.toLowerCase());
  return (
    lower(owners).includes(component.owner.toLowerCase()) ||
    (component.system !== '' &&
      lower(systems).includes(component.system.toLowerCase()))
  );
}
