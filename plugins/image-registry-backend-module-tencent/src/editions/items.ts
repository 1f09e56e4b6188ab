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
  remedies,
  splitRepository,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from '../title';

/** Times without a zone are those of China. */
const CHINA = '+08:00';

/** Go's way to print an instant: `2020-05-10 18:22:57.123 +0800 CST`. */
const GO_TIME =
  /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)? ([+-]\d{4})(?: \S+)?$/;

/** A repository as either edition tells of it. */
export interface TencentRepository {
  /** With or without the namespace before it. */
  name?: unknown;
  namespace?: unknown;
  description?: unknown;
  isPublic?: boolean;
  updated?: unknown;
  tagCount?: unknown;
  pullCount?: unknown;
}

/** A tag as either edition tells of it. */
export interface TencentImage {
  tag?: unknown;
  digest?: unknown;
  /** Bytes. */
  size?: unknown;
  pushed?: unknown;
  /** `CHART` for Helm charts. */
  kind?: unknown;
  isSigned?: boolean;
  os?: unknown;
  architecture?: unknown;
}

/** None when it has no usable name. */
export function toRepositoryItem(entry: TencentRepository): RepositoryItem[] {
  const { name, namespace } = entry;
  if (typeof name !== 'string') {
    return [];
  }
  const isFull =
    typeof namespace !== 'string' || name.startsWith(`${namespace}/`);
  const repository = isFull ? name : `${namespace}/${name}`;
  if (!isRepository(repository)) {
    return [];
  }
  const updatedAt = timeOf(entry.updated);
  return [
    {
      repository,
      ...(typeof entry.description === 'string' &&
        entry.description && { description: entry.description }),
      ...(updatedAt && { updatedAt }),
      ...(isCount(entry.tagCount) && { tagCount: entry.tagCount }),
      ...(isCount(entry.pullCount) && { pullCount: entry.pullCount }),
      ...(entry.isPublic !== undefined && { isPublic: entry.isPublic }),
    },
  ];
}

/** None for charts, and for what is no tag of an image. */
export function toTagItem(entry: TencentImage): TagItem[] {
  const { architecture, digest, kind, os, size, tag } = entry;
  const isImage = typeof kind !== 'string' || !/chart/i.test(kind);
  if (
    !isImage ||
    typeof tag !== 'string' ||
    !isTag(tag) ||
    isArtifactTag(tag)
  ) {
    return [];
  }
  const pushedAt = timeOf(entry.pushed);
  return [
    {
      tag,
      ...(typeof digest === 'string' && isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
      ...(typeof size === 'number' && size > 0 && { size }),
      ...(typeof os === 'string' &&
        typeof architecture === 'string' &&
        os &&
        architecture && { platforms: [{ os, architecture }] }),
      ...(entry.isSigned && { signatures: ['kms'] }),
    },
  ];
}

/** The vendor's instants, of which some come as Go prints them. */
export function timeOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  const [, day, clock, fraction = '', zone] = GO_TIME.exec(text) ?? [];
  return isoTime(
    day ? `${day}T${clock}${fraction.slice(0, 4)}${zone}` : value,
    CHINA,
  );
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

/** @throws RegistryError `not-found` for a namespace that is not among those */
export function assertKnown(
  namespace: string,
  known: readonly unknown[],
  operation: string,
): void {
  if (!known.includes(namespace)) {
    throw new RegistryError(
      'not-found',
      `${TITLE}: could not ${operation}: there is no namespace ${namespace}`,
      {
        hint: advise(
          'tencent-check-namespace',
          'Check the spelling of the namespace',
        ),
      },
    );
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
