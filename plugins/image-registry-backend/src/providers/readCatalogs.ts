import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  listingDoubts,
  RegistryError,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';

/** Repositories that are looked into at once when none is chosen. */
const MOST_REPOSITORIES = 50;

/**
 * The images of several of a vendor's repositories, each of which has a list
 * of its own. Where some cannot be read, the rest is not called the whole.
 *
 * @param read - the list of one repository
 * @throws RegistryError when none can be read
 */
export async function readCatalogs(
  repositories: readonly string[],
  read: (repository: string) => Promise<RegistryPage<string>>,
): Promise<RegistryPage<string>> {
  const pages = await Promise.allSettled(
    repositories.slice(0, MOST_REPOSITORIES).map(read),
  );
  const known = pages.flatMap(page =>
    page.status === 'fulfilled' ? [page.value] : [],
  );
  const failed = pages.find(page => page.status === 'rejected');
  if (failed && !(failed.reason instanceof RegistryError && known.length)) {
    throw failed.reason;
  }
  const items = known.flatMap(page => page.items);
  const reason = failed
    ? listingDoubts.repositoryUnread(failed.reason.message)
    : reasonOf(known, repositories.length);
  return reason === undefined
    ? { items, totalItems: items.length, complete: true }
    : { items, complete: false, reason };
}

function reasonOf(
  read: RegistryPage<string>[],
  repositories: number,
): Reason | undefined {
  return repositories > MOST_REPOSITORIES
    ? listingDoubts.onlyFirstRepositories(MOST_REPOSITORIES, repositories)
    : read.find(page => !page.complete)?.reason;
}
