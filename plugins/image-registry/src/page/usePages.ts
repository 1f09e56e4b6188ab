import { DependencyList, useState } from 'react';
import {
  ImageRegistrySignal,
  Page,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageRegistryApi,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';

/** Rows of a page. */
const PAGE_SIZE = 50;

/** Where in a list a page is. */
export interface PagePlace {
  /** Of the first row, counted from 1. */
  from: number;
  /** Of the last row. */
  to: number;
  /** How many rows there are, where that is known. */
  total?: number;
  /** Absent on the first page. */
  back?(): void;
  /** Absent on the last page. */
  next?(): void;
}

/** One page of a long list, and the way to the others. */
export interface Pages<T> {
  items: T[];
  place: PagePlace;
  /** True until the first answer. */
  loading: boolean;
  /** True while what is shown is of another page or of other filters. */
  outdated: boolean;
  error?: Error;
  reload(): void;
}

/**
 * Reads a list of any length and keeps one page of it: the browser draws no
 * more than that. The first page follows live updates; older ones stay as they
 * are while somebody reads them.
 *
 * @param read - reads the page that a cursor leads to
 * @param dependencies - as of `useEffect`; a change leads to the first page
 * @param topics - live updates that make the first page stale
 */
export function usePages<T>(
  read: (
    api: ImageRegistryApi,
    page: { cursor: string | undefined; limit: number },
    signal: AbortSignal,
  ) => Promise<Page<T>>,
  dependencies: DependencyList,
  topics: ReadonlyArray<ImageRegistrySignal['topic']>,
): Pages<T> {
  const filters = JSON.stringify(dependencies);
  const [visited, setVisited] = useState<{
    filters: string;
    /** Of the page that is shown and those before it, without the first. */
    cursors: string[];
  }>({ filters, cursors: [] });
  const cursors = visited.filters === filters ? visited.cursors : [];
  const goTo = (wanted: string[]) => setVisited({ filters, cursors: wanted });
  const cursor = cursors.at(-1);

  const query = useImageRegistryQuery(
    async (api, signal) => ({
      ...(await read(api, { cursor, limit: PAGE_SIZE }, signal)),
      before: cursors.length * PAGE_SIZE,
    }),
    [filters, cursor],
    { topics: cursor === undefined ? topics : [] },
  );
  const { value, loading, error } = query;
  const items = value?.items ?? [];
  const before = value?.before ?? 0;
  const nextCursor = loading ? undefined : value?.nextCursor;
  return {
    items,
    place: {
      from: before + 1,
      to: before + items.length,
      back: cursors.length > 0 ? () => goTo(cursors.slice(0, -1)) : undefined,
      next:
        nextCursor === undefined
          ? undefined
          : () => goTo([...cursors, nextCursor]),
    },
    loading: loading && value === undefined,
    outdated: loading && value !== undefined,
    error,
    reload: query.refetch,
  };
}
