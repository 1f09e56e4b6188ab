import {
  DeliveryOutcome,
  ImageEventRecord,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { databaseNow, isSqlite, jsonToColumn, lockPurpose } from '../database';
import { eventFromRow, EventRow } from './DeliveryStore';
import {
  dueEvents,
  dueLanes,
  inFreeLanes,
  isOpen,
  whatIsFree,
} from './dueLanes';

/** An event that this process holds until its lease ends. */
export interface HeldEvent extends ImageEventRecord {
  repository: string;
  tag: string;
  /** Asks the policies again although the tag did not change. */
  forced: boolean;
  leaseToken: string;
}

/** A claim's hold on the events of one repository. */
export type LaneLease = Pick<
  HeldEvent,
  'leaseToken' | 'registryId' | 'repository'
>;

/** Thrown when an event's lease ended and somebody else may have it. */
export class LostEventError extends Error {
  constructor(id: string) {
    super(`Event ${id} is not this worker's any more`);
    this.name = 'LostEventError';
  }
}

/** Events that wait for a decision. */
export class EventQueue {
  readonly #listeners: Array<() => void> = [];

  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): EventQueue {
    return new EventQueue(options.knex);
  }

  /** Called when an event was stored. */
  onEvent(listener: () => void): void {
    this.#listeners.push(listener);
  }

  wake(): void {
    this.#listeners.forEach(listener => listener());
  }

  /**
   * Takes due events, all of one repository together and in order; first of
   * the repository whose next event is the oldest, but of each registry of no
   * more repositories than there are lanes free, as one that does not answer
   * must not hold what others could do meanwhile. Repositories of which
   * somebody holds events already are left to them; that is only certain when
   * one claim sees what the other took, so claims of all processes wait for
   * each other.
   *
   * What it costs depends on how many repositories have open events, not on
   * how many events wait.
   */
  async claim(options: {
    leaseMs: number;
    limit: number;
    /** Repositories of one registry that this process works on at a time. */
    lanes: number;
    /** How many it works on now, by registry. */
    busyLanes?: ReadonlyMap<string, number>;
  }): Promise<HeldEvent[]> {
    const { leaseMs, limit, lanes, busyLanes } = options;
    const leaseToken = randomUUID();
    return this.knex.transaction(async trx => {
      await lockPurpose(trx, 'image-events');
      const due = await dueLanes(trx, lanes);
      const rows: EventRow[] = [];
      for (const lane of inFreeLanes(due, lanes, busyLanes)) {
        rows.push(...(await dueEvents(trx, lane, limit - rows.length)));
        if (rows.length >= limit) {
          break;
        }
      }
      if (rows.length === 0) {
        return [];
      }
      await trx('image_events')
        .whereIn(
          'id',
          rows.map(row => row.id),
        )
        .update({
          lease_token: leaseToken,
          lease_until: databaseNow(trx, leaseMs),
        });
      return rows
        .sort((a, b) => Number(a.sequence) - Number(b.sequence))
        .map(row => ({
          ...eventFromRow(row),
          repository: row.repository ?? '',
          tag: row.tag ?? '',
          forced: Boolean(row.forced),
          leaseToken,
        }));
    });
  }

  /**
   * Keeps events of a repository that are still being worked on. What is being
   * written at the same time is left out: it is about to be given back, and
   * nobody is to wait here while others wait for what this holds.
   */
  async renew(lease: LaneLease, leaseMs: number): Promise<void> {
    const still = this.#heldBy(lease).select('sequence');
    await this.knex('image_events')
      .whereIn('sequence', whatIsFree(still, this.knex))
      .update({ lease_until: databaseNow(this.knex, leaseMs) });
  }

  /**
   * Records what an event came to, in the transaction that did it.
   * @throws LostEventError
   */
  async finish(
    trx: Knex.Transaction,
    event: HeldEvent,
    outcome: DeliveryOutcome,
    reason: Reason,
  ): Promise<void> {
    const count = await trx('image_events')
      .where({ id: event.id, lease_token: event.leaseToken })
      .update(ended(outcome, reason));
    if (count !== 1) {
      throw new LostEventError(event.id);
    }
  }

  /**
   * Ends events of one lease of which nothing but their outcome is recorded.
   * Those that somebody else has by now stay as they are.
   * @returns how many it were
   */
  async end(
    events: readonly HeldEvent[],
    outcome: DeliveryOutcome,
    reason: Reason,
  ): Promise<number> {
    return this.#held(events).update(ended(outcome, reason));
  }

  /** Gives events of one lease back for a later attempt. */
  async retry(
    events: readonly HeldEvent[],
    retryInMs: number,
    reason: Reason,
  ): Promise<void> {
    await this.#held(events).update({
      outcome: 'waiting',
      reason: jsonToColumn(reason),
      attempts: this.knex.raw('attempts + 1'),
      lease_token: null,
      lease_until: null,
      next_attempt_at: databaseNow(this.knex, retryInMs),
    });
  }

  /** Gives back what a claim took of a repository and did not finish. */
  async release(lease: LaneLease): Promise<void> {
    await this.#heldBy(lease).update({ lease_token: null, lease_until: null });
  }

  /** Of events of one lease, those that it still holds. */
  #held(events: readonly HeldEvent[]): Knex.QueryBuilder {
    return this.knex('image_events')
      .whereIn(
        'id',
        events.map(({ id }) => id),
      )
      .where({ lease_token: events[0].leaseToken });
  }

  #heldBy({
    leaseToken,
    registryId,
    repository,
  }: LaneLease): Knex.QueryBuilder {
    return this.knex('image_events')
      .where({ registry_id: registryId, repository, lease_token: leaseToken })
      .whereNotNull('lease_until');
  }

  /** On SQLite one process owns the file: what it held before is free. */
  async releaseAllOnSqlite(): Promise<void> {
    if (isSqlite(this.knex)) {
      await this.knex('image_events')
        .whereRaw(isOpen('image_events'))
        .whereNotNull('lease_until')
        .update({ lease_token: null, lease_until: null });
    }
  }

  /** How many events wait, and since when the oldest does; ISO 8601. */
  async depth(): Promise<{ waiting: number; oldest?: string }> {
    const open = this.knex('image_events').whereRaw(isOpen('image_events'));
    const [{ waiting }] = await open.clone().count({ waiting: '*' });
    const oldest: Pick<EventRow, 'received_at'> | undefined = await open
      .clone()
      .orderBy('sequence')
      .first('received_at');
    return {
      waiting: Number(waiting),
      oldest: oldest && new Date(Number(oldest.received_at)).toISOString(),
    };
  }
}

/** What is written of an event that is over. */
function ended(outcome: DeliveryOutcome, reason: Reason) {
  return {
    outcome,
    reason: jsonToColumn(reason),
    lease_token: null,
    lease_until: null,
    next_attempt_at: null,
  };
}
