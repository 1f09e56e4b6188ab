import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime } from '@slipway/backstage-plugin-image-registry-node';

/** What of a registry repository's entry is used. */
export interface GitlabRepository {
  id?: number;
  /** Whole, as in `group/project/image`. */
  path?: string;
  project_id?: number;
}

/** A tag, as GraphQL and the REST API tell it. */
export interface GitlabTag {
  name?: string;
  digest?: string | null;
  /** Of the manifest or, without the registry's database, of the build. */
  createdAt?: string | null;
  /** When the tag was put; only with the registry's database. */
  publishedAt?: string | null;
  /** Bytes; GraphQL writes it as a text. */
  totalSize?: string | number | null;
}

/** A repository as the API tells it; none when it has no usable name. */
export function toRepositoryItem({ path }: GitlabRepository): RepositoryItem[] {
  return path && isRepository(path) ? [{ repository: path }] : [];
}

/** A tag as the API tells it; none for what stands for a signature. */
export function toTagItem(entry: GitlabTag): TagItem[] {
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
