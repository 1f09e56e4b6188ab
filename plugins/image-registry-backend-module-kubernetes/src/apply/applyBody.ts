import { PORTAL_FIELD_MANAGER } from '@slipway/backstage-plugin-image-registry-common';
import { ImageChange } from '@slipway/backstage-plugin-image-registry-node';
import { allContainers, ContainerList } from '../workloads/containers';
import { ReadWorkload } from '../workloads/readWorkload';
import { TemplateSource } from '../workloads/referenced';
import { containerChanges } from './containerImages';
import { ownsImage } from './fieldOwners';
import {
  ROLLOUT_SEQUENCE_ANNOTATION,
  withRolloutSequence,
} from './rolloutSequence';

/**
 * The object to apply: the images of the changed containers and the annotation.
 *
 * An apply gives up what its manager owned and does not name again, and an
 * image that nobody owns is removed. So the images of other containers that the
 * portal has written stay in the body, as they are now.
 *
 * The uid keeps the apply from creating a workload that was deleted meanwhile;
 * the resourceVersion makes it fail when someone else wrote in between. A dry
 * run goes without it: status updates would fail it for nothing.
 */
export function applyBody(
  read: ReadWorkload,
  change: ImageChange,
  options: { dryRun?: boolean } = {},
): object {
  const { type, workload } = read.source;
  const { metadata, apiVersion } = workload;
  const images = ownImages(read.source);
  for (const { container, image } of containerChanges(read, change)) {
    images.set(container.name, image);
  }
  return {
    apiVersion: apiVersion ?? type.apiVersion,
    kind: type.kind,
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      resourceVersion: options.dryRun ? undefined : metadata.resourceVersion,
      annotations: {
        [ROLLOUT_SEQUENCE_ANNOTATION]: sequences(read, change),
      },
    },
    ...nest(type.podSpecPath, podSpecOf(read.source, images)),
  };
}

/** The annotation's value after all containers of the change were written. */
export function sequences(
  read: ReadWorkload,
  change: ImageChange,
): string | undefined {
  return containerChanges(read, change).reduce<string | undefined>(
    (value, { container }) =>
      withRolloutSequence(
        value === undefined ? {} : { [ROLLOUT_SEQUENCE_ANNOTATION]: value },
        container.name,
        change.sequence,
      ),
    read.source.workload.metadata.annotations?.[ROLLOUT_SEQUENCE_ANNOTATION],
  );
}

/** Images that the portal's own earlier applies hold, by container. */
function ownImages({ type, workload }: TemplateSource): Map<string, string> {
  const own = (workload.metadata.managedFields ?? []).filter(
    ({ manager, operation }) =>
      manager === PORTAL_FIELD_MANAGER && operation === 'Apply',
  );
  const images = new Map<string, string>();
  for (const { list, container } of allContainers(type.podSpec(workload))) {
    const { name, image } = container;
    if (image && own.some(entry => ownsImage(entry, type, list, name))) {
      images.set(name, image);
    }
  }
  return images;
}

/**
 * In the workload's own order: the server puts containers in the order in which
 * an apply names them, and init containers run in it.
 */
function podSpecOf(
  { type, workload }: TemplateSource,
  images: ReadonlyMap<string, string>,
): object {
  const podSpec: Partial<
    Record<ContainerList, Array<{ name: string; image: string }>>
  > = {};
  for (const { list, container } of allContainers(type.podSpec(workload))) {
    const { name } = container;
    const image = images.get(name);
    if (image !== undefined) {
      podSpec[list] = [...(podSpec[list] ?? []), { name, image }];
    }
  }
  return podSpec;
}

function nest(path: readonly string[], value: object): object {
  return path.reduceRight<object>((inner, key) => ({ [key]: inner }), value);
}
