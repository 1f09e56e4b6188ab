import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  isoTime,
  RegistryError,
  RegistryHttpResponse,
  remedies,
  splitRepository,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from '../title';

/** A repository as either edition tells of it, under one name for each field. */
export interface HuaweiRepository {
  /** With or without the organization before it. */
  name?: unknown;
  namespace?: unknown;
  description?: unknown;
  isPublic?: unknown;
  updated?: unknown;
  tagCount?: unknown;
  pullCount?: unknown;
}

/** A tag as either edition tells of it. */
export interface HuaweiTag {
  name?: unknown;
  digest?: unknown;
  /** Bytes. */
  size?: unknown;
  pushed?: unknown;
}

/** None when it has no usable name. */
export function toRepositoryItem(entry: HuaweiRepository): RepositoryItem[] {
  const { name, namespace } = entry;
  if (typeof name !== 'string' || typeof namespace !== 'string') {
    return [];
  }
  const repository = name.startsWith(`${namespace}/`)
    ? name
    : `${namespace}/${name}`;
  if (!isRepository(repository)) {
    return [];
  }
  const updatedAt = isoTime(entry.updated);
  return [
    {
      repository,
      ...(typeof entry.description === 'string' &&
        entry.description && { description: entry.description }),
      ...(updatedAt && { updatedAt }),
      ...(isCount(entry.tagCount) && { tagCount: entry.tagCount }),
      ...(isCount(entry.pullCount) && { pullCount: entry.pullCount }),
      ...(typeof entry.isPublic === 'boolean' && { isPublic: entry.isPublic }),
    },
  ];
}

/** None for what is no tag of an image. */
export function toTagItem({
  digest,
  name,
  pushed,
  size,
}: HuaweiTag): TagItem[] {
  if (typeof name !== 'string' || !isTag(name) || isArtifactTag(name)) {
    return [];
  }
  const pushedAt = isoTime(pushed);
  return [
    {
      tag: name,
      ...(typeof digest === 'string' && isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
      ...(typeof size === 'number' && size > 0 && { size }),
    },
  ];
}

/**
 * An answer that is an object.
 * @throws RegistryError when it is something else
 */
export function objectIn<T extends object>(
  response: RegistryHttpResponse,
  operation: string,
): Partial<T> {
  const value = response.json<unknown>();
  if (typeof value !== 'object' || value === null) {
    throw new RegistryError(
      'invalid-response',
      `${TITLE}: could not ${operation} at ${
        new URL(response.url).host
      }: the answer is no JSON object`,
      { hint: remedies.checkApiProxy },
    );
  }
  return value as Partial<T>;
}

/**
 * Organization and name of a repository.
 * @throws RegistryError when it has no organization
 */
export function partsOf(repository: string): {
  namespace: string;
  name: string;
} {
  return splitRepository(repository, {
    title: TITLE,
    place: 'organization',
    hint: advise('huawei-write-name', 'Write organization/name'),
  });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
