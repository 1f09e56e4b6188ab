import {
  ApprovalsQuery,
  ApproveRollout,
  Freeze,
  Page,
  PendingApproval,
  PutFreeze,
  RejectRollout,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReadOptions } from './RegistriesApi';

/**
 * What stands between a deploy and its target: freezes and approvals.
 *
 * @public
 */
export interface ProtectionApi {
  /**
   * The freezes in force: the portal's, and a component's own when one is
   * named.
   */
  listFreezes(
    query?: { entityRef?: string },
    options?: ReadOptions,
  ): Promise<Freeze[]>;
  /** Stops all deploys, or those of a component; replaces the one before. */
  putFreeze(body: PutFreeze): Promise<Freeze>;
  /** @param entityRef - absent: the portal's */
  deleteFreeze(entityRef?: string): Promise<void>;
  /** What waits for an approval and the caller may see. */
  listApprovals(
    query?: ApprovalsQuery,
    options?: ReadOptions,
  ): Promise<Page<PendingApproval>>;
  /** 409 when the rollout is of another digest than the approver saw. */
  approveRollout(id: string, body: ApproveRollout): Promise<Rollout>;
  rejectRollout(id: string, body: RejectRollout): Promise<Rollout>;
}
