import {
  HealthRule,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { RolloutObservation } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import {
  BigIntColumn,
  databaseNow,
  jsonFromColumn,
  jsonToColumn,
} from '../../database';
import { LostLeaseError } from '../LostLeaseError';
import { RolloutSteps } from '../RolloutSteps';
import { StoredRollout } from '../StoredRollout';
import { beginHealth, HealthRecord, withLook } from './HealthRecord';
import { HealthVerdict, judgeHealth } from './judgeHealth';

/** One look at a rollout that is watched. */
export interface Look {
  rule: HealthRule;
  observation: RolloutObservation;
  /** The template was what it is already. */
  samePods: boolean;
  /** How a reason is told; by itself as the driver gave it. */
  inWords(reason: Reason): Reason;
}

/** What was seen of rollouts, in their rows. */
export class HealthStore {
  readonly #knex: Knex;
  readonly #steps: RolloutSteps;

  private constructor(knex: Knex, steps: RolloutSteps) {
    this.#knex = knex;
    this.#steps = steps;
  }

  static create(options: { knex: Knex; steps: RolloutSteps }): HealthStore {
    return new HealthStore(options.knex, options.steps);
  }

  /** Begins to count, in the transaction in which the image was written. */
  async begin(trx: Knex.Transaction, id: string): Promise<void> {
    const { now } = await this.#read(trx, { id });
    await trx('rollouts')
      .where({ id })
      .update({ health: jsonToColumn(beginHealth(now)) });
  }

  /**
   * Adds a look to what was seen, and to the history.
   * @throws LostLeaseError
   */
  async look(
    { id, state, target }: StoredRollout,
    token: string,
    look: Look,
  ): Promise<HealthVerdict> {
    const { inWords, observation, rule, samePods } = look;
    return this.#knex.transaction(async trx => {
      const { health, now } = await this.#read(trx, {
        id,
        lease_token: token,
      });
      const before = health ?? beginHealth(now);
      const record = withLook(before, observation, now, samePods);
      const { kind } = target;
      const verdict = judgeHealth({ kind, rule, record, observation, now });
      const reason = reasonOf(verdict, observation);
      await trx('rollouts')
        .where({ id })
        .update({ health: jsonToColumn(record) });
      await this.#steps.recordProgress(trx, id, token, {
        state,
        progress: countsOf(observation),
        reason: reason && inWords(reason),
      });
      return verdict;
    });
  }

  async #read(
    trx: Knex.Transaction,
    where: { id: string; lease_token?: string },
  ): Promise<{ health?: HealthRecord; now: number }> {
    const row: { health: string | null; now: BigIntColumn } | undefined =
      await trx('rollouts')
        .where(where)
        .first({ health: 'health', now: databaseNow(trx) });
    if (!row) {
      throw new LostLeaseError(where.id);
    }
    return {
      health: jsonFromColumn<HealthRecord>(row.health),
      now: Number(row.now),
    };
  }
}

function reasonOf(
  verdict: HealthVerdict,
  { reason }: RolloutObservation,
): Reason | undefined {
  return verdict.result === 'goes-on' ? verdict.reason : reason;
}

function countsOf({
  replicas,
  updatedReplicas,
  readyReplicas,
  pods,
}: RolloutObservation) {
  return { replicas, updatedReplicas, readyReplicas, pods };
}
