import {
  ImageDetails,
  Rollout,
  TagItem,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageRegistryApi } from '../api';
import { ImageRegistryQuery, useImageRegistryQuery } from '../hooks';

/** Tags that are read to find what was pushed in between. */
const MOST_TAGS = 200;

/** Pre-defined keys of the OCI image spec, annotations.md. */
const SOURCE = 'org.opencontainers.image.source';
const REVISION = 'org.opencontainers.image.revision';

/** Where an image was made from, as it says itself. */
export interface ImageOrigin {
  source?: string;
  revision?: string;
}

/** What lies between what runs and what shall run. */
export interface ImageChanges {
  /** What runs now, where its cluster tells. */
  running?: Target;
  /** Absent when the image is gone or of another repository. */
  from?: ImageOrigin;
  to: ImageOrigin;
  /** Pushed after what runs and before the new one; newest first. */
  between: TagItem[];
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
  rollout: Rollout,
): Promise<ImageChanges> {
  const { entityRef, image, targetKey } = rollout;
  const { items } = await api.listTargets(entityRef, { signal });
  const running = items.find(({ key }) => key === targetKey);
  const { registryId, repository, digest } = image;
  if (!registryId || !digest) {
    return { running, to: {}, between: [] };
  }
  const originOf = async (reference: string) =>
    readOrigin(
      await api.getImage(
        registryId,
        { repository, reference, entityRef },
        { signal },
      ),
    );
  const comparable =
    running?.repository === repository && running.registryId === registryId;
  const [to, from, tags] = await Promise.all([
    originOf(digest),
    comparable && running.digest
      ? originOf(running.digest).catch(() => undefined)
      : undefined,
    api
      .listTags(
        registryId,
        { repository, entityRef, sort: 'pushed-desc', limit: MOST_TAGS },
        { signal },
      )
      .then(
        listing => listing.items,
        () => [],
      ),
  ]);
  return {
    running,
    from,
    to,
    between: comparable ? pushedBetween(tags, running.digest, digest) : [],
  };
}

/** Labels of the first platform, which all platforms of a build share. */
function readOrigin({ annotations, platforms }: ImageDetails): ImageOrigin {
  const labels = { ...annotations, ...platforms[0]?.labels };
  return { source: labels[SOURCE], revision: labels[REVISION] };
}

/** One tag for each image that was pushed after one and before the other. */
export function pushedBetween(
  tags: TagItem[],
  from: string | undefined,
  to: string,
): TagItem[] {
  const pushedAt = (digest: string | undefined) =>
    tags.find(item => item.digest === digest)?.pushedAt;
  const since = pushedAt(from);
  const until = pushedAt(to);
  if (!since || !until) {
    return [];
  }
  const seen = new Set([from, to]);
  return tags.filter(({ digest, pushedAt: at }) => {
    const inBetween =
      at !== undefined && at > since && at < until && !seen.has(digest);
    if (inBetween) {
      seen.add(digest);
    }
    return inBetween;
  });
}
