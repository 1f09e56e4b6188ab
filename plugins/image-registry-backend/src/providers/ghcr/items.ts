import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime } from '@slipway/backstage-plugin-image-registry-node';

/** What of a package's entry is used. */
export interface GithubPackage {
  name?: string;
  visibility?: string;
  updated_at?: string;
  /** The one the package is linked to, whose webhooks tell of it. */
  repository?: { full_name?: string } | null;
}

/** What of a version's entry is used; its name is the digest. */
export interface GithubVersion {
  name?: string;
  created_at?: string;
  metadata?: { container?: { tags?: unknown } | null } | null;
}

/** A package as a repository; none when it has no usable name. */
export function toRepositoryItem(
  owner: string,
  entry: GithubPackage,
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
export function toTagItems(entry: GithubVersion): TagItem[] {
  const { name: digest, metadata } = entry;
  const tags = metadata?.container?.tags;
  const pushedAt = isoTime(entry.created_at);
  return (Array.isArray(tags) ? tags : [])
    .filter((tag): tag is string => typeof tag === 'string')
    .filter(tag => isTag(tag) && !isArtifactTag(tag))
    .map(tag => ({
      tag,
      ...(digest && isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
    }));
}
