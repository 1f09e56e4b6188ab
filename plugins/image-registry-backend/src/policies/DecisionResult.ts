import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { Notices } from '../protection';
import { StoredRollout } from '../rollouts';
import { ListeningPolicy } from './PolicyStore';

/** What a change came to over all policies. */
export interface DecisionResult {
  rollouts: StoredRollout[];
  /** What waited for another image and has ended. */
  withdrawn: StoredRollout[];
  /** What policies that only tell would have deployed. */
  told: Array<Parameters<Notices['wouldDeploy']>[0]>;
  policyIds: string[];
  /** Those that noted the tag and deploy nothing: blocked, held or telling. */
  noted: Array<Pick<ListeningPolicy, 'id' | 'entityRef'>>;
  blocked: Reason[];
  recorded: Reason[];
  rejected: {
    count: number;
    /** Why the first of them did. */
    first?: Reason;
  };
}

/** Of a change that nobody was asked about yet. */
export function emptyResult(): DecisionResult {
  return {
    rollouts: [],
    withdrawn: [],
    told: [],
    policyIds: [],
    noted: [],
    blocked: [],
    recorded: [],
    rejected: { count: 0 },
  };
}
