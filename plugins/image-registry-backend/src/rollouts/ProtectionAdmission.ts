import { Knex } from 'knex';
import { approversOf, Protections } from '../protection';
import { TargetStore } from '../targets';
import { ApprovalStore } from './ApprovalStore';
import { GateKeeper } from './GateKeeper';
import { GateStore } from './GateStore';
import { Admission } from './RolloutQueue';
import { RolloutStore } from './RolloutStore';
import { NewRollout, StoredRollout } from './StoredRollout';

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
export class ProtectionAdmission implements Admission {
  constructor(private readonly options: ProtectionAdmissionOptions) {}

  async admit(
    trx: Knex.Transaction,
    { id, owners }: NewRollout,
  ): Promise<boolean> {
    const { approvals, gateKeeper, protections, rollouts } = this.options;
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
    return this.mayBegin(trx, await rollouts.get(id, trx));
  }

  async mayBegin(
    trx: Knex.Transaction,
    rollout: StoredRollout,
  ): Promise<boolean> {
    const { gateKeeper, gateStore, targetStore } = this.options;
    const target = await targetStore.lock(trx, rollout.targetKey);
    const decided = await gateKeeper.decide(trx, rollout, target);
    await gateStore.setGates(trx, rollout.id, decided.states);
    return !decided.verdict;
  }
}
