import {
  ContainerImage,
  DriverError,
  ImageChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { FoundContainer, findContainer } from '../workloads/containers';
import { ReadWorkload } from '../workloads/readWorkload';

/** Every container that a change names, the target's first. */
export function containerImages({
  target,
  image,
  others = [],
}: Pick<ImageChange, 'target' | 'image' | 'others'>): ContainerImage[] {
  return [
    { container: target.container, image },
    ...others.filter(({ container }) => container !== target.container),
  ];
}

/** A container as it is, and what it shall run. */
export interface ContainerChange extends FoundContainer {
  image: string;
}

/**
 * The containers of a change as the workload has them now.
 * @throws DriverError `not-found` when one of them does not exist
 */
export function containerChanges(
  { type, workload }: ReadWorkload,
  change: ImageChange,
): ContainerChange[] {
  return containerImages(change).map(({ container, image }) => {
    const found = findContainer(type.podSpec(workload), container);
    if (!found) {
      const { kind, namespace, name } = change.target;
      throw new DriverError(
        'not-found',
        `${kind} ${namespace}/${name} has no container "${container}".`,
      );
    }
    return { ...found, image };
  });
}
