import {
  isArtifactTag,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  isoTime,
  RegistryError,
  remedies,
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

/** The objects of a list; what is none is left out. */
export function objectsOf<T extends object>(value: unknown): T[] {
  return Array.isArray(value)
    ? value.filter(
        (entry): entry is T => typeof entry === 'object' && entry !== null,
      )
    : [];
}

/**
 * Namespace and name of a repository.
 * @throws RegistryError when it has no namespace
 */
export function splitRepository(repository: string): {
  namespace: string;
  name: string;
} {
  const slash = repository.indexOf('/');
  if (slash <= 0) {
    throw new RegistryError(
      'not-found',
      `${TITLE}: ${repository} cannot exist: repositories there begin with their namespace`,
      { hint: remedies.writeNamespaceName },
    );
  }
  return {
    namespace: repository.slice(0, slash),
    name: repository.slice(slash + 1),
  };
}

/** @throws RegistryError when a login lacks one of its parts */
export function toLogin(
  username: unknown,
  password: unknown,
  expiresAt: unknown,
): { username: string; password: string; expiresAt?: number } {
  if (typeof username !== 'string' || typeof password !== 'string') {
    throw new RegistryError(
      'invalid-response',
      `${TITLE}: could not get a temporary login: the answer holds none`,
      { hint: remedies.tryLater },
    );
  }
  const end = toNumber(expiresAt);
  return { username, password, ...(end !== undefined && { expiresAt: end }) };
}
