import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';

/**
 * An event of what was read: names that are none are left out, a tag that
 * stands for a signature makes it one, and a push of no repository is no push.
 */
export function imageEvent(read: ImageEvent): ImageEvent {
  const repository =
    read.repository && isRepository(read.repository)
      ? read.repository
      : undefined;
  const tag = read.tag && isTag(read.tag) ? read.tag : undefined;
  const digest = read.digest && isDigest(read.digest) ? read.digest : undefined;
  return withoutUndefined({
    ...read,
    kind: kindOf(read.kind, repository, tag),
    repository,
    tag,
    digest,
  });
}

function kindOf(
  kind: ImageEvent['kind'],
  repository: string | undefined,
  tag: string | undefined,
): ImageEvent['kind'] {
  if (kind !== 'push') {
    return kind;
  }
  if (repository === undefined) {
    return 'other';
  }
  return tag && isArtifactTag(tag) ? 'signature' : kind;
}

function withoutUndefined(event: ImageEvent): ImageEvent {
  return Object.fromEntries(
    Object.entries(event).filter(([, value]) => value !== undefined),
  ) as unknown as ImageEvent;
}
