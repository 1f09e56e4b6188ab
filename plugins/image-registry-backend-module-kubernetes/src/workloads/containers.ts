import { Container, PodSpec } from './objects';

/** The two lists of containers that a change may name. */
export type ContainerList = 'containers' | 'initContainers';

/** Both, in the order in which they are told. */
export const containerLists: readonly ContainerList[] = [
  'containers',
  'initContainers',
];

/** A container and which list it is in. */
export interface FoundContainer {
  list: ContainerList;
  container: Container;
}

/** Containers and init containers, in that order. */
export function allContainers(podSpec: PodSpec | undefined): FoundContainer[] {
  return containerLists.flatMap(list =>
    (podSpec?.[list] ?? []).map(container => ({ list, container })),
  );
}

/** The container of this name; names are unique over both lists. */
export function findContainer(
  podSpec: PodSpec | undefined,
  name: string,
): FoundContainer | undefined {
  return allContainers(podSpec).find(
    ({ container }) => container.name === name,
  );
}
