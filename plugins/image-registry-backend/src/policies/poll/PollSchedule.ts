import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import { databaseNow, isSqlite, jsonToColumn } from '../../database';

/** Longest wait after looks that failed, in ms, unless the interval is longer. */
const LONGEST_BACKOFF_MS = 60 * 60_000;
const INSERT_ROWS = 100;

/** A repository whose turn it is, held until its lease ends. */
export interface DuePoll {
  registryId: string;
  repository: string;
  /** Looks in a row that failed before this one. */
  failures: number;
  leaseToken: string;
}

/** How a look at a repository ended. */
export interface PollEnd {
  outcome: 'complete' | 'incomplete' | 'shrunk' | 'failed';
  reason?: Reason;
  /** Milliseconds for which no repository of the registry is asked. */
  leaveAloneMs?: number;
}

/**
 * When each repository is looked at next. It is kept in the database: a
 * restart does not begin all of them at once, and several replicas share one
 * order.
 */
export class PollSchedule {
  private constructor(
    private readonly knex: Knex,
    private readonly intervalMs: number,
  ) {}

  static create(options: { knex: Knex; intervalMs: number }): PollSchedule {
    return new PollSchedule(options.knex, options.intervalMs);
  }

  /**
   * Takes in the repositories that policies listen to now, spread over one
   * interval by their names, and leaves out the others.
   */
  async plan(): Promise<void> {
    const { knex } = this;
    const listening = knex('policies')
      .where('policies.enabled', true)
      .whereRaw('policies.registry_id = repository_polls.registry_id')
      .whereRaw('policies.repository = repository_polls.repository');
    await knex('repository_polls')
      .whereNotExists(listening.select('policies.id'))
      .delete();
    const added: Array<{ registry_id: string; repository: string }> =
      await knex('policies')
        .distinct('registry_id', 'repository')
        .where('enabled', true)
        .whereNotExists(
          knex('repository_polls')
            .select('due_at')
            .whereRaw('repository_polls.registry_id = policies.registry_id')
            .whereRaw('repository_polls.repository = policies.repository'),
        );
    for (let at = 0; at < added.length; at += INSERT_ROWS) {
      await knex('repository_polls')
        .insert(
          added.slice(at, at + INSERT_ROWS).map(row => ({
            ...row,
            due_at: databaseNow(knex, this.#offsetOf(row)),
          })),
        )
        .onConflict(['registry_id', 'repository'])
        .ignore();
    }
  }

  /** Takes the repositories that have waited longest. */
  async claim(options: {
    limit: number;
    leaseMs: number;
    /** Registries that are being looked at already. */
    except: string[];
  }): Promise<DuePoll[]> {
    const token = randomUUID();
    return this.knex.transaction(async trx => {
      const now = databaseNow(trx);
      const due = trx('repository_polls')
        .select('registry_id', 'repository', 'failures')
        .where('due_at', '<=', now)
        .andWhere(free =>
          free.whereNull('lease_until').orWhere('lease_until', '<', now),
        )
        .whereNotIn('registry_id', options.except)
        .orderBy(['due_at', 'registry_id', 'repository'])
        .limit(options.limit);
      const rows = await (isSqlite(trx) ? due : due.forUpdate().skipLocked());
      for (const { registry_id, repository } of rows) {
        await trx('repository_polls')
          .where({ registry_id, repository })
          .update({
            lease_token: token,
            lease_until: databaseNow(trx, options.leaseMs),
          });
      }
      return rows.map(row => ({
        registryId: row.registry_id,
        repository: row.repository,
        failures: Number(row.failures),
        leaseToken: token,
      }));
    });
  }

  /** Says how a look ended, and when the next one is. */
  async finish(
    { registryId, repository, leaseToken, failures }: DuePoll,
    { outcome, reason, leaveAloneMs = 0 }: PollEnd,
  ): Promise<void> {
    const failed = outcome === 'failed' || outcome === 'incomplete';
    const waitMs = failed
      ? Math.max(this.#backoffMs(failures), leaveAloneMs)
      : this.intervalMs;
    await this.knex('repository_polls')
      .where({
        registry_id: registryId,
        repository,
        lease_token: leaseToken,
      })
      .update({
        due_at: databaseNow(this.knex, withJitter(waitMs)),
        failures: failed ? failures + 1 : 0,
        polled_at: databaseNow(this.knex),
        outcome,
        reason: jsonToColumn(reason),
        lease_token: null,
        lease_until: null,
      });
  }

  /** Gives a claim back unused. */
  async release({
    registryId,
    repository,
    leaseToken,
  }: DuePoll): Promise<void> {
    await this.knex('repository_polls')
      .where({
        registry_id: registryId,
        repository,
        lease_token: leaseToken,
      })
      .update({ lease_token: null, lease_until: null });
  }

  /** Leaves a registry alone that said that it is asked too much. */
  async postpone(registryId: string, delayMs: number): Promise<void> {
    const until = databaseNow(this.knex, delayMs);
    await this.knex('repository_polls')
      .where({ registry_id: registryId })
      .where('due_at', '<', until)
      .update({ due_at: until });
  }

  #backoffMs(failures: number): number {
    return Math.max(
      this.intervalMs,
      Math.min(
        LONGEST_BACKOFF_MS,
        this.intervalMs * 2 ** Math.min(failures, 8),
      ),
    );
  }

  /** The same at every start, anywhere in the interval. */
  #offsetOf(row: { registry_id: string; repository: string }): number {
    const hash = createHash('sha256')
      .update(`${row.registry_id}\n${row.repository}`)
      .digest();
    return (hash.readUInt32BE() / 2 ** 32) * this.intervalMs;
  }
}

/** Looks that began together drift apart. */
function withJitter(ms: number): number {
  return Math.round(ms * (0.95 + Math.random() / 10));
}
