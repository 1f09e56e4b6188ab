import { useEffect, useMemo, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Environment,
  EnvironmentReview,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryApiRef } from '@slipway/backstage-plugin-image-registry-react';

/** How the namespaces of one environment stand; neither: being asked. */
export interface ReviewState {
  review?: EnvironmentReview;
  error?: Error;
}

/** Reviews by environment, and a way to ask one again. */
export interface EnvironmentReviews {
  of(environmentId: string): ReviewState;
  refetch(environmentId: string): void;
}

/**
 * Reviews of all environments. Each is asked by itself: a cluster that is slow
 * does not hold up the rows of the others.
 *
 * @param enabled - false for those who may not see them
 */
export function useEnvironmentReviews(
  environments: readonly Environment[] | undefined,
  enabled: boolean,
): EnvironmentReviews {
  const api = useApi(imageRegistryApiRef);
  const [states, setStates] = useState<Record<string, ReviewState>>({});
  const [asked, setAsked] = useState<Record<string, number>>({});
  const wanted = enabled
    ? (environments ?? [])
        .map(({ id, version }) => `${id} ${version} ${asked[id] ?? 0}`)
        .join('\n')
    : '';

  useEffect(() => {
    const controller = new AbortController();
    for (const line of wanted.split('\n').filter(Boolean)) {
      const [id] = line.split(' ');
      api.reviewEnvironment(id, { signal: controller.signal }).then(
        review => setStates(before => ({ ...before, [id]: { review } })),
        error =>
          controller.signal.aborted
            ? undefined
            : setStates(before => ({ ...before, [id]: { error } })),
      );
    }
    return () => controller.abort();
  }, [api, wanted]);

  return useMemo(
    () => ({
      of: id => states[id] ?? {},
      refetch: id =>
        setAsked(before => ({ ...before, [id]: (before[id] ?? 0) + 1 })),
    }),
    [states],
  );
}
