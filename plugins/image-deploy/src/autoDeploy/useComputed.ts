import { DependencyList, useCallback, useEffect, useState } from 'react';
import { Turns } from './Turns';

interface Computed<T> {
  value?: T;
  error?: Error;
}

/**
 * Computes beside the page, in turns: typing goes first, and what is typed
 * meanwhile ends the computation for the next one. Until that has ended, the
 * last value stays.
 *
 * @param compute - absent: there is nothing to compute, and no value
 * @param dependencies - as of `useEffect`
 */
export function useComputed<T>(
  compute: ((pause: () => Promise<void>) => Promise<T>) | undefined,
  dependencies: DependencyList,
): Computed<T> {
  const [state, setState] = useState<Computed<T>>({});
  const wanted = compute !== undefined;

  // A new callback for new dependencies only, as of useEffect.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const computeNow = useCallback(compute ?? nothing<T>, [
    wanted,
    ...dependencies,
  ]);

  useEffect(() => {
    if (!wanted) {
      setState({});
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const settle = (settled: Computed<T>) => {
      if (!signal.aborted) {
        setState(settled);
      }
    };
    computeNow(new Turns(signal).pause).then(
      value => settle({ value }),
      error =>
        settle({
          error: error instanceof Error ? error : new Error(`${error}`),
        }),
    );
    return () => controller.abort();
  }, [wanted, computeNow]);

  return wanted ? state : {};
}

async function nothing<T>(): Promise<T> {
  throw new Error('There is nothing to compute');
}
