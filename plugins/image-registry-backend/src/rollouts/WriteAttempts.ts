import {
  Reason,
  RolloutState,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { databaseNow } from '../database';
import { TargetStore } from '../targets';
import { isApproved } from './gates';
import { Held } from './Held';
import { LostLeaseError } from './LostLeaseError';
import { targetKeysOf } from './others';
import { rolloutReasons } from './reasons';
import { RolloutStore } from './RolloutStore';
import { isAutomatic, RolloutRow, StoredRollout } from './StoredRollout';

/**
 * For so long a write whose answer was lost may still take effect, in ms: an
 * API server gives a request up after a minute.
 */
const LATE_WRITE_MS = 60_000;

/** What {@link WriteAttempts} is made of. */
export interface WriteAttemptsOptions {
  knex: Knex;
  rollouts: RolloutStore;
  targetStore: TargetStore;
}

/** Where a rollout goes when nothing of it was written. */
export interface StepBack {
  /** `queued` goes on at once, under the same lease. */
  to: 'queued' | 'waiting';
  /** Why nothing was written. */
  reason: Reason;
  retryInMs?: number;
}

/**
 * What is known of writes that did not come to their end. `applying` means that
 * one may have been sent; what is known to have changed nothing leaves it.
 */
export class WriteAttempts {
  constructor(private readonly options: WriteAttemptsOptions) {}

  /**
   * Stores that the answer to a write was missed.
   * @throws LostLeaseError
   */
  async lost({ rollout, token }: Held): Promise<void> {
    const { knex } = this.options;
    const count = await knex('rollouts')
      .where({ id: rollout.id, lease_token: token })
      .update({ write_lost_at: databaseNow(knex) });
    if (count !== 1) {
      throw new LostLeaseError(rollout.id);
    }
  }

  /**
   * The same, when nobody did since the target was taken: whoever held it
   * before ended in the middle.
   */
  async lostUnlessKnown({ rollout, token }: Held): Promise<void> {
    const { knex } = this.options;
    await knex('rollouts')
      .where({ id: rollout.id, lease_token: token })
      .andWhere(unknown =>
        unknown
          .whereNull('write_lost_at')
          .orWhere('write_lost_at', '<', knex.ref('started_at')),
      )
      .update({ write_lost_at: databaseNow(knex) });
  }

  /** Whether a write that nobody saw the answer of may take effect yet. */
  async mayStillLand(trx: Knex.Transaction, id: string): Promise<boolean> {
    const row = await trx<RolloutRow>('rollouts')
      .where({ id })
      .where('write_lost_at', '>', databaseNow(trx, -LATE_WRITE_MS))
      .first('id');
    return row !== undefined;
  }

  /**
   * Takes a rollout of which nothing was written out of `applying`: it has not
   * begun, and its target is free. Automation gives way to what came meanwhile.
   *
   * @returns its state then; undefined when a person's rollout has asked a
   * person's to end
   * @throws LostLeaseError
   */
  async stepBack(
    { rollout, token }: Held,
    { to, reason, retryInMs }: StepBack,
  ): Promise<RolloutState | undefined> {
    const { rollouts, targetStore } = this.options;
    return rollouts.transaction(async trx => {
      await targetStore.lockAll(trx, targetKeysOf(rollout));
      const now = await rollouts.get(rollout.id, trx);
      if (now.interruptedBy && !givesWay(now)) {
        return undefined;
      }
      const newer = await this.#newest(trx, now);
      const superseded = givesWay(now) && newer;
      await targetStore.restoreDesired(trx, now.desiredBefore ?? []);
      const state = superseded ? 'superseded' : to;
      await rollouts.transition(trx, rollout, state, {
        token,
        unwritten: true,
        ...(superseded
          ? { reason: rolloutReasons.supersededBy(newer.sequence) }
          : { reason, retryInMs }),
      });
      return state;
    });
  }

  /** What was queued on its targets after it, the newest of them. */
  async #newest(
    trx: Knex.Transaction,
    rollout: StoredRollout,
  ): Promise<StoredRollout | undefined> {
    const open = await this.options.rollouts.ofTargets(
      trx,
      targetKeysOf(rollout),
      ['queued', 'waiting'],
    );
    return open.filter(({ sequence }) => sequence > rollout.sequence).pop();
  }
}

/** Whether a newer one takes its place as long as it has not begun. */
function givesWay(rollout: StoredRollout): boolean {
  return isAutomatic(rollout) && !isApproved(rollout);
}
