import {
  Reason,
  TagCandidate,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  listingDoubts,
  RegistryCallOptions,
  RegistryClient,
} from '@slipway/backstage-plugin-image-registry-node';

/** Most tags of one repository that are read for a policy. */
const MAX_TAGS = 200_000;
const PAGE_SIZE = 1000;

/** All tags of a repository, and whether they are all. */
export interface TagListing {
  candidates: TagCandidate[];
  complete: boolean;
  reason?: Reason;
  /**
   * How many tags there were before, when this listing lost so many that it
   * has to be confirmed first.
   */
  countBefore?: number;
}

/** Reads every page of a repository's tags. */
export async function listAllTags(
  client: RegistryClient,
  repository: string,
  options: Pick<RegistryCallOptions, 'signal'> = {},
): Promise<TagListing> {
  const candidates: TagCandidate[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTags(repository, {
      ...options,
      cursor,
      limit: PAGE_SIZE,
      priority: 'background',
    });
    for (const item of page.items) {
      const { tag, digest, pushedAt, createdAt, platforms } = item;
      candidates.push({ tag, digest, pushedAt, createdAt, platforms });
    }
    if (!page.complete) {
      return { candidates, complete: false, reason: page.reason };
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined && candidates.length < MAX_TAGS);
  return cursor === undefined
    ? { candidates, complete: true }
    : {
        candidates,
        complete: false,
        reason: listingDoubts.onlyFirst(candidates.length),
      };
}
