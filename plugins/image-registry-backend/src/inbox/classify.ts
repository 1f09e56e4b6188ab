import {
  imageEventSchema,
  isDigest,
  isRepository,
  isTag,
  matchRepositoryGlob,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { NewEvent } from './DeliveryWriter';
import { orderedId } from './orderedId';
import { inboxReasons } from './reasons';

const kinds: ReadonlySet<unknown> = new Set(
  imageEventSchema.shape.kind.options,
);

/**
 * A format may pass on what is no name or no kind at all, when a call is made
 * to confuse it; nothing can be asked of that.
 */
function withNamesOnly(event: ImageEvent): ImageEvent {
  const { kind, repository, tag, digest } = event;
  return {
    ...event,
    kind: kinds.has(kind) ? kind : 'other',
    repository: repository && isRepository(repository) ? repository : undefined,
    tag: tag && isTag(tag) ? tag : undefined,
    digest: digest && isDigest(digest) ? digest : undefined,
  };
}

/**
 * What can be said of an event without asking anybody.
 *
 * @param repositories - globs of those that the endpoint may speak for; all
 * when undefined
 */
export function classify(
  received: ImageEvent,
  repositories: string[] | undefined,
): NewEvent {
  const event = withNamesOnly(received);
  const id = orderedId();
  const { kind, repository, tag } = event;
  if (kind !== 'push') {
    const reason = inboxReasons.notAPush(kind);
    return { id, event, outcome: 'ignored', reason };
  }
  const allowed =
    repository === undefined ||
    repositories === undefined ||
    repositories.some(glob => matchRepositoryGlob(glob, repository));
  if (!allowed) {
    const reason = inboxReasons.notThisEndpoint(repository ?? '');
    return { id, event, outcome: 'refused', reason };
  }
  if (!repository || !tag) {
    return { id, event, outcome: 'ignored', reason: inboxReasons.noTag() };
  }
  return { id, event, outcome: 'pending' };
}
