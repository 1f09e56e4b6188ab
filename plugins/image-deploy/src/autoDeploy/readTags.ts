import {
  Listing,
  TagCandidate,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { FetchedTags } from './evaluateHere';

/**
 * The most tags that are fetched to be evaluated with every keystroke: some
 * 50 000 take less than 50 ms.
 */
const MOST_TAGS = 60_000;

/** As far as the tags of a repository are read. */
export interface ReadTags extends FetchedTags {
  /** How many there are. */
  total: number;
  /** False: more pages follow. */
  ended: boolean;
  /** There are more than are worth fetching; these are few of them. */
  tooMany: boolean;
}

/**
 * Reads the tags of a repository page by page.
 * @param report - is told after each page but the last what is known so far
 */
export async function readTags(
  readPage: (cursor: string | undefined) => Promise<Listing<TagItem>>,
  report: (read: ReadTags) => void,
): Promise<ReadTags> {
  let candidates: TagCandidate[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await readPage(cursor);
    candidates = candidates.concat(page.items.map(candidateOf));
    cursor = page.nextCursor;
    const { because, complete, reason } = page;
    const total = page.totalItems ?? candidates.length;
    const tooMany =
      total > MOST_TAGS ||
      (cursor !== undefined && candidates.length >= MOST_TAGS);
    const ended = cursor === undefined || !complete || tooMany;
    const read = {
      candidates,
      complete,
      reason,
      because,
      total,
      ended,
      tooMany,
    };
    if (ended) {
      return read;
    }
    report(read);
  }
}

/** No more of a tag than rules look at: it is kept as long as the form. */
function candidateOf(item: TagItem): TagCandidate {
  const { tag, digest, pushedAt, createdAt, platforms } = item;
  return { tag, digest, pushedAt, createdAt, platforms };
}
