import { ClusterClient } from '../clusters';
import { listAll } from '../workloads/listAll';
import { collectionPath } from '../workloads/paths';
import { EventObject } from './EventObject';

/** What limits a search for events. */
export interface EventSearch {
  /** Only warnings. */
  warnings?: boolean;
  signal?: AbortSignal;
}

/**
 * The events about some objects of a namespace, which the server picks out:
 * namespaces may hold tens of thousands.
 * @param uids - of the objects
 */
export async function eventsAbout(
  client: ClusterClient,
  namespace: string,
  uids: readonly string[],
  { warnings, signal }: EventSearch = {},
): Promise<EventObject[]> {
  const found = await Promise.all(
    uids.map(uid =>
      listAll<EventObject>(client, {
        path: collectionPath('v1', 'events', namespace),
        query: {
          fieldSelector: [
            `involvedObject.uid=${uid}`,
            ...(warnings ? ['type=Warning'] : []),
          ].join(','),
        },
        signal,
      }),
    ),
  );
  return found.flatMap(({ items }) => items);
}
