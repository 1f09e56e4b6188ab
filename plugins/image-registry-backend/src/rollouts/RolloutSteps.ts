import {
  Reason,
  RolloutEvent,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { databaseNow, jsonFromColumn, jsonToColumn } from '../database';
import { LostLeaseError } from './LostLeaseError';
import { eventFromRow, RolloutEventRow } from './StoredRollout';

/** What one look at a rollout under way shows. */
export interface SeenProgress {
  state: RolloutEvent['state'];
  progress: NonNullable<RolloutEvent['progress']>;
  reason?: Reason;
}

/** The history of each rollout: a row for every step. */
export class RolloutSteps {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): RolloutSteps {
    return new RolloutSteps(options.knex);
  }

  /** The steps of a rollout in their order. */
  async of(rolloutId: string): Promise<RolloutEvent[]> {
    const rows = await this.knex<RolloutEventRow>('rollout_events')
      .where({ rollout_id: rolloutId })
      .orderBy('sequence');
    return rows.map(eventFromRow);
  }

  async add(
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

  /** However long a rollout is tried again, each reason for it is one step. */
  async addRetry(
    trx: Knex.Transaction,
    rolloutId: string,
    event: Required<Pick<RolloutEvent, 'state' | 'reason'>>,
  ): Promise<void> {
    await this.addAgain(trx, rolloutId, { ...event, type: 'retry' });
  }

  /** A step that may come often: it is told once, with how often it came. */
  async addAgain(
    trx: Knex.Transaction,
    rolloutId: string,
    event: Pick<RolloutEvent, 'type' | 'state' | 'reason'>,
  ): Promise<void> {
    const { type, state, reason } = event;
    const alike = await trx<RolloutEventRow>('rollout_events').where({
      rollout_id: rolloutId,
      type,
      state,
    });
    const before = alike.find(row => hasReason(row, reason));
    if (before) {
      await trx('rollout_events').where({ sequence: before.sequence }).delete();
    }
    await this.add(trx, rolloutId, {
      ...event,
      times: (before?.times ?? 0) + 1,
    });
  }

  /** A look at the pods; replaces the last one while its reason is the same. */
  async recordProgress(
    trx: Knex.Transaction,
    id: string,
    token: string,
    { state, progress, reason }: SeenProgress,
  ): Promise<void> {
    const count = await trx('rollouts')
      .where({ id, lease_token: token })
      .update({ reason: jsonToColumn(reason) });
    if (count === 0) {
      throw new LostLeaseError(id);
    }
    const last = await trx<RolloutEventRow>('rollout_events')
      .where({ rollout_id: id, type: 'progress', state })
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
      await this.add(trx, id, { type: 'progress', state, reason, progress });
    }
  }
}

function hasReason(row: RolloutEventRow, reason: Reason | undefined): boolean {
  return jsonFromColumn<Reason>(row.reason)?.code === reason?.code;
}
