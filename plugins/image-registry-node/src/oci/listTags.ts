import { isTag } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '../provider/RegistryError';
import { ListOptions, RegistryPage } from '../provider/RegistryProvider';
import { RegistryHttpResponse, statusError } from '../transport';
import { notFoundError } from './notFound';
import { OciSession } from './OciSession';
import { ListingLimits, PagedListing, readListingPage } from './pagination';
import { readWholeListing } from './readWholeListing';
import { assertRepository } from './references';
import { pullScope } from './scope';

/** What of {@link ListOptions} the distribution API itself can serve. */
export type OciListOptions = Pick<
  ListOptions,
  'limit' | 'cursor' | 'signal' | 'priority'
>;

function readTags(
  session: OciSession,
  operation: string,
  response: RegistryHttpResponse,
): unknown[] {
  const answer = response.json<{ tags?: unknown } | undefined>();
  // `null` is how some servers spell an empty list.
  const tags = answer?.tags ?? [];
  if (typeof answer !== 'object' || !Array.isArray(tags)) {
    throw new RegistryError(
      'invalid-response',
      `${session.title}: could not ${operation}: the answer holds no list of tags`,
    );
  }
  return tags;
}

function tagListing(session: OciSession, repository: string): PagedListing {
  const operation = `list the tags of ${repository}`;
  return {
    path: `${repository}/tags/list`,
    scopes: [pullScope(repository)],
    operation,
    largestPage: 1_000,
    read: response => readTags(session, operation, response),
    // Digests, nulls and malformed names do occur, and are left out.
    isItem: (item): item is string => typeof item === 'string' && isTag(item),
    refuse: response =>
      response.status === 404
        ? notFoundError(session, operation, repository, response)
        : statusError(response, {
            operation,
            title: session.title,
            url: new URL(response.url),
          }),
  };
}

/**
 * The tags of a repository in the registry's order: one page when `limit` or
 * `cursor` is given, else all.
 *
 * @throws RegistryError with code `not-found` when the repository does not exist
 */
export async function listTags(
  session: OciSession,
  repository: string,
  options: OciListOptions,
  limits?: ListingLimits,
): Promise<RegistryPage<string>> {
  assertRepository(repository);
  const listing = tagListing(session, repository);
  const { limit = listing.largestPage, cursor } = options;
  return options.limit !== undefined || cursor !== undefined
    ? readListingPage(session, listing, { limit, cursor }, options)
    : readWholeListing(session, listing, options, limits);
}
