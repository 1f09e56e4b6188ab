import {
  Page,
  parseTargetKey,
  RolloutState,
  rolloutStateSchema,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { jsonToColumn } from '../database';
import { encodeCursor, noRollout } from '../http';
import { ApprovalStore } from './ApprovalStore';
import { LostLeaseError } from './LostLeaseError';
import { isOpenRollout, isRunningRollout } from './openRollouts';
import { targetKeysOf } from './others';
import {
  columnsOfNew,
  columnsOfTransition,
  TransitionPatch,
} from './rolloutColumns';
import { applyRolloutFilter, RolloutFilter } from './rolloutFilter';
import { RolloutTargets, seenFrom } from './RolloutTargets';
import { RolloutSteps } from './RolloutSteps';
import {
  NewRollout,
  rolloutFromRow,
  RolloutRow,
  StoredRollout,
} from './StoredRollout';
import { isFinal, mayFollow } from './transitions';

const DEFAULT_PAGE = 50;

/** The rows of rollouts; each change of a state is a step in the history. */
export class RolloutStore {
  readonly #steps: RolloutSteps;
  readonly #approvals: ApprovalStore;
  readonly #targets: RolloutTargets;

  private constructor(private readonly knex: Knex, steps: RolloutSteps) {
    this.#steps = steps;
    this.#approvals = ApprovalStore.create({ knex });
    this.#targets = new RolloutTargets(knex);
  }

  static create(options: { knex: Knex; steps: RolloutSteps }): RolloutStore {
    return new RolloutStore(options.knex, options.steps);
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
      throw noRollout(id);
    }
    return this.#readOne(row, trx);
  }

  async findByIdempotencyKey(key: string): Promise<StoredRollout | undefined> {
    const row = await this.knex<RolloutRow>('rollouts')
      .where({ idempotency_key: key } as Partial<RolloutRow>)
      .first();
    return row && this.#readOne(row);
  }

  /** Newest first. */
  async list(filter: RolloutFilter): Promise<Page<StoredRollout>> {
    const limit = filter.limit ?? DEFAULT_PAGE;
    const query = this.knex<RolloutRow>('rollouts')
      .orderBy('sequence', 'desc')
      .limit(limit + 1);
    applyRolloutFilter(query, filter);
    if (filter.targetKey) {
      query.modify(await this.#targets.scopeOf([filter.targetKey]));
    }
    const rows = await query;
    const items = await this.#read(rows.slice(0, limit));
    return {
      items,
      nextCursor:
        rows.length > limit
          ? encodeCursor([items[items.length - 1].sequence])
          : undefined,
    };
  }

  /** Rollouts of targets that are queued or under way, newest first. */
  async open(targetKeys: string[]): Promise<StoredRollout[]> {
    const rows = await this.knex<RolloutRow>('rollouts')
      .modify(await this.#targets.scopeOf(targetKeys))
      .whereRaw(isOpenRollout())
      .orderBy('sequence', 'desc');
    return this.#read(rows);
  }

  /** How many are in each state that is not final, also where it is none. */
  async countOpen(): Promise<Map<RolloutState, number>> {
    const rows: Array<{ state: RolloutState; count: number | string }> =
      await this.knex('rollouts')
        .select('state')
        .count({ count: '*' })
        .whereRaw(isOpenRollout())
        .groupBy('state');
    const counts = new Map(rows.map(row => [row.state, Number(row.count)]));
    return new Map(
      rolloutStateSchema.options
        .filter(state => !isFinal(state))
        .map(state => [state, counts.get(state) ?? 0]),
    );
  }

  /** The targets that a component was ever deployed to. */
  async targetsOf(entityRef: string): Promise<TargetRef[]> {
    const keys: string[] = await this.knex('rollouts')
      .where({ entity_ref: entityRef })
      .distinct()
      .pluck('target_key');
    return keys.map(parseTargetKey).filter(target => target !== undefined);
  }

  /** The highest sequence that any rollout has; 0 without one. */
  async lastSequence(): Promise<number> {
    const [row] = await this.knex('rollouts').max({ last: 'sequence' });
    return Number(row.last ?? 0);
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
    const rollouts = await this.#read(rows);
    return new Map(rollouts.map(rollout => [rollout.targetKey, rollout]));
  }

  async insert(
    trx: Knex.Transaction,
    rollout: NewRollout,
  ): Promise<StoredRollout> {
    const [row] = await trx('rollouts')
      .insert(columnsOfNew(trx, rollout))
      .returning<RolloutRow[]>('*');
    await this.#targets.insert(trx, rollout);
    await this.#steps.add(trx, rollout.id, { type: 'queued', state: 'queued' });
    return rolloutFromRow(row);
  }

  /** Open rollouts of a locked target in the given states, oldest first. */
  async ofTarget(
    trx: Knex.Transaction,
    targetKey: string,
    states: readonly RolloutState[],
  ): Promise<StoredRollout[]> {
    return this.ofTargets(trx, [targetKey], states);
  }

  /** The same of several locked targets. */
  async ofTargets(
    trx: Knex.Transaction,
    targetKeys: readonly string[],
    states: readonly RolloutState[],
  ): Promise<StoredRollout[]> {
    const rows = await trx<RolloutRow>('rollouts')
      .modify(await this.#targets.scopeOf(targetKeys, trx))
      .whereRaw(isOpenRollout())
      .whereIn('state', [...states])
      .orderBy('sequence');
    return this.#read(rows, trx);
  }

  /**
   * The newest rollouts of a locked target that ran, run or are to run, newest
   * first.
   */
  async newestEffective(
    trx: Knex.Transaction,
    targetKey: string,
    limit: number,
  ): Promise<StoredRollout[]> {
    const rows = await trx<RolloutRow>('rollouts')
      .modify(await this.#targets.scopeOf([targetKey], trx))
      .whereNotIn('state', ['superseded', 'cancelled', 'rejected'])
      .orderBy('sequence', 'desc')
      .limit(limit);
    const rollouts = await this.#read(rows, trx);
    return rollouts.map(rollout => seenFrom(rollout, targetKey));
  }

  /** Asks the worker of a running rollout to end it for another one. */
  async interrupt(
    trx: Knex.Transaction,
    targetKey: string,
    by: string,
  ): Promise<void> {
    await trx('rollouts')
      .modify(await this.#targets.scopeOf([targetKey], trx))
      .whereRaw(isRunningRollout())
      .update({ interrupted_by: by, next_attempt_at: null });
  }

  /**
   * Lets the running rollout of a locked target go on when the one it was to
   * end for was cancelled, or end for another one.
   */
  async passInterruption(
    trx: Knex.Transaction,
    targetKey: string,
    { from, to }: { from: string; to: string | undefined },
  ): Promise<void> {
    await trx('rollouts')
      .where({ interrupted_by: from })
      .modify(await this.#targets.scopeOf([targetKey], trx))
      .whereRaw(isRunningRollout())
      .update({ interrupted_by: to ?? null });
  }

  /** The newest rollout of a locked target that was begun after this one came in. */
  async begunAfter(
    trx: Knex.Transaction,
    rollout: Pick<StoredRollout, 'target' | 'others' | 'sequence'>,
  ): Promise<StoredRollout | undefined> {
    const row = await trx<RolloutRow>('rollouts')
      .modify(await this.#targets.scopeOf(targetKeysOf(rollout), trx))
      .where('sequence', '>', rollout.sequence)
      .whereNotNull('started_at')
      .orderBy('sequence', 'desc')
      .first();
    return row && this.#readOne(row, trx);
  }

  /** What else is under way on the locked targets of a rollout. */
  async runningBeside(
    trx: Knex.Transaction,
    rollout: Pick<StoredRollout, 'id' | 'target' | 'others'>,
  ): Promise<StoredRollout | undefined> {
    const row = await trx<RolloutRow>('rollouts')
      .whereNot({ id: rollout.id })
      .modify(await this.#targets.scopeOf(targetKeysOf(rollout), trx))
      .whereRaw(isRunningRollout())
      .first();
    return row && this.#readOne(row, trx);
  }

  /** Stores what runs in the other containers before they are written. */
  async setOthers(
    trx: Knex.Transaction,
    id: string,
    others: StoredRollout['others'],
  ): Promise<void> {
    await trx('rollouts')
      .where({ id })
      .update({ others: jsonToColumn(others) });
  }

  /**
   * Stores that the image of an automatic return was written.
   * @throws LostLeaseError
   */
  async setReturnApplied(
    trx: Knex.Transaction,
    id: string,
    token: string,
    applied: NonNullable<StoredRollout['returnApplied']>,
  ): Promise<void> {
    const count = await trx('rollouts')
      .where({ id, state: 'rolling-back', lease_token: token })
      .update({ return_applied: jsonToColumn(applied) });
    if (count !== 1) {
      throw new LostLeaseError(id);
    }
  }

  async #read(rows: RolloutRow[], knex?: Knex): Promise<StoredRollout[]> {
    const answers = await this.#approvals.answers(
      rows.filter(({ approval }) => approval !== null).map(({ id }) => id),
      knex,
    );
    return rows.map(row => rolloutFromRow(row, answers.get(row.id)));
  }

  async #readOne(row: RolloutRow, knex?: Knex): Promise<StoredRollout> {
    return (await this.#read([row], knex))[0];
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
    const count = await trx('rollouts')
      .where({
        id: rollout.id,
        state: rollout.state,
        ...(options.token && { lease_token: options.token }),
      })
      .update(columnsOfTransition(trx, to, options));
    if (count !== 1) {
      throw new LostLeaseError(rollout.id);
    }
    const { reason, unwritten } = options;
    const type = options.type ?? (unwritten && !isFinal(to) ? 'retry' : to);
    const step = { type, state: to, reason };
    if (unwritten || to === 'applying') {
      await this.#steps.addAgain(trx, rollout.id, step);
    } else {
      await this.#steps.add(trx, rollout.id, step);
    }
  }
}
