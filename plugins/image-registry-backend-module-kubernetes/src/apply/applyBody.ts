import { PORTAL_FIELD_MANAGER } from '@slipway/backstage-plugin-image-registry-common';
import { ImageChange } from '@slipway/backstage-plugin-image-registry-node';
import { allContainers, ContainerList } from '../workloads/containers';
import { WorkloadObject } from '../workloads/objects';
import { ReadWorkload } from '../workloads/readWorkload';
import { WorkloadType } from '../workloads/WorkloadType';
import { ownsImage } from './fieldOwners';
import {
  ROLLOUT_SEQUENCE_ANNOTATION,
  withRolloutSequence,
} from './rolloutSequence';

/**
 * The object to apply: the image of one container and the annotation.
 *
 * An apply gives up what its manager owned and does not name again, and an
 * image that nobody owns is removed. So the images of other containers that
 * the portal has written stay in the body, as they are now.
 *
 * The uid keeps the apply from creating a workload that was deleted meanwhile;
 * the resourceVersion makes it fail when someone else wrote in between. A dry
 * run goes without it: status updates would fail it for nothing.
 */
export function applyBody(
  { type, workload, list }: ReadWorkload,
  change: ImageChange,
  options: { dryRun?: boolean } = {},
): object {
  const { metadata, apiVersion } = workload;
  const { container } = change.target;
  const images = ownImages(type, workload);
  images.set(container, { list, image: change.image });
  return {
    apiVersion: apiVersion ?? type.apiVersion,
    kind: type.kind,
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      resourceVersion: options.dryRun ? undefined : metadata.resourceVersion,
      annotations: {
        [ROLLOUT_SEQUENCE_ANNOTATION]: withRolloutSequence(
          metadata.annotations,
          container,
          change.sequence,
        ),
      },
    },
    ...nest(type.podSpecPath, podSpecOf(images)),
  };
}

interface OwnImage {
  list: ContainerList;
  image: string;
}

/** Images that the portal's own earlier applies hold. */
function ownImages(
  type: WorkloadType,
  workload: WorkloadObject,
): Map<string, OwnImage> {
  const own = (workload.metadata.managedFields ?? []).filter(
    ({ manager, operation }) =>
      manager === PORTAL_FIELD_MANAGER && operation === 'Apply',
  );
  const images = new Map<string, OwnImage>();
  for (const { list, container } of allContainers(type.podSpec(workload))) {
    const { name, image } = container;
    if (image && own.some(entry => ownsImage(entry, type, list, name))) {
      images.set(name, { list, image });
    }
  }
  return images;
}

function podSpecOf(images: ReadonlyMap<string, OwnImage>): object {
  const podSpec: Partial<
    Record<ContainerList, Array<{ name: string; image: string }>>
  > = {};
  for (const [name, { list, image }] of images) {
    podSpec[list] = [...(podSpec[list] ?? []), { name, image }];
  }
  return podSpec;
}

function nest(path: readonly string[], value: object): object {
  return path.reduceRight<object>((inner, key) => ({ [key]: inner }), value);
}
