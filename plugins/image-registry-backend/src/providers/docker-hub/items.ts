import {
  isDigest,
  isRepository,
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
      ...(typeof entry.pull_count === 'number' && {
        pullCount: entry.pull_count,
      }),
      ...(typeof entry.is_private === 'boolean' && {
        isPublic: !entry.is_private,
      }),
    },
  ];
}

/** A tag as the API tells it; old tags have no digest. */
export function toTagItem(entry: HubTag): TagItem {
  const pushedAt = isoTime(entry.tag_last_pushed ?? entry.last_updated);
  const platforms = (entry.images ?? []).flatMap(toPlatform);
  return {
    tag: String(entry.name),
    ...(entry.digest && isDigest(entry.digest) && { digest: entry.digest }),
    ...(pushedAt && { pushedAt }),
    ...(typeof entry.full_size === 'number' && { size: entry.full_size }),
    ...(platforms.length && { platforms }),
    ...(entry.last_updater_username && {
      pushedBy: entry.last_updater_username,
    }),
  };
}

/** Attestations appear among the images as unknown/unknown. */
function toPlatform(image: NonNullable<HubTag['images']>[number]): Platform[] {
  const { os, architecture, variant } = image;
  return os && architecture && os !== 'unknown' && architecture !== 'unknown'
    ? [{ os, architecture, ...(variant && { variant }) }]
    : [];
}
