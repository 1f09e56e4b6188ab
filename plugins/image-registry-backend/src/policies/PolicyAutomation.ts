import { Knex } from 'knex';
import { PolicyDemands } from '../protection';
import { GateVerdict, RolloutAutomation, StoredRollout } from '../rollouts';
import { FoundTarget, TargetStore } from '../targets';
import { Authority } from './Authority';
import { DriftWatch } from './drift';
import { GitOpsGuard } from './GitOpsGuard';
import { PolicyLooks } from './PolicyLooks';
import { PolicyStore, StoredPolicy } from './PolicyStore';
import { readRule } from './readRule';
import { policyReasons, RUNNING_NEWER, RUNNING_NOT_ORDERED } from './reasons';

/** What {@link PolicyAutomation} is made of. */
export interface PolicyAutomationOptions {
  authority: Authority;
  drift: DriftWatch;
  gitOps: GitOpsGuard;
  looks: PolicyLooks;
  policies: PolicyStore;
  targetStore: TargetStore;
}

/** What policies have to say about rollouts, their own and those of people. */
export class PolicyAutomation implements RolloutAutomation {
  constructor(private readonly options: PolicyAutomationOptions) {}

  /** A policy that was deleted or switched off deploys nothing any more. */
  async gate(
    trx: Knex.Transaction,
    { policyId }: StoredRollout,
  ): Promise<GateVerdict | undefined> {
    if (!policyId) {
      return undefined;
    }
    const policy = await this.options.policies.find(policyId, trx);
    return policy?.enabled
      ? undefined
      : { verdict: 'cancelled', reason: policyReasons.policyGone() };
  }

  /** What a policy asks of its rollouts beyond their environment. */
  async demandsOf(
    policyId: string,
    trx?: Knex.Transaction,
  ): Promise<PolicyDemands | undefined> {
    return this.options.policies.find(policyId, trx);
  }

  /** The automation deploys only while the policy's author still may. */
  async preflight({
    policyId,
  }: StoredRollout): Promise<GateVerdict | undefined> {
    const policy = policyId && (await this.options.policies.find(policyId));
    if (!policy) {
      return undefined;
    }
    const reason = await this.options.authority.objection(policy);
    return reason && { verdict: 'failed', reason };
  }

  /**
   * What somebody changed outside the portal stops the automation, and so does
   * what would undo its work.
   */
  async review(
    { policyId }: StoredRollout,
    { workload }: FoundTarget,
  ): Promise<GateVerdict | undefined> {
    const { drift, gitOps, policies } = this.options;
    const policy = policyId && (await policies.find(policyId));
    if (!policy) {
      return undefined;
    }
    const reason =
      (await drift.review(policy, workload)) ??
      (await gitOps.review(policy, workload));
    return reason && { verdict: 'cancelled', reason };
  }

  /** What a person deploys by hand, and the automation would not, holds it. */
  async onManualDeploy(
    trx: Knex.Transaction,
    rollout: StoredRollout,
  ): Promise<void> {
    const { policies, targetStore } = this.options;
    const [policy] = await policies.ofTargets([rollout.targetKey], trx);
    if (!policy?.enabled) {
      return;
    }
    const { tag, digest, repository } = rollout.image;
    if (tag && waitsForManualDeploy(policy)) {
      const accepted =
        repository === policy.image.repository &&
        readRule(policy.rule).rule?.test(tag).accepted;
      if (accepted) {
        await policies.setHead(policy, { head: policy.head }, trx);
      }
    }
    const hold = await targetStore.holdOf(trx, rollout.targetKey);
    if (policy.head?.digest !== digest && !hold) {
      await targetStore.hold(trx, {
        targetKey: rollout.targetKey,
        entityRef: rollout.entityRef,
        reason: rollout.note ?? policyReasons.manualDeploy().message,
        author: rollout.author,
      });
    }
  }

  /** What a person deployed serves: the automation would have chosen it too. */
  async onDeployed(
    trx: Knex.Transaction,
    { targetKey, image }: StoredRollout,
  ): Promise<void> {
    const { policies, targetStore } = this.options;
    const [policy] = await policies.ofTargets([targetKey], trx);
    const hold = await targetStore.holdOf(trx, targetKey);
    if (hold && policy?.enabled && policy.head?.digest === image.digest) {
      await targetStore.lift(trx, hold.id);
    }
  }

  /** The policy is to look again. */
  async onLift(trx: Knex.Transaction, key: string): Promise<void> {
    const { policies } = this.options;
    const [policy] = await policies.ofTargets([key], trx);
    if (policy?.enabled && !policy.blocked) {
      const { head } = policy;
      const blocked = policyReasons.beingRead();
      await policies.setHead(policy, { head, blocked }, trx);
    }
  }

  /** What would have been deployed while it was held is decided now. */
  async onResume(key: string): Promise<void> {
    const [policy] = await this.options.policies.ofTargets([key]);
    if (policy?.enabled) {
      await this.options.looks.again(policy);
    }
  }
}

/** Blocked by what runs, until a person deploys what the rule takes. */
function waitsForManualDeploy({ blocked }: StoredPolicy): boolean {
  return (
    blocked?.code === RUNNING_NOT_ORDERED || blocked?.code === RUNNING_NEWER
  );
}
