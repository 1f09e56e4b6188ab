import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime, Shaped } from '@slipway/backstage-plugin-image-registry-node';

/** What of a package's entry is used. */
export const githubPackage = {
  name: 'text',
  visibility: 'text',
  updated_at: 'text',
  /** The one the package is linked to, whose webhooks tell of it. */
  repository: { full_name: 'text' },
} as const;

/** What of a version's entry is used; its name is the digest. */
export const githubVersion = {
  name: 'text',
  created_at: 'text',
  metadata: { container: { tags: ['text'] } },
} as const;

/** A package as a repository; none when it has no usable name. */
export function toRepositoryItem(
  owner: string,
  entry: Shaped<typeof githubPackage>,
): RepositoryItem[] {
  // References are lower-case, whatever the owner's name is.
  const repository = `${owner}/${entry.name ?? ''}`.toLowerCase();
  if (!isRepository(repository)) {
    return [];
  }
  const updatedAt = isoTime(entry.updated_at);
  return [
    {
      repository,
      ...(updatedAt && { updatedAt }),
      ...(entry.visibility && { isPublic: entry.visibility === 'public' }),
    },
  ];
}

/**
 * The tags of a version. It is pushed when it is created: the time of its last
 * change also moves when a tag leaves it for another version.
 */
export function toTagItems(entry: Shaped<typeof githubVersion>): TagItem[] {
  const { name: digest, metadata } = entry;
  const tags = metadata?.container?.tags ?? [];
  const pushedAt = isoTime(entry.created_at);
  return tags
    .filter(tag => isTag(tag) && !isArtifactTag(tag))
    .map(tag => ({
      tag,
      ...(digest && isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
    }));
}
