import {
  DependencyList,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { isError } from '@backstage/errors';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { ImageRegistryApi, imageRegistryApiRef } from '../api';
import { useImageRegistrySignals } from './useImageRegistrySignals';

/** Refetches caused by signals are at least this far apart, in ms. */
const SIGNAL_THROTTLE = 500;
/** Time between refetches where no signals arrive, in ms. */
const POLL_INTERVAL = 10_000;
/** A fetch that takes longer is given up for the next one, in ms. */
const PATIENCE = 10_000;

/** @public */
export interface ImageRegistryQueryOptions {
  /** Live updates that make the value stale. */
  topics?: ReadonlyArray<ImageRegistrySignal['topic']>;
  /** Only updates of this component, and those that name none. */
  entityRef?: string;
  /** Polls although the portal has signals. */
  poll?: boolean;
  /**
   * Fetched again when this changes, as by a live update: for what has to keep
   * up with another part of the page, also when a live update was lost.
   */
  revision?: string;
  /** False: nothing is fetched (yet). */
  enabled?: boolean;
}

/** @public */
export interface ImageRegistryQuery<T> {
  /** True until the first answer, and while fetching for other dependencies. */
  loading: boolean;
  /** True during any fetch, also one in the background. */
  refetching: boolean;
  /** The last answer; kept while it is fetched again, and after a failure. */
  value?: T;
  /** Why the last fetch failed; gone with the next success. */
  error?: Error;
  refetch(): void;
}

/** A fetch that has not ended. */
interface UnderWay {
  /** Epoch in ms. */
  since: number;
  /** An update came after it began, so it has to be repeated. */
  stale: boolean;
}

interface State<T> {
  value?: T;
  error?: Error;
  fetching: boolean;
  /** The dependencies' fetch this value belongs to. */
  generation?: object;
}

/**
 * Reads from the backend and stays current: the value is fetched again when
 * the dependencies change, when a live update of the given topics arrives, and
 * by polling where the portal has no signals.
 *
 * @param read - gets the client and a signal that aborts when the answer is
 * not wanted any more
 * @param dependencies - as of `useEffect`
 * @public
 */
export function useImageRegistryQuery<T>(
  read: (api: ImageRegistryApi, signal: AbortSignal) => Promise<T>,
  dependencies: DependencyList,
  options: ImageRegistryQueryOptions = {},
): ImageRegistryQuery<T> {
  const {
    topics = [],
    entityRef,
    poll = false,
    enabled = true,
    revision,
  } = options;
  const api = useApi(imageRegistryApiRef);
  const [state, setState] = useState<State<T>>({ fetching: false });
  const controller = useRef<AbortController>();
  const underWay = useRef<UnderWay>();

  // A new callback for new dependencies only, as of useEffect.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const readNow = useCallback(read, [api, ...dependencies]);

  const followUp = useRef<() => void>(() => {});
  const requestRefetch = useThrottled(() => followUp.current());

  const fetchValue = useCallback(async () => {
    controller.current?.abort();
    const current = new AbortController();
    controller.current = current;
    const fetching = { since: Date.now(), stale: false };
    underWay.current = fetching;
    setState(before => ({ ...before, fetching: true }));
    try {
      const value = await readNow(api, current.signal);
      if (!current.signal.aborted) {
        setState({ value, fetching: false, generation: readNow });
      }
    } catch (error) {
      if (!current.signal.aborted) {
        setState(before => ({
          value: before.generation === readNow ? before.value : undefined,
          error: isError(error) ? error : new Error(String(error)),
          fetching: false,
          generation: readNow,
        }));
      }
    }
    if (underWay.current === fetching) {
      underWay.current = undefined;
      if (fetching.stale && !current.signal.aborted) {
        requestRefetch();
      }
    }
  }, [api, readNow, requestRefetch]);

  useEffect(() => {
    if (enabled) {
      fetchValue();
    }
    return () => controller.current?.abort();
  }, [enabled, fetchValue]);

  // What is under way is waited for: where updates come faster than answers,
  // giving it up each time would show none of them.
  followUp.current = () => {
    const current = underWay.current;
    if (current && Date.now() - current.since < PATIENCE) {
      current.stale = true;
    } else {
      fetchValue();
    }
  };

  const seen = useRef(revision);
  useEffect(() => {
    if (enabled && seen.current !== revision) {
      requestRefetch();
    }
    seen.current = revision;
  }, [enabled, revision, requestRefetch]);

  const { available } = useImageRegistrySignals(signal => {
    const concerned =
      topics.includes(signal.topic) &&
      (!entityRef ||
        !('entityRef' in signal) ||
        signal.entityRef === undefined ||
        signal.entityRef === entityRef);
    if (enabled && concerned) {
      requestRefetch();
    }
  });

  const polls = enabled && (poll || (!available && topics.length > 0));
  useEffect(() => {
    if (!polls) {
      return undefined;
    }
    const timer = setInterval(() => {
      if (!document.hidden) {
        fetchValue();
      }
    }, POLL_INTERVAL);
    return () => clearInterval(timer);
  }, [polls, fetchValue]);

  return {
    loading: enabled && state.generation !== readNow,
    refetching: state.fetching,
    value: state.value,
    error: state.generation === readNow ? state.error : undefined,
    refetch: fetchValue,
  };
}

/** Calls at once, then at most once per interval; the last call is not lost. */
function useThrottled(call: () => void): () => void {
  const latest = useRef(call);
  latest.current = call;
  const calledAt = useRef(-Infinity);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);

  return useCallback(() => {
    if (timer.current !== undefined) {
      return;
    }
    const wait = Math.max(0, calledAt.current + SIGNAL_THROTTLE - Date.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      calledAt.current = Date.now();
      latest.current();
    }, wait);
  }, []);
}
