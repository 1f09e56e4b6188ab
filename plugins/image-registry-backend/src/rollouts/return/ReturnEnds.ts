import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { TargetStore } from '../../targets';
import { Held } from '../Held';
import { RolloutQueue } from '../RolloutQueue';
import { RolloutStore } from '../RolloutStore';
import { StoredRollout } from '../StoredRollout';
import { returnReasons } from './returnReasons';

/** What {@link ReturnEnds} is made of. */
export interface ReturnEndsOptions {
  queue: RolloutQueue;
  rollouts: RolloutStore;
  targetStore: TargetStore;
}

/**
 * Ends automatic returns. However one ends, the automation is held in the same
 * transaction: only a person knows what is to come next.
 */
export class ReturnEnds {
  constructor(private readonly options: ReturnEndsOptions) {}

  /** The last good image serves again. */
  async succeeded(
    trx: Knex.Transaction,
    held: Held,
    reason: Reason,
  ): Promise<void> {
    await this.#end(trx, held, 'rolled-back', reason);
  }

  /** @param why - it did not come back */
  async failed(
    trx: Knex.Transaction,
    held: Held,
    why: Reason | undefined,
  ): Promise<void> {
    const { returnTo, returnApplied, image } = held.rollout;
    const to = returnTo ?? image;
    const set = returnApplied ? to : image;
    const reason = returnReasons.failed(to, set, why);
    await this.#end(trx, held, 'failed', reason);
  }

  /** What a person deploys meanwhile says itself whether it holds anything. */
  async interrupted(
    trx: Knex.Transaction,
    { rollout, token }: Held,
    by: string,
  ): Promise<void> {
    const to = rollout.returnTo ?? rollout.image;
    await this.options.rollouts.transition(trx, rollout, 'failed', {
      token,
      reason: returnReasons.interrupted(to, by),
    });
  }

  async #end(
    trx: Knex.Transaction,
    { rollout, token }: Held,
    to: 'rolled-back' | 'failed',
    reason: Reason,
  ): Promise<void> {
    const { rollouts, targetStore } = this.options;
    await targetStore.lock(trx, rollout.targetKey);
    await rollouts.transition(trx, rollout, to, { token, reason });
    await this.#hold(trx, rollout);
  }

  async #hold(trx: Knex.Transaction, rollout: StoredRollout): Promise<void> {
    const { queue, targetStore } = this.options;
    const { targetKey, entityRef, image, returnTo = image } = rollout;
    const because = returnReasons.held(image, returnTo);
    if (!(await targetStore.holdOf(trx, targetKey))) {
      const { message: reason } = because;
      await targetStore.hold(trx, { targetKey, entityRef, reason, because });
    }
    await queue.cancelAutomation(trx, targetKey, because);
  }
}
