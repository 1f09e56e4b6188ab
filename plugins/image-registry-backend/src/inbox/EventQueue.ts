import {
  DeliveryOutcome,
  ImageEventRecord,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { databaseNow, isSqlite, jsonToColumn, lockPurpose } from '../database';
import { eventFromRow, EventRow } from './DeliveryStore';

/** An event that this process holds until its lease ends. */
export interface HeldEvent extends ImageEventRecord {
  repository: string;
  tag: string;
  /** Asks the policies again although the tag did not change. */
  forced: boolean;
  leaseToken: string;
}

/** The events of one repository, which are worked on one after the other. */
interface Lane {
  registryId: string;
  repository: string;
}

interface LaneRow {
  registry_id: string;
  repository: string;
}

/** What one claim took of one repository. */
export type HeldLane = Pick<
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
   * Takes due events, all of one repository together and in order: of the
   * repositories with the oldest first, but of each registry no more than
   * there are lanes free, as one that does not answer must not hold what
   * others could do meanwhile. Repositories of which somebody holds events
   * already are left to them; that is only certain when one claim sees what
   * the other took, so claims of all processes wait for each other.
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
      const due = await findDueLanes(trx, lanes);
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

  /** Keeps events of a repository that are still being worked on. */
  async renew(held: HeldLane, leaseMs: number): Promise<void> {
    await this.#heldIn(held).update({
      lease_until: databaseNow(this.knex, leaseMs),
    });
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
  async release(held: HeldLane): Promise<void> {
    await this.#heldIn(held).update({ lease_token: null, lease_until: null });
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

  #heldIn({ leaseToken, registryId, repository }: HeldLane): Knex.QueryBuilder {
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

  /** How many events wait, and since when the oldest does. */
  async depth(): Promise<{ waiting: number; oldest?: string }> {
    const row = await this.knex('image_events')
      .whereRaw(isOpen('image_events'))
      .count({ waiting: '*' })
      .min({ oldest: 'received_at' })
      .first();
    return {
      waiting: Number(row?.waiting ?? 0),
      oldest: row?.oldest
        ? new Date(Number(row.oldest)).toISOString()
        : undefined,
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

/**
 * Written out, not as values: SQLite uses the index of open events only for
 * what it can see to be within it.
 */
function isOpen(table: string): string {
  return `${table}.outcome IN ('pending', 'waiting')`;
}

/** Ms since 1970; 0 for what was not tried yet. As the index has it. */
function dueAt(table: string): string {
  return `COALESCE(${table}.next_attempt_at, 0)`;
}

/** Whether no event of the repository is held at a time, its one value. */
function nobodyHolds(table: string): string {
  return `NOT EXISTS (
    SELECT 1 FROM image_events AS held
    WHERE held.registry_id = ${table}.registry_id
    AND held.repository = ${table}.repository
    AND held.lease_until >= ?
  )`;
}

/**
 * The first of the repositories with due events that nobody holds, oldest
 * event first: of each registry as many as there may be lanes. It goes from
 * one repository to the next in the index of open events, and looks at the
 * event of each that is due first.
 */
async function findDueLanes(
  trx: Knex.Transaction,
  lanesOfRegistry: number,
): Promise<Lane[]> {
  const order = (table: string) =>
    `${table}.registry_id, ${table}.repository, ${dueAt(
      table,
    )}, ${table}.sequence`;
  const firstAfter = (place: string) =>
    `(SELECT later.sequence FROM image_events AS later WHERE ${isOpen(
      'later',
    )}${place} ORDER BY ${order('later')} LIMIT 1)`;
  // Two steps: of one comparison of both columns SQLite would take the events
  // of the present repository for candidates, too.
  const next = `COALESCE(${firstAfter(
    ' AND later.registry_id = present.registry_id AND later.repository > present.repository',
  )}, ${firstAfter(' AND later.registry_id > present.registry_id')})`;
  const now = databaseNow(trx);
  const found: { rows: LaneRow[] } | LaneRow[] = await trx.raw(
    `WITH RECURSIVE firsts(sequence) AS (
      SELECT ${firstAfter('')}
      UNION ALL
      SELECT ${next} FROM firsts JOIN image_events AS present ON present.sequence = firsts.sequence
    )
    SELECT registry_id, repository FROM (
      SELECT present.registry_id, present.repository, present.sequence,
        ROW_NUMBER() OVER (PARTITION BY present.registry_id ORDER BY present.sequence) AS place
      FROM firsts JOIN image_events AS present ON present.sequence = firsts.sequence
      WHERE ${dueAt('present')} <= ?
      AND ${nobodyHolds('present')}
    ) AS due
    WHERE place <= ?
    ORDER BY sequence`,
    [now, now, lanesOfRegistry],
  );
  const rows = Array.isArray(found) ? found : found.rows;
  return rows.map(row => ({
    registryId: row.registry_id,
    repository: row.repository,
  }));
}

/**
 * Locks what it reads, on PostgreSQL, where a lease that had ended may have
 * been renewed since the repository was found.
 */
async function dueEvents(
  trx: Knex.Transaction,
  { registryId, repository }: Lane,
  limit: number,
): Promise<EventRow[]> {
  const now = databaseNow(trx);
  const due = trx<EventRow>('image_events')
    .whereRaw(isOpen('image_events'))
    .where({ registry_id: registryId, repository })
    .whereRaw(`${dueAt('image_events')} <= ?`, [now])
    .whereRaw(nobodyHolds('image_events'), [now])
    .orderByRaw(`${dueAt('image_events')}, sequence`)
    .limit(limit);
  return isSqlite(trx) ? due : due.forUpdate().skipLocked();
}

/** The first of them for which their registries have lanes. */
function inFreeLanes(
  due: Lane[],
  lanes: number,
  busyLanes: ReadonlyMap<string, number> = new Map(),
): Lane[] {
  const taken = new Map(busyLanes);
  return due.filter(({ registryId }) => {
    const busy = taken.get(registryId) ?? 0;
    taken.set(registryId, busy + 1);
    return busy < lanes;
  });
}
