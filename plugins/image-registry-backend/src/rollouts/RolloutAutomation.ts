import { Knex } from 'knex';
import { PolicyDemandsSource } from '../protection';
import { RolloutGate, RolloutPreflight, RolloutReview } from './gates';
import { StoredRollout } from './StoredRollout';

/** Called in a transaction, with the rollout of a person as one target sees it. */
export type ManualDeployHook = (
  trx: Knex.Transaction,
  rollout: StoredRollout,
) => Promise<void>;

/** What a room that enqueues rollouts by itself has to say about others. */
export interface RolloutAutomation {
  gate: RolloutGate;
  /** What a policy asks of its own rollouts. */
  demandsOf: PolicyDemandsSource;
  preflight: RolloutPreflight;
  /** Asked with what the cluster tells of the target just before it is written. */
  review: RolloutReview;
  /**
   * When it is enqueued: the policies set a hold when it is not what they would
   * choose.
   */
  onManualDeploy: ManualDeployHook;
  /** When it has succeeded: what the policies would choose lifts a hold. */
  onDeployed: ManualDeployHook;
  /** Called in the transaction that lifts a hold of a target. */
  onLift(trx: Knex.Transaction, targetKey: string): Promise<void>;
  /** Called after a hold was lifted: time to look again. */
  onResume(targetKey: string): Promise<void>;
}
