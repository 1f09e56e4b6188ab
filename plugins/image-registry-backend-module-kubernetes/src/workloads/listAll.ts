import { ClusterCall, ClusterClient } from '../clusters';
import { KubernetesList } from './objects';

/** Objects per page of a listing. */
const PAGE_SIZE = 500;

/** A page of a collection, with the resourceVersion to watch from. */
export interface CollectionPage<T> {
  items: T[];
  resourceVersion?: string;
}

/**
 * Lists a collection page by page.
 * @returns all items, with the resourceVersion to watch from
 * @throws DriverError `stale` when a page expired meanwhile
 */
export async function listAll<T>(
  client: ClusterClient,
  call: ClusterCall,
): Promise<CollectionPage<T>> {
  const items: T[] = [];
  let resourceVersion: string | undefined;
  for await (const page of listPages<T>(client, call)) {
    items.push(...page.items);
    resourceVersion = page.resourceVersion;
  }
  return { items, resourceVersion };
}

/**
 * The pages of a collection, for those who keep little of each.
 * @throws DriverError `stale` when a page expired meanwhile
 */
export async function* listPages<T>(
  client: ClusterClient,
  call: ClusterCall,
): AsyncGenerator<CollectionPage<T>> {
  let next: string | undefined;
  do {
    const page = await client.json<KubernetesList<T>>({
      ...call,
      query: { ...call.query, limit: PAGE_SIZE, continue: next },
    });
    yield {
      items: page.items ?? [],
      resourceVersion: page.metadata.resourceVersion,
    };
    next = page.metadata.continue || undefined;
  } while (next !== undefined);
}
