import { matchRepositoryGlob } from '@slipway/backstage-plugin-image-registry-common';
import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { NewEvent } from './DeliveryWriter';

/** After these there is something new to know of an image that was there. */
const kinds: ReadonlySet<ImageEvent['kind']> = new Set(['scan', 'signature']);

/**
 * Repositories of whose images something new can be asked.
 *
 * @param speaksFor - globs of those that the endpoint may speak for; all when
 * undefined
 */
export function repositoriesWithNews(
  events: readonly NewEvent[],
  speaksFor: readonly string[] | undefined,
): string[] {
  const repositories = events.flatMap(({ event: { kind, repository } }) =>
    kinds.has(kind) && repository ? repository : [],
  );
  return [...new Set(repositories)].filter(
    repository =>
      !speaksFor ||
      speaksFor.some(glob => matchRepositoryGlob(glob, repository)),
  );
}
