import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  Approval,
  ApprovalsQuery,
  ApproveRollout,
  deploymentApprovePermission,
  deploymentReadPermission,
  Page,
  PendingApproval,
  Reason,
  RejectRollout,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { noRollout } from '../http';
import { Access, Actor, ownersOf } from '../access';
import {
  approversOf,
  isAmong,
  protectionReasons,
  Protections,
} from '../protection';
import { TargetStore } from '../targets';
import { approvalObjections as objections } from './approvalObjections';
import { ApprovalStore } from './ApprovalStore';
import { GateKeeper } from './GateKeeper';
import { GateStore } from './GateStore';
import { targetKeysOf } from './others';
import { RolloutQueue } from './RolloutQueue';
import { RolloutSteps } from './RolloutSteps';
import { RolloutStore } from './RolloutStore';
import { isAutomatic, StoredRollout, toApi } from './StoredRollout';

/** Pending approvals that one answer looks through at most. */
const MAX_LOOKED_AT = 500;

/** What {@link Approvals} is made of. */
export interface ApprovalsOptions {
  access: Access;
  approvals: ApprovalStore;
  gateKeeper: GateKeeper;
  gateStore: GateStore;
  protections: Protections;
  queue: RolloutQueue;
  rollouts: RolloutStore;
  steps: RolloutSteps;
  targetStore: TargetStore;
}

/** A rollout that has asked for approvals. */
type AskedRollout = StoredRollout & Required<Pick<StoredRollout, 'approval'>>;

/** What is asked by the rules as they are now. */
type AskedNow = Pick<Approval, 'approvers' | 'required'> & {
  deadlineMs: number;
};

/** Approvals as people give and refuse them. */
export class Approvals {
  constructor(private readonly options: ApprovalsOptions) {}

  /**
   * @throws ConflictError when another digest was seen, or it is not asked any
   * more
   * @throws NotAllowedError when the caller is not among the approvers
   */
  async approve(
    actor: Actor,
    id: string,
    { digest, note }: ApproveRollout,
  ): Promise<Rollout> {
    const asked = await this.#requireApprover(actor, id);
    if (actor.ref.toLowerCase() === asked.approval.notBy.toLowerCase()) {
      throw refusal(NotAllowedError, objections.own(actor.ref));
    }
    return this.#answer(asked, async (trx, rollout) => {
      if (digest !== rollout.approval.digest) {
        throw refusal(
          ConflictError,
          because(
            'approval-of-other-digest',
            `You saw ${digest}, and ${rollout.approval.digest} is to be deployed`,
            { seen: digest, asked: rollout.approval.digest },
          ),
        );
      }
      const { approvals } = this.options;
      const { approvers, required, deadlineMs } = asked.now;
      const { notBy } = rollout.approval;
      const question = { approvers, required, notBy };
      await approvals.ask(trx, id, question, deadlineMs);
      const answer = { rolloutId: id, author: actor.ref, digest, note };
      await approvals.answer(trx, { ...answer, answer: 'approved' });
      await this.#proceed(trx, rollout, actor);
    });
  }

  /**
   * Ends a rollout that was asked about.
   * @throws ConflictError when it is not asked any more
   * @throws NotAllowedError when the caller is not among the approvers
   */
  async reject(
    actor: Actor,
    id: string,
    { reason }: RejectRollout,
  ): Promise<Rollout> {
    const asked = await this.#requireApprover(actor, id);
    return this.#answer(asked, async (trx, rollout) => {
      const { approvals, gateStore, queue } = this.options;
      const { digest } = rollout.approval;
      const answer = { rolloutId: id, author: actor.ref, digest, note: reason };
      await approvals.answer(trx, { ...answer, answer: 'rejected' });
      const why = protectionReasons.rejectedBy(actor.ref, reason);
      await queue.cancel(trx, rollout, why, 'rejected');
      await gateStore.makeDue({ targetKey: rollout.targetKey }, trx);
    });
  }

  /** What waits for approvals, the newest first, and whether the caller may. */
  async list(
    actor: Actor,
    { mine, ...page }: ApprovalsQuery,
  ): Promise<Page<PendingApproval>> {
    const wanted = page.limit ?? 50;
    const found: PendingApproval[] = [];
    let { cursor } = page;
    for (let looked = 0; looked < MAX_LOOKED_AT; looked += wanted) {
      const { items, nextCursor } = await this.options.rollouts.list({
        asksForApproval: true,
        limit: wanted,
        cursor,
      });
      for (const item of items) {
        const pending = await this.#pending(actor, item);
        if (pending && (mine !== 'true' || pending.approvable.ok)) {
          found.push(pending);
        }
      }
      cursor = nextCursor;
      if (!cursor || found.length > 0) {
        break;
      }
    }
    return { items: found, nextCursor: cursor };
  }

  async #pending(
    actor: Actor,
    rollout: StoredRollout,
  ): Promise<PendingApproval | undefined> {
    const { approval, entityRef } = rollout;
    const { access } = this.options;
    if (
      !approval ||
      approval.given.length >= approval.required ||
      !(await access.mayOnEntity(actor, entityRef, deploymentReadPermission))
    ) {
      return undefined;
    }
    const reason = await this.#objection(actor, { ...rollout, approval });
    return {
      ...toApi(rollout),
      approval,
      approvable: reason ? { ok: false, reason } : { ok: true },
    };
  }

  async #objection(
    actor: Actor,
    { approval, entityRef }: AskedRollout,
  ): Promise<Reason | undefined> {
    if (actor.kind !== 'user') {
      return objections.service();
    }
    if (actor.ref.toLowerCase() === approval.notBy.toLowerCase()) {
      return objections.own(actor.ref);
    }
    if (approval.given.some(({ by }) => by === actor.ref)) {
      return objections.given();
    }
    if (!isAmong(actor, approval.approvers)) {
      return objections.notAmong(approval.approvers);
    }
    const allowed = await this.options.access.mayOnEntity(
      actor,
      entityRef,
      deploymentApprovePermission,
      { ownership: 'waived' },
    );
    return allowed ? undefined : objections.denied(entityRef);
  }

  /** Who is asked is looked up now: groups and owners change. */
  async #requireApprover(
    actor: Actor,
    id: string,
  ): Promise<AskedRollout & { now: AskedNow }> {
    const { access, protections, rollouts } = this.options;
    const rollout = await rollouts.get(id);
    const { approval, entityRef } = rollout;
    if (
      !(await access.mayOnEntity(actor, entityRef, deploymentReadPermission))
    ) {
      throw noRollout(id);
    }
    if (actor.kind !== 'user') {
      throw refusal(NotAllowedError, objections.service());
    }
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentApprovePermission,
      { ownership: 'waived' },
    );
    if (!approval) {
      throw refusal(
        ConflictError,
        because('no-approval-asked', 'This rollout asks for no approval'),
      );
    }
    const { demands } = await protections.of(rollout);
    const rule = demands.approval;
    const now = rule
      ? {
          approvers: approversOf(rule, ownersOf(entity)),
          required: rule.count,
          deadlineMs: rule.deadlineMs,
        }
      : { ...approval, deadlineMs: 0 };
    if (!isAmong(actor, now.approvers)) {
      throw refusal(NotAllowedError, objections.notAmong(now.approvers));
    }
    return { ...rollout, approval, now };
  }

  /** Answers a rollout as it is once its target is locked. */
  async #answer(
    { id, targetKey }: AskedRollout,
    write: (trx: Knex.Transaction, rollout: AskedRollout) => Promise<void>,
  ): Promise<Rollout> {
    const { queue, rollouts, targetStore } = this.options;
    const answered = await rollouts.transaction(async trx => {
      await targetStore.lock(trx, targetKey);
      const rollout = await rollouts.get(id, trx);
      const { approval, state } = rollout;
      if (!approval || (state !== 'queued' && state !== 'waiting')) {
        throw refusal(
          ConflictError,
          because(
            'only-waiting-approved',
            `Only what waits can be approved or rejected; this rollout is ${state}`,
          ),
        );
      }
      if (Date.parse(approval.deadlineAt) <= Date.now()) {
        throw refusal(
          ConflictError,
          because(
            'approval-time-passed',
            'The time for approving it has passed',
          ),
        );
      }
      await write(trx, { ...rollout, approval });
      return rollouts.get(id, trx);
    });
    queue.changed(answered);
    return toApi(answered);
  }

  /** One more approval: the gates are asked again, the worker is told. */
  async #proceed(
    trx: Knex.Transaction,
    { id, targetKey, state }: AskedRollout,
    actor: Actor,
  ): Promise<void> {
    const { gateKeeper, gateStore, rollouts, steps, targetStore } =
      this.options;
    const rollout = await rollouts.get(id, trx);
    const decided = await gateKeeper.decide(
      trx,
      rollout,
      await targetStore.lock(trx, targetKey),
    );
    await gateStore.setGates(trx, id, decided.states);
    await gateStore.makeDue({ id }, trx);
    const reason = protectionReasons.approved([actor.ref]);
    await steps.add(trx, id, { type: 'approved', state, reason });
    if (!decided.verdict && !isAutomatic(rollout)) {
      for (const key of targetKeysOf(rollout)) {
        await rollouts.interrupt(trx, key, id);
      }
    }
  }
}
