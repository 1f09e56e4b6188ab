import { isRepository } from '@slipway/backstage-plugin-image-registry-common';
import { advise } from '../provider/advise';
import { RegistryError } from '../provider/RegistryError';
import { RegistryPage } from '../provider/RegistryProvider';
import { RegistryHttpResponse, statusError } from '../transport';
import { listingDoubts } from '../vendor/listingDoubts';
import { OciListOptions } from './listTags';
import { OciSession } from './OciSession';
import { ListingLimits, PagedListing, readListingPage } from './pagination';
import { readWholeListing } from './readWholeListing';
import { catalogScope } from './scope';

const operation = 'list the repositories';

const typeTheName = advise(
  'type-the-name',
  'Type the name of the repository instead of choosing it from the list',
);

function readRepositories(
  session: OciSession,
  response: RegistryHttpResponse,
): unknown[] {
  const answer = response.json<{ repositories?: unknown } | undefined>();
  const repositories = answer?.repositories ?? [];
  if (typeof answer !== 'object' || !Array.isArray(repositories)) {
    throw new RegistryError(
      'invalid-response',
      `${session.title}: could not ${operation}: the answer holds no list of repositories`,
    );
  }
  return repositories;
}

function refuse(
  session: OciSession,
  response: RegistryHttpResponse,
): RegistryError {
  const url = new URL(response.url);
  return [404, 405, 501].includes(response.status)
    ? new RegistryError(
        'unsupported',
        `${session.title}: ${url.host} does not offer a list of its repositories`,
        { hint: typeTheName, status: response.status },
      )
    : statusError(response, { operation, title: session.title, url });
}

function catalog(session: OciSession): PagedListing {
  return {
    path: '_catalog',
    scopes: [catalogScope],
    operation,
    // distribution refuses more.
    largestPage: 1_000,
    read: response => readRepositories(session, response),
    isItem: (item): item is string =>
      typeof item === 'string' && isRepository(item),
    refuse: response => refuse(session, response),
  };
}

/**
 * The repositories of a registry by `_catalog`, which many registries do not
 * offer: one page when `limit` or `cursor` is given, else all. An empty list
 * is not taken for the truth, because some registries hide what they hold.
 *
 * @throws RegistryError with code `unsupported` where there is no catalog
 */
export async function listRepositories(
  session: OciSession,
  options: OciListOptions,
  limits?: ListingLimits,
): Promise<RegistryPage<string>> {
  const listing = catalog(session);
  const { limit = listing.largestPage, cursor } = options;
  const page =
    options.limit !== undefined || cursor !== undefined
      ? await readListingPage(session, listing, { limit, cursor }, options)
      : await readWholeListing(session, listing, options, limits);
  const isEmpty =
    page.items.length === 0 && !page.nextCursor && cursor === undefined;
  return isEmpty && page.complete
    ? {
        ...page,
        complete: false,
        reason: listingDoubts.empty(),
      }
    : page;
}
