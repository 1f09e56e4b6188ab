import { PendingApproval } from '@slipway/backstage-plugin-image-registry-common';
import { ImageRegistryQuery, useImageRegistryQuery } from '../hooks';

/** Approvals that wait are few: a person looks at each of them. */
const MOST_APPROVALS = 500;

/**
 * What waits for an approval, with whether the person may give it.
 *
 * @param mine - only those that the person may give
 * @public
 */
export function usePendingApprovals(
  options: { mine?: boolean; enabled?: boolean } = {},
): ImageRegistryQuery<PendingApproval[]> {
  const { mine, enabled } = options;
  return useImageRegistryQuery(
    async (api, signal) => {
      const page = await api.listApprovals(
        { mine: mine ? 'true' : undefined, limit: MOST_APPROVALS },
        { signal },
      );
      return page.items;
    },
    [mine],
    { topics: ['rollout'], enabled },
  );
}
