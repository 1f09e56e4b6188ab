import { ClusterCall, ClusterClient } from '../clusters';
import { KubernetesList } from './objects';

/** Objects per page of a listing. */
const PAGE_SIZE = 500;

/**
 * Lists a collection page by page.
 * @returns all items, with the resourceVersion to watch from
 * @throws DriverError `stale` when a page expired meanwhile
 */
export async function listAll<T>(
  client: ClusterClient,
  call: ClusterCall,
): Promise<{ items: T[]; resourceVersion?: string }> {
  const items: T[] = [];
  let resourceVersion: string | undefined;
  let next: string | undefined;
  do {
    const page = await client.json<KubernetesList<T>>({
      ...call,
      query: { ...call.query, limit: PAGE_SIZE, continue: next },
    });
    items.push(...(page.items ?? []));
    resourceVersion = page.metadata.resourceVersion;
    next = page.metadata.continue || undefined;
  } while (next !== undefined);
  return { items, resourceVersion };
}
