import {
  isArtifactTag,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  isoTime,
  noLogin,
  remedies,
  splitRepository,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from '../title';
import { toDigest } from '../toDigest';

/** A repository as either edition tells of it, under one name for each field. */
export interface AlibabaRepository {
  namespace?: unknown;
  name?: unknown;
  summary?: unknown;
  /** `PUBLIC` or `PRIVATE`. */
  type?: unknown;
  /** Milliseconds. */
  modified?: unknown;
  downloads?: unknown;
}

/** A tag as either edition tells of it. */
export interface AlibabaImage {
  tag?: unknown;
  /** 64 hexadecimal digits, without the algorithm. */
  digest?: unknown;
  /** Bytes. */
  size?: unknown;
  /** Milliseconds, of the last push; as a number or a text. */
  update?: unknown;
}

/** None when it has no usable name. */
export function toRepositoryItem(entry: AlibabaRepository): RepositoryItem[] {
  const { name, namespace } = entry;
  const repository = `${namespace}/${name}`;
  if (
    typeof name !== 'string' ||
    typeof namespace !== 'string' ||
    !isRepository(repository)
  ) {
    return [];
  }
  const updatedAt = isoTime(toNumber(entry.modified));
  return [
    {
      repository,
      ...(typeof entry.summary === 'string' &&
        entry.summary && { description: entry.summary }),
      ...(updatedAt && { updatedAt }),
      ...(typeof entry.downloads === 'number' && {
        pullCount: entry.downloads,
      }),
      ...(typeof entry.type === 'string' && {
        isPublic: entry.type === 'PUBLIC',
      }),
    },
  ];
}

/**
 * None for what is no tag of an image.
 * @param isImmutable - tags of the repository cannot be overwritten; the
 * vendor excepts `latest`
 */
export function toTagItem(
  entry: AlibabaImage,
  isImmutable?: boolean,
): TagItem[] {
  const { tag } = entry;
  if (typeof tag !== 'string' || !isTag(tag) || isArtifactTag(tag)) {
    return [];
  }
  const digest = toDigest(entry.digest);
  const pushedAt = isoTime(toNumber(entry.update));
  const size = toNumber(entry.size);
  return [
    {
      tag,
      ...(digest && { digest }),
      ...(pushedAt && { pushedAt }),
      ...(size !== undefined && size > 0 && { size }),
      ...(isImmutable !== undefined && {
        immutable: isImmutable && tag !== 'latest',
      }),
    },
  ];
}

/** The vendor writes counts and times now as numbers, now as texts. */
export function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number)
    ? number
    : undefined;
}

/**
 * Namespace and name of a repository.
 * @throws RegistryError when it has no namespace
 */
export function partsOf(repository: string): {
  namespace: string;
  name: string;
} {
  return splitRepository(repository, {
    title: TITLE,
    place: 'namespace',
    hint: remedies.writeNamespaceName,
  });
}

/** @throws RegistryError when a login lacks one of its parts */
export function toLogin(
  username: unknown,
  password: unknown,
  expiresAt: unknown,
): { username: string; password: string; expiresAt?: number } {
  if (typeof username !== 'string' || typeof password !== 'string') {
    throw noLogin(TITLE, 'get a temporary login');
  }
  const end = toNumber(expiresAt);
  return { username, password, ...(end !== undefined && { expiresAt: end }) };
}
