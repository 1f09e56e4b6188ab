import {
  isArtifactTag,
  isDigest,
  isTag,
  Platform,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime, Shaped } from '@slipway/backstage-plugin-image-registry-node';

/** What of a tag's entry is used. */
export const acrTag = {
  name: 'text',
  digest: 'text',
  createdTime: 'text',
  lastUpdateTime: 'text',
  changeableAttributes: { writeEnabled: 'boolean' },
} as const;

/** What of a manifest's entry is used. */
export const acrManifest = {
  digest: 'text',
  imageSize: 'number',
  architecture: 'text',
  os: 'text',
  mediaType: 'text',
} as const;

/** What a manifest adds to its tags. */
export type ManifestDetails = Pick<TagItem, 'size' | 'platforms'>;

/** A tag as the API tells it; none for what is no tag of an image. */
export function toTagItem(entry: Shaped<typeof acrTag>): TagItem[] {
  const { name, digest, changeableAttributes } = entry;
  if (!name || !isTag(name) || isArtifactTag(name)) {
    return [];
  }
  // The creation stays when a tag is put onto another image.
  const pushedAt = isoTime(entry.lastUpdateTime) ?? isoTime(entry.createdTime);
  const writeEnabled = changeableAttributes?.writeEnabled;
  return [
    {
      tag: name,
      ...(digest && isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
      ...(typeof writeEnabled === 'boolean' && { immutable: !writeEnabled }),
    },
  ];
}

/**
 * Size and platform of a manifest. Of an index the API tells the bytes of the
 * index alone, and not which manifests belong to it.
 */
export function toManifestDetails({
  architecture,
  imageSize,
  mediaType = '',
  os,
}: Shaped<typeof acrManifest>): ManifestDetails {
  if (/index|manifest\.list/.test(mediaType)) {
    return {};
  }
  const platforms: Platform[] =
    os && architecture && os !== 'unknown' ? [{ os, architecture }] : [];
  return {
    ...(typeof imageSize === 'number' && imageSize > 0 && { size: imageSize }),
    ...(platforms.length && { platforms }),
  };
}
