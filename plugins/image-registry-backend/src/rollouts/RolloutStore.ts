import { NotFoundError } from '@backstage/errors';
import {
  finalRolloutStates,
  Page,
  Reason,
  RolloutEvent,
  RolloutsQuery,
  RolloutState,
  runningRolloutStates,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  databaseNow,
  isSqlite,
  jsonFromColumn,
  jsonToColumn,
} from '../database';
import { encodeCursor, queryTime, sequenceOfCursor } from '../http';
import {
  eventFromRow,
  isAutomatic,
  NewRollout,
  RolloutEventRow,
  rolloutFromRow,
  RolloutRow,
  StoredRollout,
} from './StoredRollout';
import { isFinal, mayFollow } from './transitions';

const DEFAULT_PAGE = 50;

/** Fields that a transition sets beside the state. */
export interface TransitionPatch {
  reason?: Reason;
  previous?: StoredRollout['previous'];
  applied?: StoredRollout['applied'];
  /** Milliseconds from now until it is looked at again. */
  retryInMs?: number;
  /** What the step is called; default the new state. */
  type?: string;
}

/** Which rollouts {@link RolloutStore.list} answers. */
export type RolloutFilter = Omit<RolloutsQuery, 'owner'> & {
  entityRefs?: string[];
};

/** Thrown when another worker, or a person, has taken the rollout meanwhile. */
export class LostLeaseError extends Error {
  constructor(id: string) {
    super(`Rollout ${id} is not this worker's any more`);
    this.name = 'LostLeaseError';
  }
}

/** The rows of rollouts and their steps. */
export class RolloutStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): RolloutStore {
    return new RolloutStore(options.knex);
  }

  async transaction<T>(run: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.knex.transaction(run);
  }

  /** @throws NotFoundError */
  async get(id: string, trx?: Knex.Transaction): Promise<StoredRollout> {
    const row = await (trx ?? this.knex)<RolloutRow>('rollouts')
      .where({ id })
      .first();
    if (!row) {
      throw new NotFoundError(`No rollout ${id}`);
    }
    return rolloutFromRow(row);
  }

  async findByIdempotencyKey(key: string): Promise<StoredRollout | undefined> {
    const row = await this.knex<RolloutRow>('rollouts')
      .where({ idempotency_key: key } as Partial<RolloutRow>)
      .first();
    return row && rolloutFromRow(row);
  }

  /** Newest first. */
  async list(filter: RolloutFilter): Promise<Page<StoredRollout>> {
    const limit = filter.limit ?? DEFAULT_PAGE;
    const after = sequenceOfCursor(filter.cursor);
    const query = this.knex<RolloutRow>('rollouts')
      .orderBy('sequence', 'desc')
      .limit(limit + 1);
    if (after !== undefined) {
      query.where('sequence', '<', after);
    }
    if (filter.entityRefs) {
      query.whereIn('entity_ref', filter.entityRefs);
    }
    if (filter.entityRef) {
      query.where('entity_ref', filter.entityRef);
    }
    if (filter.targetKey) {
      query.where('target_key', filter.targetKey);
    }
    if (filter.state) {
      query.where('state', filter.state);
    }
    if (filter.environment) {
      query.where('environment', filter.environment);
    }
    const from = queryTime('from', filter.from);
    const to = queryTime('to', filter.to);
    if (from !== undefined) {
      query.where('created_at', '>=', from);
    }
    if (to !== undefined) {
      query.where('created_at', '<', to);
    }
    const rows = await query;
    const items = rows.slice(0, limit).map(rolloutFromRow);
    return {
      items,
      nextCursor:
        rows.length > limit
          ? encodeCursor([items[items.length - 1].sequence])
          : undefined,
    };
  }

  async events(rolloutId: string): Promise<RolloutEvent[]> {
    const rows = await this.knex<RolloutEventRow>('rollout_events')
      .where({ rollout_id: rolloutId })
      .orderBy('sequence');
    return rows.map(eventFromRow);
  }

  /** Rollouts of targets that are queued or under way, newest first. */
  async open(targetKeys: string[]): Promise<StoredRollout[]> {
    const rows = await this.knex<RolloutRow>('rollouts')
      .whereIn('target_key', targetKeys)
      .whereNotIn('state', [...finalRolloutStates])
      .orderBy('sequence', 'desc');
    return rows.map(rolloutFromRow);
  }

  /** When each target was last brought to what it runs; ISO 8601. */
  async lastSuccesses(
    targetKeys: string[],
  ): Promise<Map<string, StoredRollout>> {
    const rows = await this.knex<RolloutRow>('rollouts').whereIn(
      'sequence',
      this.knex('rollouts')
        .max('sequence')
        .whereIn('target_key', targetKeys)
        .where('state', 'succeeded')
        .groupBy('target_key'),
    );
    return new Map(rows.map(row => [row.target_key, rolloutFromRow(row)]));
  }

  async insert(trx: Knex.Transaction, rollout: NewRollout): Promise<void> {
    await trx('rollouts').insert({
      id: rollout.id,
      entity_ref: rollout.entityRef,
      target_key: rollout.targetKey,
      environment: rollout.environment ?? null,
      registry_id: rollout.image.registryId ?? null,
      repository: rollout.image.repository,
      tag: rollout.image.tag ?? null,
      digest: rollout.image.digest,
      image: rollout.image.reference,
      state: 'queued',
      cause: rollout.cause,
      author: rollout.author,
      note: rollout.note ?? null,
      policy_id: rollout.policyId ?? null,
      decision_id: rollout.decisionId ?? null,
      origin_id: rollout.originId ?? null,
      idempotency_key: rollout.idempotencyKey ?? null,
      created_at: databaseNow(trx),
    });
    await this.addEvent(trx, rollout.id, { type: 'queued', state: 'queued' });
  }

  /** Open rollouts of a locked target in the given states, oldest first. */
  async ofTarget(
    trx: Knex.Transaction,
    targetKey: string,
    states: readonly RolloutState[],
  ): Promise<StoredRollout[]> {
    const rows = await trx<RolloutRow>('rollouts')
      .where({ target_key: targetKey })
      .whereIn('state', [...states])
      .orderBy('sequence');
    return rows.map(rolloutFromRow);
  }

  /** The newest rollout of a locked target that ran, runs or is to run. */
  async newestEffective(
    trx: Knex.Transaction,
    targetKey: string,
  ): Promise<StoredRollout | undefined> {
    const row = await trx<RolloutRow>('rollouts')
      .where({ target_key: targetKey })
      .whereNotIn('state', ['superseded', 'cancelled', 'rejected'])
      .orderBy('sequence', 'desc')
      .first();
    return row && rolloutFromRow(row);
  }

  /** Asks the worker of a running rollout to end it for another one. */
  async interrupt(
    trx: Knex.Transaction,
    targetKey: string,
    by: string,
  ): Promise<void> {
    await trx('rollouts')
      .where({ target_key: targetKey })
      .whereIn('state', [...runningRolloutStates])
      .update({ interrupted_by: by, next_attempt_at: null });
  }

  /**
   * Ids of rollouts that a worker may try to claim, the running ones first;
   * of each target only the oldest, so that a long queue of one target does
   * not hide the others.
   */
  async claimable(
    limit: number,
  ): Promise<Array<Pick<StoredRollout, 'id' | 'targetKey'>>> {
    const running = [...runningRolloutStates];
    const next = this.#due(this.knex('rollouts as next'))
      .min('next.sequence')
      .whereIn('next.state', ['queued', 'waiting'])
      .whereNotExists(
        this.knex('rollouts as busy')
          .select('busy.id')
          .whereRaw('busy.target_key = next.target_key')
          .whereIn('busy.state', running),
      )
      .groupBy('next.target_key');
    const rows: RolloutRow[] = await this.knex('rollouts')
      .select('id', 'target_key')
      .whereIn('sequence', next)
      .orWhere(mine => {
        this.#due(mine).whereIn('state', running);
      })
      .orderByRaw(
        "CASE WHEN state IN ('queued', 'waiting') THEN 1 ELSE 0 END, sequence",
      )
      .limit(limit);
    return rows.map(row => ({ id: row.id, targetKey: row.target_key }));
  }

  /** Held by nobody, and not to be left alone for a while. */
  #due(query: Knex.QueryBuilder): Knex.QueryBuilder {
    const now = databaseNow(this.knex);
    return query
      .andWhere(free =>
        free.whereNull('lease_until').orWhere('lease_until', '<', now),
      )
      .andWhere(due =>
        due.whereNull('next_attempt_at').orWhere('next_attempt_at', '<=', now),
      );
  }

  /** The newest rollout of a locked target that was begun after this one came in. */
  async begunAfter(
    trx: Knex.Transaction,
    { targetKey, sequence }: Pick<StoredRollout, 'targetKey' | 'sequence'>,
  ): Promise<StoredRollout | undefined> {
    const row = await trx<RolloutRow>('rollouts')
      .where({ target_key: targetKey })
      .where('sequence', '>', sequence)
      .whereNotNull('started_at')
      .orderBy('sequence', 'desc')
      .first();
    return row && rolloutFromRow(row);
  }

  /**
   * Takes the lease of a rollout whose target is locked. Undefined when it is
   * not free any more, when its target is busy, or when it is the automation's
   * and what a person asked for before still waits.
   */
  async lease(
    trx: Knex.Transaction,
    id: string,
    leaseMs: number,
  ): Promise<{ rollout: StoredRollout; token: string } | undefined> {
    const rollout = await this.get(id, trx);
    if (isFinal(rollout.state)) {
      return undefined;
    }
    const busy = await trx<RolloutRow>('rollouts')
      .where({ target_key: rollout.targetKey })
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
                .andWhere('sequence', '<', rollout.sequence);
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
    const count = await this.knex('rollouts')
      .where({ id, lease_token: token })
      .update({ lease_until: databaseNow(this.knex, leaseMs) });
    if (count === 0) {
      throw new LostLeaseError(id);
    }
    const { interruptedBy } = await this.get(id);
    return { interruptedBy };
  }

  /** Gives a rollout back without a change of state. */
  async release(
    id: string,
    token: string,
    options: { retryInMs?: number; failed?: boolean; reason?: Reason } = {},
  ): Promise<void> {
    await this.knex.transaction(async trx => {
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
        const { state } = await this.get(id, trx);
        const { reason } = options;
        await this.#addRetry(trx, id, { state, reason });
      }
    });
  }

  /** On SQLite one process owns the file: what it held before is free. */
  async releaseAllOnSqlite(): Promise<void> {
    if (isSqlite(this.knex)) {
      await this.knex('rollouts')
        .whereNotNull('lease_until')
        .update({ lease_token: null, lease_until: null });
    }
  }

  /**
   * The one place where a rollout changes its state; each change is a step in
   * its history. With a token, only the holder of the lease may do it; without
   * one the target must be locked.
   *
   * @throws LostLeaseError when the rollout is in another state or lease
   */
  async transition(
    trx: Knex.Transaction,
    rollout: { id: string; state: RolloutState },
    to: RolloutState,
    options: TransitionPatch & { token?: string } = {},
  ): Promise<void> {
    if (!mayFollow(rollout.state, to)) {
      throw new Error(`A rollout cannot go from ${rollout.state} to ${to}`);
    }
    const leaves = isFinal(to) || to === 'waiting';
    const count = await trx('rollouts')
      .where({
        id: rollout.id,
        state: rollout.state,
        ...(options.token && { lease_token: options.token }),
      })
      .update({
        state: to,
        reason: jsonToColumn(options.reason),
        next_attempt_at:
          options.retryInMs === undefined
            ? null
            : databaseNow(trx, options.retryInMs),
        ...(to === 'waiting' && { attempts: trx.raw('attempts + 1') }),
        ...(to === 'applying' && {
          started_at: databaseNow(trx),
          attempts: 0,
        }),
        ...(isFinal(to) && { finished_at: databaseNow(trx) }),
        ...(leaves && { lease_token: null, lease_until: null }),
        ...(options.previous && { previous: jsonToColumn(options.previous) }),
        ...(options.applied && { applied: jsonToColumn(options.applied) }),
      });
    if (count !== 1) {
      throw new LostLeaseError(rollout.id);
    }
    await this.addEvent(trx, rollout.id, {
      type: options.type ?? to,
      state: to,
      reason: options.reason,
    });
  }

  /** A look at the pods; replaces the last one while its reason is the same. */
  async recordProgress(
    id: string,
    token: string,
    progress: NonNullable<RolloutEvent['progress']>,
    reason: Reason | undefined,
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      const count = await trx('rollouts')
        .where({ id, lease_token: token })
        .update({ reason: jsonToColumn(reason) });
      if (count === 0) {
        throw new LostLeaseError(id);
      }
      const last = await trx<RolloutEventRow>('rollout_events')
        .where({ rollout_id: id, type: 'progress' })
        .orderBy('sequence', 'desc')
        .first();
      if (last && hasReason(last, reason)) {
        await trx('rollout_events')
          .where({ sequence: last.sequence })
          .update({
            reason: jsonToColumn(reason),
            progress: jsonToColumn(progress),
          });
      } else {
        await this.addEvent(trx, id, {
          type: 'progress',
          state: 'progressing',
          reason,
          progress,
        });
      }
    });
  }

  /** However long a rollout is tried again, each reason for it is one step. */
  async #addRetry(
    trx: Knex.Transaction,
    rolloutId: string,
    event: Required<Pick<RolloutEvent, 'state' | 'reason'>>,
  ): Promise<void> {
    const retries = await trx<RolloutEventRow>('rollout_events').where({
      rollout_id: rolloutId,
      type: 'retry',
      state: event.state,
    });
    const before = retries.find(row => hasReason(row, event.reason));
    if (before) {
      await trx('rollout_events').where({ sequence: before.sequence }).delete();
    }
    await this.addEvent(trx, rolloutId, {
      ...event,
      type: 'retry',
      times: (before?.times ?? 0) + 1,
    });
  }

  async addEvent(
    trx: Knex.Transaction,
    rolloutId: string,
    event: Omit<RolloutEvent, 'sequence' | 'at'>,
  ): Promise<void> {
    await trx('rollout_events').insert({
      rollout_id: rolloutId,
      at: databaseNow(trx),
      type: event.type,
      state: event.state,
      reason: jsonToColumn(event.reason),
      progress: jsonToColumn(event.progress),
      times: event.times ?? 1,
    });
  }
}

function hasReason(row: RolloutEventRow, reason: Reason | undefined): boolean {
  return jsonFromColumn<Reason>(row.reason)?.code === reason?.code;
}
