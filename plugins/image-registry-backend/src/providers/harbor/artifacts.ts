import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  Platform,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime } from '@slipway/backstage-plugin-image-registry-node';

/** What of a repository's entry is used; the name begins with the project. */
export interface HarborRepository {
  name?: string;
  description?: string;
  artifact_count?: number;
  pull_count?: number;
  update_time?: string;
}

interface HarborPlatform {
  os?: string;
  architecture?: string;
  variant?: string;
}

/** What of an artifact's entry is used. */
export interface HarborArtifact {
  digest?: string;
  size?: number;
  push_time?: string;
  extra_attrs?: HarborPlatform | null;
  references?: Array<{ platform?: HarborPlatform | null }> | null;
  tags?: Array<{ name?: string; push_time?: string }> | null;
}

/** A repository as the API tells it; none when it has no usable name. */
export function toRepositoryItem(entry: HarborRepository): RepositoryItem[] {
  const { name, description } = entry;
  if (!name || !isRepository(name)) {
    return [];
  }
  const updatedAt = isoTime(entry.update_time);
  return [
    {
      repository: name,
      ...(description && { description }),
      ...(updatedAt && { updatedAt }),
      ...(typeof entry.pull_count === 'number' && {
        pullCount: entry.pull_count,
      }),
    },
  ];
}

/** The tags of an artifact; one that has none is not listed. */
export function toTagItems(artifact: HarborArtifact): TagItem[] {
  const { digest, size } = artifact;
  const platforms = platformsOf(artifact);
  return (artifact.tags ?? []).flatMap(({ name, push_time: pushTime }) => {
    if (!name || !isTag(name) || isArtifactTag(name)) {
      return [];
    }
    const pushedAt = isoTime(pushTime) ?? isoTime(artifact.push_time);
    return [
      {
        tag: name,
        ...(digest && isDigest(digest) && { digest }),
        ...(pushedAt && { pushedAt }),
        ...(typeof size === 'number' && size > 0 && { size }),
        ...(platforms.length && { platforms }),
      },
    ];
  });
}

/** Of the children of an index, else of the only image. */
function platformsOf({ references, extra_attrs }: HarborArtifact): Platform[] {
  const children = (references ?? []).map(({ platform }) => platform);
  return (children.length ? children : [extra_attrs]).flatMap(platform => {
    const { os, architecture, variant } = platform ?? {};
    return os && architecture && os !== 'unknown'
      ? [{ os, architecture, ...(variant && { variant }) }]
      : [];
  });
}
