import {
  DependencyList,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { isError } from '@backstage/errors';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { ImageRegistryApi, imageRegistryApiRef } from '../api';
import { useReasonText } from '../components/ReasonText';

/** A page of a listing, complete or not. */
interface ListingPage<T> {
  items: T[];
  nextCursor?: string;
  totalItems?: number;
  complete?: boolean;
  reason?: string;
  because?: Reason;
  readAt?: string;
}

/** @public */
export interface ListingState<T> {
  /** All pages so far. */
  items: T[];
  totalItems?: number;
  /** Why the listing is not the whole truth, in the portal's language. */
  incomplete?: string;
  readAt?: string;
  /** True until the first page is there. */
  loading: boolean;
  loadingMore: boolean;
  error?: Error;
  hasMore: boolean;
  loadMore(): void;
  /** Reads from the first page on. */
  reload(): void;
}

interface Loaded<T> {
  items: T[];
  last?: ListingPage<T>;
  error?: Error;
  fetching: boolean;
  generation?: object;
}

/**
 * Reads a long listing page by page.
 *
 * @param read - reads one page
 * @param dependencies - as of `useEffect`; a change starts at the first page
 * @public
 */
export function useListing<T>(
  read: (
    api: ImageRegistryApi,
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<ListingPage<T>>,
  dependencies: DependencyList,
): ListingState<T> {
  const api = useApi(imageRegistryApiRef);
  const reasonText = useReasonText();
  const [state, setState] = useState<Loaded<T>>({ items: [], fetching: true });
  const controller = useRef<AbortController>();
  /** The page that is being read, so that no scrolling asks for it twice. */
  const pending = useRef<string>();

  // A new callback for new dependencies only, as of useEffect.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const readNow = useCallback(read, [api, ...dependencies]);

  const load = useCallback(
    async (cursor?: string) => {
      controller.current?.abort();
      const current = new AbortController();
      controller.current = current;
      pending.current = cursor;
      setState(before => ({ ...before, fetching: true, error: undefined }));
      try {
        const page = await readNow(api, cursor, current.signal);
        if (!current.signal.aborted) {
          pending.current = undefined;
          setState(before => ({
            items: cursor ? [...before.items, ...page.items] : page.items,
            last: page,
            fetching: false,
            generation: readNow,
          }));
        }
      } catch (error) {
        if (!current.signal.aborted) {
          pending.current = undefined;
          setState(before => ({
            items: cursor ? before.items : [],
            last: cursor ? before.last : undefined,
            error: isError(error) ? error : new Error(String(error)),
            fetching: false,
            generation: readNow,
          }));
        }
      }
    },
    [api, readNow],
  );

  useEffect(() => {
    load();
    return () => controller.current?.abort();
  }, [load]);

  const whyOf = ({ because, reason = '' }: ListingPage<T>) =>
    because ? reasonText(because) : reason;
  const current = state.generation === readNow;
  const nextCursor = current ? state.last?.nextCursor : undefined;
  return {
    items: state.items,
    totalItems: state.last?.totalItems,
    incomplete: state.last?.complete === false ? whyOf(state.last) : undefined,
    readAt: state.last?.readAt,
    loading: !current,
    loadingMore: current && state.fetching,
    error: current ? state.error : undefined,
    hasMore: nextCursor !== undefined,
    loadMore: () => {
      const idle = !state.fetching && pending.current !== nextCursor;
      if (nextCursor !== undefined && idle && !state.error) {
        load(nextCursor);
      }
    },
    reload: () => load(),
  };
}
