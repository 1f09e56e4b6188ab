import { Knex } from 'knex';
import { Protections } from '../protection';
import { TargetStore } from '../targets';
import { ApprovalStore } from './ApprovalStore';
import { GateKeeper } from './GateKeeper';
import { GateStore } from './GateStore';
import { approversOf } from './ProtectionPreflight';
import { RolloutStore } from './RolloutStore';
import { NewRollout } from './StoredRollout';

/** What {@link ProtectionAdmission} is made of. */
export interface ProtectionAdmissionOptions {
  approvals: ApprovalStore;
  gateKeeper: GateKeeper;
  gateStore: GateStore;
  protections: Protections;
  rollouts: RolloutStore;
  targetStore: TargetStore;
}

/**
 * Asks the gates of what a person wants to deploy when it comes in: who has to
 * approve is asked at once, and what has to wait ends no running rollout.
 */
export class ProtectionAdmission {
  constructor(private readonly options: ProtectionAdmissionOptions) {}

  /** @returns whether it may take its target as soon as that is free */
  async admit(
    trx: Knex.Transaction,
    { id, targetKey, owners }: NewRollout,
  ): Promise<boolean> {
    const { approvals, gateKeeper, gateStore, protections } = this.options;
    const { rollouts, targetStore } = this.options;
    const inserted = await rollouts.get(id, trx);
    const { demands } = await protections.of(inserted, trx);
    const rule = demands.approval;
    if (rule && owners && !(await gateKeeper.exemptionOf(inserted, trx))) {
      const question = {
        required: rule.count,
        approvers: approversOf(rule, owners),
        notBy: inserted.author,
      };
      await approvals.ask(trx, id, question, rule.deadlineMs);
    }
    const decided = await gateKeeper.decide(
      trx,
      await rollouts.get(id, trx),
      await targetStore.lock(trx, targetKey),
    );
    await gateStore.setGates(trx, id, decided.states);
    return !decided.verdict;
  }
}
