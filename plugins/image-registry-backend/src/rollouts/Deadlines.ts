import { LoggerService } from '@backstage/backend-plugin-api';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { FreezeStore, protectionReasons, Protections } from '../protection';
import { TargetStore } from '../targets';
import { GateStore } from './GateStore';
import { RolloutQueue } from './RolloutQueue';
import { RolloutStore } from './RolloutStore';

/** What {@link Deadlines} is made of. */
export interface DeadlinesOptions {
  freezes: FreezeStore;
  gateStore: GateStore;
  logger: LoggerService;
  protections: Protections;
  queue: RolloutQueue;
  rollouts: RolloutStore;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
  /** Called in the transaction that lifts a hold. */
  onLift(trx: Knex.Transaction, targetKey: string): Promise<void>;
  /** Called after a hold was lifted: the policies look again. */
  onResume(targetKey: string): Promise<void>;
}

/** Ends what has its time: approvals, freezes and holds. */
export class Deadlines {
  constructor(private readonly options: DeadlinesOptions) {}

  /** One that fails holds up no other; the next run tries it again. */
  async run(): Promise<void> {
    await this.#orLog(() => this.#endApprovals());
    await this.#orLog(() => this.#endFreezes());
    await this.#orLog(() => this.#endHolds());
  }

  async #endApprovals(): Promise<void> {
    const { rollouts } = this.options;
    for (const { id, targetKey } of await this.options.gateStore.lapsed()) {
      await this.#orLog(async () => {
        const ended = await rollouts.transaction(trx =>
          this.#endApproval(trx, id, targetKey),
        );
        if (ended) {
          this.options.queue.changed(await rollouts.get(id));
        }
      });
    }
  }

  /** @returns whether it was still waiting, and not approved */
  async #endApproval(
    trx: Knex.Transaction,
    id: string,
    targetKey: string,
  ): Promise<boolean> {
    const { gateStore, protections, queue, rollouts, targetStore } =
      this.options;
    await targetStore.lock(trx, targetKey);
    const rollout = await rollouts.get(id, trx);
    const { approval, state } = rollout;
    const given = approval?.given.length ?? 0;
    const { demands } = await protections.of(rollout, trx);
    if (
      !approval ||
      !demands.approval ||
      given >= demands.approval.count ||
      (state !== 'queued' && state !== 'waiting')
    ) {
      return false;
    }
    const reason = protectionReasons.approvalLapsed(
      given,
      demands.approval.count,
    );
    await queue.cancel(trx, rollout, reason, 'rejected');
    await gateStore.makeDue({ targetKey }, trx);
    return true;
  }

  async #endFreezes(): Promise<void> {
    for (const { entityRef } of await this.options.freezes.removeEnded()) {
      this.options.publish({ topic: 'freeze', entityRef });
    }
  }

  async #endHolds(): Promise<void> {
    const { onLift, onResume, publish, rollouts, targetStore } = this.options;
    for (const { id, targetKey, entityRef } of await targetStore.endedHolds()) {
      await this.#orLog(async () => {
        const lifted = await rollouts.transaction(async trx => {
          await targetStore.lock(trx, targetKey);
          const removed = await targetStore.liftEnded(trx, id);
          if (removed) {
            await onLift(trx, targetKey);
          }
          return removed;
        });
        if (lifted) {
          publish({ topic: 'target', entityRef });
          await onResume(targetKey);
        }
      });
    }
  }

  async #orLog(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.logger.warn(`Deadlines: ${error}`);
    }
  }
}
