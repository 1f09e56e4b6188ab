import {
  ImageComparison,
  Rollout,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageRegistryApi } from '../api';
import { ImageRegistryQuery, useImageRegistryQuery } from '../hooks';

/** What lies between what runs and what shall run. */
export interface ImageChanges {
  /** What runs now, where its cluster tells. */
  running?: Target;
  /** Absent where what runs is of another repository, or not known. */
  comparison?: ImageComparison;
}

/** Reads what an approver looks at before a rollout. */
export function useImageChanges(
  rollout: Rollout,
): ImageRegistryQuery<ImageChanges> {
  const { id, entityRef, image } = rollout;
  return useImageRegistryQuery(
    async (api, signal) => readChanges(api, signal, rollout),
    [id, entityRef, image.digest],
  );
}

async function readChanges(
  api: ImageRegistryApi,
  signal: AbortSignal,
  { entityRef, image, targetKey }: Rollout,
): Promise<ImageChanges> {
  const { items } = await api.listTargets(entityRef, { signal });
  const running = items.find(({ key }) => key === targetKey);
  const { registryId, repository, digest } = image;
  if (
    !registryId ||
    !digest ||
    !running?.digest ||
    running.repository !== repository ||
    running.registryId !== registryId
  ) {
    return { running };
  }
  const comparison = await api.compareImages(
    {
      registryId,
      repository,
      from: running.digest,
      to: digest,
      fromTag: running.tag,
      toTag: image.tag,
      entityRef,
    },
    { signal },
  );
  return { running, comparison };
}
