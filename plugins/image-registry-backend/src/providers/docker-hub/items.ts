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
import { HubRepository, HubTag } from './HubApi';

/** A repository as the API tells it; none when it has no usable name. */
export function toRepositoryItem(
  namespace: string,
  entry: HubRepository,
): RepositoryItem[] {
  const repository = `${entry.namespace ?? namespace}/${entry.name}`;
  if (!entry.name || !isRepository(repository)) {
    return [];
  }
  const updatedAt = isoTime(entry.last_updated);
  return [
    {
      repository,
      ...(entry.description && { description: entry.description }),
      ...(updatedAt && { updatedAt }),
      ...(Number.isInteger(entry.pull_count) && {
        pullCount: entry.pull_count,
      }),
      ...(entry.is_private !== undefined && { isPublic: !entry.is_private }),
    },
  ];
}

/** A tag as the API tells it, unless it is a signature's; old ones have no digest. */
export function toTagItem(entry: HubTag): TagItem[] {
  const { digest, last_updater_username: pushedBy, name } = entry;
  if (!name || !isTag(name) || isArtifactTag(name)) {
    return [];
  }
  const pushedAt = isoTime(entry.tag_last_pushed ?? entry.last_updated);
  const platforms = (entry.images ?? []).flatMap(toPlatform);
  return [
    {
      tag: name,
      ...(digest && isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
      ...(entry.full_size !== undefined && { size: entry.full_size }),
      ...(platforms.length && { platforms }),
      ...(pushedBy && { pushedBy }),
    },
  ];
}

/** Attestations appear among the images as unknown/unknown. */
function toPlatform(image: NonNullable<HubTag['images']>[number]): Platform[] {
  const { os, architecture, variant } = image;
  return os && architecture && os !== 'unknown' && architecture !== 'unknown'
    ? [{ os, architecture, ...(variant && { variant }) }]
    : [];
}
