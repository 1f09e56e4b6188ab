import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime, Shaped } from '@slipway/backstage-plugin-image-registry-node';

/** What of a registry repository's entry is used. */
export const gitlabRepository = {
  id: 'number',
  /** Whole, as in `group/project/image`. */
  path: 'text',
  project_id: 'number',
} as const;

/** A tag, as GraphQL and the REST API tell it. */
export const gitlabTag = {
  name: 'text',
  digest: 'text',
  /** Of the manifest or, without the registry's database, of the build. */
  createdAt: 'text',
  /** When the tag was put; only with the registry's database. */
  publishedAt: 'text',
  /** Bytes; GraphQL writes it as a text. */
  totalSize: 'unknown',
} as const;

/** A repository as the API tells it; none when it has no usable name. */
export function toRepositoryItem({
  path,
}: Shaped<typeof gitlabRepository>): RepositoryItem[] {
  return path && isRepository(path) ? [{ repository: path }] : [];
}

/** A tag as the API tells it; none for what stands for a signature. */
export function toTagItem(entry: Shaped<typeof gitlabTag>): TagItem[] {
  const { name, digest } = entry;
  if (!name || !isTag(name) || isArtifactTag(name)) {
    return [];
  }
  const pushedAt = isoTime(entry.publishedAt);
  const createdAt = isoTime(entry.createdAt);
  const size = Number(entry.totalSize ?? 0);
  return [
    {
      tag: name,
      ...(digest && isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
      ...(createdAt && { createdAt }),
      ...(Number.isFinite(size) && size > 0 && { size }),
    },
  ];
}
