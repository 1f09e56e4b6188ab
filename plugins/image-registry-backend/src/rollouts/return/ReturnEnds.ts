import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { TargetStore } from '../../targets';
import { Held } from '../Held';
import { broughtBy, BroughtImage, targetKeysOf } from '../others';
import { RolloutQueue } from '../RolloutQueue';
import { RolloutStore } from '../RolloutStore';
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
    await targetStore.lockAll(trx, targetKeysOf(rollout));
    await rollouts.transition(trx, rollout, to, { token, reason });
    const [own, ...others] = broughtBy(rollout);
    for (const brought of [{ ...own, previous: rollout.returnTo }, ...others]) {
      await this.#hold(trx, rollout.entityRef, brought);
    }
  }

  async #hold(
    trx: Knex.Transaction,
    entityRef: string,
    { targetKey, image, previous = image }: BroughtImage,
  ): Promise<void> {
    const { queue, targetStore } = this.options;
    const because = returnReasons.held(image, previous);
    if (!(await targetStore.holdOf(trx, targetKey))) {
      const { message: reason } = because;
      await targetStore.hold(trx, { targetKey, entityRef, reason, because });
    }
    await queue.cancelAutomation(trx, targetKey, because);
  }
}
