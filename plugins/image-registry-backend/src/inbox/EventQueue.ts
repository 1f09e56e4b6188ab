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
   * Takes the oldest due events, all of one repository together and in order,
   * but of each registry no more repositories than there are lanes free: one
   * that does not answer must not hold what others could do meanwhile.
   * Repositories of which somebody holds events already are left to them;
   * that is only certain when one claim sees what the other took, so claims
   * of all processes wait for each other.
   */
  async claim(options: {
    leaseMs: number;
    limit: number;
    /** Repositories of one registry that this process works on at a time. */
    lanes: number;
    /** How many it works on now, by registry. */
    busyLanes?: ReadonlyMap<string, number>;
  }): Promise<HeldEvent[]> {
    const token = randomUUID();
    const busy = options.busyLanes ?? new Map<string, number>();
    const freeLanes = (id: string) => options.lanes - (busy.get(id) ?? 0);
    return this.knex.transaction(async trx => {
      await lockPurpose(trx, 'image-events');
      const now = databaseNow(trx);
      const due = trx<EventRow>('image_events')
        .whereRaw(isOpen('image_events'))
        .andWhere(free =>
          free.whereNull('lease_until').orWhere('lease_until', '<', now),
        )
        .andWhere(ready =>
          ready
            .whereNull('next_attempt_at')
            .orWhere('next_attempt_at', '<=', now),
        )
        .whereNotIn(
          'registry_id',
          [...busy.keys()].filter(id => freeLanes(id) <= 0),
        )
        .whereNotExists(
          trx('image_events as other')
            .whereRaw('other.registry_id = image_events.registry_id')
            .whereRaw('other.repository = image_events.repository')
            .whereRaw(isOpen('other'))
            .where('other.lease_until', '>=', now),
        )
        .orderBy('sequence')
        .limit(options.limit);
      const rows = inFreeLanes(
        await (isSqlite(trx) ? due : due.forUpdate().skipLocked()),
        freeLanes,
      );
      if (rows.length === 0) {
        return [];
      }
      await trx('image_events')
        .whereIn(
          'id',
          rows.map(row => row.id),
        )
        .update({
          lease_token: token,
          lease_until: databaseNow(trx, options.leaseMs),
        });
      return rows.map(row => ({
        ...eventFromRow(row),
        repository: row.repository ?? '',
        tag: row.tag ?? '',
        forced: Boolean(row.forced),
        leaseToken: token,
      }));
    });
  }

  /** Keeps events that are still being worked on. */
  async renew(leaseToken: string, leaseMs: number): Promise<void> {
    await this.knex('image_events')
      .where({ lease_token: leaseToken })
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
      .update({
        outcome,
        reason: jsonToColumn(reason),
        lease_token: null,
        lease_until: null,
        next_attempt_at: null,
      });
    if (count !== 1) {
      throw new LostEventError(event.id);
    }
  }

  async finishAlone(
    event: HeldEvent,
    outcome: DeliveryOutcome,
    reason: Reason,
  ): Promise<void> {
    await this.knex.transaction(trx =>
      this.finish(trx, event, outcome, reason),
    );
  }

  /** Gives an event back for a later attempt. */
  async retry(
    event: HeldEvent,
    retryInMs: number,
    reason: Reason,
  ): Promise<void> {
    await this.knex('image_events')
      .where({ id: event.id, lease_token: event.leaseToken })
      .update({
        outcome: 'waiting',
        reason: jsonToColumn(reason),
        attempts: this.knex.raw('attempts + 1'),
        lease_token: null,
        lease_until: null,
        next_attempt_at: databaseNow(this.knex, retryInMs),
      });
  }

  /** Gives back what a claim took of one repository and did not finish. */
  async release({
    leaseToken,
    registryId,
    repository,
  }: Pick<
    HeldEvent,
    'leaseToken' | 'registryId' | 'repository'
  >): Promise<void> {
    await this.knex('image_events')
      .where({ lease_token: leaseToken, registry_id: registryId, repository })
      .update({ lease_token: null, lease_until: null });
  }

  /** On SQLite one process owns the file: what it held before is free. */
  async releaseAllOnSqlite(): Promise<void> {
    if (isSqlite(this.knex)) {
      await this.knex('image_events')
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

/**
 * Written out, not as values: SQLite uses the index of open events only for
 * what it can see to be within it.
 */
function isOpen(table: string): string {
  return `${table}.outcome IN ('pending', 'waiting')`;
}

/** The rows of the first repositories for which their registries have lanes. */
function inFreeLanes(
  rows: EventRow[],
  freeLanes: (registryId: string) => number,
): EventRow[] {
  const taken = new Map<string, Set<string | null>>();
  return rows.filter(({ registry_id: registryId, repository }) => {
    const lanes = taken.get(registryId) ?? new Set();
    if (!lanes.has(repository) && lanes.size >= freeLanes(registryId)) {
      return false;
    }
    taken.set(registryId, lanes.add(repository));
    return true;
  });
}
