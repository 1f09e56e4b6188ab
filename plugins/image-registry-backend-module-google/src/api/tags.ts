import {
  isArtifactTag,
  isDigest,
  isTag,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime } from '@slipway/backstage-plugin-image-registry-node';
import { objectsOf, textOf } from './GoogleApi';

/** What Google's extension of the tag list came to. */
export interface TagListing {
  tags: TagItem[];
  /** False: digests are missing, and only the names are known. */
  detailed: boolean;
}

/**
 * Reads the tag list with Google's extension: `manifest` holds, by digest, the
 * tags, the size in bytes and the times in milliseconds, each as a text.
 */
export function readTagListing(answer: Record<string, unknown>): TagListing {
  const { manifest, tags } = answer;
  if (typeof manifest !== 'object' || manifest === null) {
    const names = Array.isArray(tags) ? tags : [];
    return {
      detailed: names.length === 0,
      tags: names.filter(isImageTag).map(tag => ({ tag })),
    };
  }
  return {
    detailed: true,
    tags: Object.entries(manifest).flatMap(([digest, entry]) => {
      const [details = {}] = objectsOf([entry]);
      return toTagItems({
        digest,
        tags: details.tag,
        size: details.imageSizeBytes,
        pushedAt: timeOf(details.timeUploadedMs),
        createdAt: timeOf(details.timeCreatedMs),
      });
    }),
  };
}

/**
 * The tags of an entry of `dockerImages`, when it is of this image.
 * @param image - name inside its repository
 */
export function toTagItemsOfImage(
  entry: Record<string, unknown>,
  image: string,
): TagItem[] {
  const [, name, digest] =
    /\/dockerImages\/(.+)@([^@]+)$/.exec(textOf(entry.name) ?? '') ?? [];
  return name !== undefined && decoded(name) === image
    ? toTagItems({
        digest,
        tags: entry.tags,
        size: entry.imageSizeBytes,
        pushedAt: isoTime(entry.uploadTime),
        createdAt: isoTime(entry.buildTime),
      })
    : [];
}

function toTagItems(image: {
  digest: string;
  tags: unknown;
  size: unknown;
  pushedAt?: string;
  createdAt?: string;
}): TagItem[] {
  const { createdAt, digest, pushedAt } = image;
  const size = Number(image.size);
  return (Array.isArray(image.tags) ? image.tags : [])
    .filter(isImageTag)
    .map(tag => ({
      tag,
      ...(isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
      ...(size > 0 && { size }),
      ...(createdAt && { createdAt }),
    }));
}

function isImageTag(tag: unknown): tag is string {
  return typeof tag === 'string' && isTag(tag) && !isArtifactTag(tag);
}

/** Not known is said by 0, or by the year 1. */
function timeOf(milliseconds: unknown): string | undefined {
  const value = Number(milliseconds);
  return Number.isFinite(value) && value > 0
    ? isoTime(new Date(value).toISOString())
    : undefined;
}

/** @returns it as it was when it is not encoded well */
export function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
