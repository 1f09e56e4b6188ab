import { useState } from 'react';
import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import { useImageRegistryQuery } from '@slipway/backstage-plugin-image-registry-react';

/** Rollouts shown at first, and with every "older". */
const PAGE_SIZE = 20;
/** The most that the backend gives at once. */
const MOST_AT_ONCE = 500;

/** The history as far as it is shown. */
export interface HistoryPage {
  rollouts?: Rollout[];
  error?: Error;
  hasOlder: boolean;
  loadingOlder: boolean;
  showOlder(): void;
  refetch(): void;
}

/**
 * The history of a component. All that is shown is read again with every live
 * update, so that older rows change, too; pages would miss that.
 *
 * @param revision - of what the lanes show, which the history keeps up with
 */
export function useHistory(
  entityRef: string,
  environment: string | undefined,
  revision: string,
): HistoryPage {
  const [wanted, setWanted] = useState({ environment, count: PAGE_SIZE });
  const count = wanted.environment === environment ? wanted.count : PAGE_SIZE;

  const { value, loading, error, refetch } = useImageRegistryQuery(
    async (api, signal) => {
      const rollouts: Rollout[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.listRollouts(
          {
            entityRef,
            environment,
            limit: Math.min(count - rollouts.length, MOST_AT_ONCE),
            cursor,
          },
          { signal },
        );
        rollouts.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined && rollouts.length < count);
      return { environment, rollouts, hasOlder: cursor !== undefined };
    },
    [entityRef, environment, count],
    { topics: ['rollout'], entityRef, revision },
  );
  const shown = value?.environment === environment ? value : undefined;
  return {
    rollouts: shown?.rollouts,
    error,
    hasOlder: shown?.hasOlder ?? false,
    loadingOlder: loading,
    showOlder: () => setWanted({ environment, count: count + PAGE_SIZE }),
    refetch,
  };
}
