import {
  Reason,
  runningRolloutStates,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { databaseNow, isSqlite, jsonToColumn } from '../database';
import { LostLeaseError } from './LostLeaseError';
import { RolloutSteps } from './RolloutSteps';
import { RolloutStore } from './RolloutStore';
import { isOpenRollout, isRunningRollout } from './openRollouts';
import { isAutomatic, RolloutRow, StoredRollout } from './StoredRollout';
import { isFinal } from './transitions';

/** How a rollout is given back. */
export interface ReleaseOptions {
  retryInMs?: number;
  /** Counts as an attempt. */
  failed?: boolean;
  /** Why; kept as a step of its history. */
  reason?: Reason;
}

/**
 * Which worker holds which rollout, and until when by the database's clock.
 * The token of a lease fences off whoever held it before.
 */
export class RolloutLeases {
  readonly #knex: Knex;
  readonly #rollouts: RolloutStore;
  readonly #steps: RolloutSteps;

  private constructor(options: {
    knex: Knex;
    rollouts: RolloutStore;
    steps: RolloutSteps;
  }) {
    this.#knex = options.knex;
    this.#rollouts = options.rollouts;
    this.#steps = options.steps;
  }

  static create(options: {
    knex: Knex;
    rollouts: RolloutStore;
    steps: RolloutSteps;
  }): RolloutLeases {
    return new RolloutLeases(options);
  }

  /**
   * Ids of rollouts that a worker may try to claim, the running ones first;
   * of each target only the oldest, so that a long queue of one target does
   * not hide the others.
   */
  async claimable(
    limit: number,
  ): Promise<Array<Pick<StoredRollout, 'id' | 'targetKey'>>> {
    const next = this.#due(this.#knex('rollouts as next'))
      .min('next.sequence')
      .whereRaw(isOpenRollout('next'))
      .whereIn('next.state', ['queued', 'waiting'])
      .whereNotExists(
        this.#knex('rollouts as busy')
          .select('busy.id')
          .whereRaw('busy.target_key = next.target_key')
          .whereRaw(isRunningRollout('busy')),
      )
      .groupBy('next.target_key');
    const rows: RolloutRow[] = await this.#knex('rollouts')
      .select('id', 'target_key')
      .whereRaw(isOpenRollout())
      .andWhere(claimable => {
        claimable.whereIn('sequence', next).orWhere(mine => {
          this.#due(mine).whereIn('state', [...runningRolloutStates]);
        });
      })
      .orderByRaw(
        "CASE WHEN state IN ('queued', 'waiting') THEN 1 ELSE 0 END, sequence",
      )
      .limit(limit);
    return rows.map(row => ({ id: row.id, targetKey: row.target_key }));
  }

  /** Held by nobody, and not to be left alone for a while. */
  #due(query: Knex.QueryBuilder): Knex.QueryBuilder {
    const now = databaseNow(this.#knex);
    return query
      .andWhere(free =>
        free.whereNull('lease_until').orWhere('lease_until', '<', now),
      )
      .andWhere(due =>
        due.whereNull('next_attempt_at').orWhere('next_attempt_at', '<=', now),
      );
  }

  /**
   * Takes the lease of a rollout whose target is locked. Undefined when it is
   * not free any more, when its target is busy, or when it is the automation's
   * and what a person asked for before is about to be tried.
   */
  async take(
    trx: Knex.Transaction,
    id: string,
    leaseMs: number,
  ): Promise<{ rollout: StoredRollout; token: string } | undefined> {
    const rollout = await this.#rollouts.get(id, trx);
    if (isFinal(rollout.state)) {
      return undefined;
    }
    const busy = await trx<RolloutRow>('rollouts')
      .where({ target_key: rollout.targetKey })
      .whereRaw(isOpenRollout())
      .whereNot({ id })
      .andWhere(other =>
        other
          .whereIn('state', [...runningRolloutStates])
          .orWhere(waiting =>
            waiting
              .whereIn('state', ['queued', 'waiting'])
              .andWhere('lease_until', '>=', databaseNow(trx)),
          )
          .orWhere(person => {
            if (isAutomatic(rollout)) {
              person
                .whereIn('state', ['queued', 'waiting'])
                .whereNot('cause', rollout.cause)
                .andWhere('sequence', '<', rollout.sequence)
                .andWhere(due =>
                  due
                    .whereNull('next_attempt_at')
                    .orWhere('next_attempt_at', '<=', databaseNow(trx)),
                );
            }
          }),
      )
      .first();
    if (busy) {
      return undefined;
    }
    const token = randomUUID();
    const count = await trx('rollouts')
      .where({ id, state: rollout.state })
      .andWhere(free =>
        free
          .whereNull('lease_until')
          .orWhere('lease_until', '<', databaseNow(trx)),
      )
      .update({
        lease_token: token,
        lease_until: databaseNow(trx, leaseMs),
      });
    return count === 1 ? { rollout, token } : undefined;
  }

  /**
   * Prolongs a lease and tells whether the rollout is to end for another one.
   * @throws LostLeaseError
   */
  async renew(
    id: string,
    token: string,
    leaseMs: number,
  ): Promise<{ interruptedBy?: string }> {
    const count = await this.#knex('rollouts')
      .where({ id, lease_token: token })
      .update({ lease_until: databaseNow(this.#knex, leaseMs) });
    if (count === 0) {
      throw new LostLeaseError(id);
    }
    const { interruptedBy } = await this.#rollouts.get(id);
    return { interruptedBy };
  }

  /** Gives a rollout back without a change of state. */
  async release(
    id: string,
    token: string,
    options: ReleaseOptions = {},
  ): Promise<void> {
    await this.#knex.transaction(trx =>
      this.releaseWithin(trx, id, token, options),
    );
  }

  /** The same, inside a larger step. */
  async releaseWithin(
    trx: Knex.Transaction,
    id: string,
    token: string,
    options: ReleaseOptions,
  ): Promise<void> {
    const count = await trx('rollouts')
      .where({ id, lease_token: token })
      .update({
        lease_token: null,
        lease_until: null,
        next_attempt_at:
          options.retryInMs === undefined
            ? null
            : databaseNow(trx, options.retryInMs),
        ...(options.failed && { attempts: trx.raw('attempts + 1') }),
        ...(options.reason && { reason: jsonToColumn(options.reason) }),
      });
    if (count === 1 && options.reason) {
      const { state } = await this.#rollouts.get(id, trx);
      const { reason } = options;
      await this.#steps.addRetry(trx, id, { state, reason });
    }
  }

  /** On SQLite one process owns the file: what it held before is free. */
  async releaseAllOnSqlite(): Promise<void> {
    if (isSqlite(this.#knex)) {
      await this.#knex('rollouts')
        .whereRaw(isOpenRollout())
        .whereNotNull('lease_until')
        .update({ lease_token: null, lease_until: null });
    }
  }
}
