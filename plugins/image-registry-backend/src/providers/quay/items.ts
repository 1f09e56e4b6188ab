import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime, Shaped } from '@slipway/backstage-plugin-image-registry-node';

/** What of a repository's entry is used. */
export const quayRepository = {
  namespace: 'text',
  name: 'text',
  description: 'text',
  is_public: 'boolean',
  /** Seconds since 1970, of the last push. */
  last_modified: 'number',
} as const;

/** What of a tag's entry is used. */
export const quayTag = {
  name: 'text',
  manifest_digest: 'text',
  /** Seconds since 1970 at which the tag was put where it is now. */
  start_ts: 'number',
  /** Bytes of the layers; none for an index. */
  size: 'number',
} as const;

/** A repository as the API tells it; none when it has no usable name. */
export function toRepositoryItem(
  entry: Shaped<typeof quayRepository>,
): RepositoryItem[] {
  const repository = `${entry.namespace}/${entry.name}`;
  if (!isRepository(repository)) {
    return [];
  }
  const updatedAt = isoTime(entry.last_modified);
  return [
    {
      repository,
      ...(entry.description && { description: entry.description }),
      ...(updatedAt && { updatedAt }),
      ...(typeof entry.is_public === 'boolean' && {
        isPublic: entry.is_public,
      }),
    },
  ];
}

/** A tag as the API tells it; none for what stands for a signature. */
export function toTagItem(entry: Shaped<typeof quayTag>): TagItem[] {
  const { name, manifest_digest: digest, size } = entry;
  if (!name || !isTag(name) || isArtifactTag(name)) {
    return [];
  }
  const pushedAt = isoTime(entry.start_ts);
  return [
    {
      tag: name,
      ...(digest && isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
      ...(typeof size === 'number' && size > 0 && { size }),
    },
  ];
}
