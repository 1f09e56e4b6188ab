import { ConflictError, NotFoundError } from '@backstage/errors';
import { Hold, Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { noHold } from '../http';
import {
  BigIntColumn,
  databaseNow,
  isSqlite,
  jsonFromColumn,
  jsonToColumn,
  timeFromColumn,
  timeToColumn,
} from '../database';

/** What the portal itself knows of a target. */
export interface TargetRecord {
  targetKey: string;
  desiredDigest?: string;
  desiredImage?: string;
  consent?: { author: string; at: string };
  /** Of the workload that the consent is for; unknown for old ones. */
  consentUid?: string;
  /** The GitOps object that would undo it, as whoever consented knew. */
  consentDespite?: string;
  /** When a rollout of ours last wrote it; ISO 8601. */
  appliedAt?: string;
}

/** What a target is to run; without a digest nobody has said that yet. */
export interface DesiredImage {
  targetKey: string;
  digest?: string;
  /** As it is written into the workload. */
  image?: string;
}

interface TargetRow {
  target_key: string;
  desired_digest: string | null;
  desired_image: string | null;
  consent_author: string | null;
  consent_at: BigIntColumn | null;
  consent_uid: string | null;
  consent_despite: string | null;
  applied_at: BigIntColumn | null;
}

interface HoldRow {
  id: string;
  target_key: string;
  entity_ref: string;
  reason: string;
  author: string | null;
  because: string | null;
  created_at: BigIntColumn;
  expires_at: BigIntColumn | null;
}

function holdFromRow(row: HoldRow): Hold {
  return {
    id: row.id,
    targetKey: row.target_key,
    entityRef: row.entity_ref,
    reason: row.reason,
    because: jsonFromColumn<Reason>(row.because),
    author: row.author ?? undefined,
    createdAt: timeFromColumn(row.created_at)!,
    expiresAt: timeFromColumn(row.expires_at),
  };
}

/**
 * Targets, holds and blocked digests. Methods that take a transaction are part
 * of a larger step; {@link TargetStore.lock} comes first in each of those.
 */
export class TargetStore {
  private constructor(private readonly knex: Knex) {}

  /** Keys that a transaction has locked already. */
  readonly #locked = new WeakMap<Knex.Transaction, Set<string>>();

  static create(options: { knex: Knex }): TargetStore {
    return new TargetStore(options.knex);
  }

  /**
   * Locks a target until the transaction ends, making its row when there is
   * none. On SQLite the write itself takes the database's only write lock.
   */
  async lock(trx: Knex.Transaction, targetKey: string): Promise<TargetRecord> {
    await trx('targets')
      .insert({ target_key: targetKey, created_at: databaseNow(trx) })
      .onConflict('target_key')
      .ignore();
    const query = trx<TargetRow>('targets').where({ target_key: targetKey });
    const row = await (isSqlite(trx) ? query : query.forUpdate()).first();
    if (!row) {
      throw refusal(
        NotFoundError,
        because('no-such-target', `No target ${targetKey}`, {
          target: targetKey,
        }),
      );
    }
    this.#lockedBy(trx).add(targetKey);
    return TargetStore.#fromRow(row);
  }

  /**
   * Locks those of several that the transaction has not locked yet, always in
   * the same order, so that nobody waits in a ring.
   */
  async lockAll(
    trx: Knex.Transaction,
    targetKeys: readonly string[],
  ): Promise<void> {
    for (const key of [...new Set(targetKeys)].sort()) {
      if (!this.#lockedBy(trx).has(key)) {
        await this.lock(trx, key);
      }
    }
  }

  #lockedBy(trx: Knex.Transaction): Set<string> {
    const locked = this.#locked.get(trx) ?? new Set<string>();
    this.#locked.set(trx, locked);
    return locked;
  }

  async get(targetKeys: string[]): Promise<Map<string, TargetRecord>> {
    const rows = await this.knex<TargetRow>('targets').whereIn(
      'target_key',
      targetKeys,
    );
    return new Map(
      rows.map(row => [row.target_key, TargetStore.#fromRow(row)]),
    );
  }

  async setDesired(
    trx: Knex.Transaction,
    targetKey: string,
    desired: { digest: string; image: string },
  ): Promise<void> {
    await trx('targets').where({ target_key: targetKey }).update({
      desired_digest: desired.digest,
      desired_image: desired.image,
    });
  }

  /** What locked targets are to run. */
  async desired(
    trx: Knex.Transaction,
    targetKeys: readonly string[],
  ): Promise<DesiredImage[]> {
    const rows = await trx<TargetRow>('targets').whereIn(
      'target_key',
      targetKeys,
    );
    return rows.map(row => ({
      targetKey: row.target_key,
      digest: row.desired_digest ?? undefined,
      image: row.desired_image ?? undefined,
    }));
  }

  /** Has locked targets run again what they were to run. */
  async restoreDesired(
    trx: Knex.Transaction,
    before: readonly DesiredImage[],
  ): Promise<void> {
    for (const { targetKey, digest, image } of before) {
      await trx('targets')
        .where({ target_key: targetKey })
        .update({
          desired_digest: digest ?? null,
          desired_image: image ?? null,
        });
    }
  }

  async setApplied(trx: Knex.Transaction, targetKey: string): Promise<void> {
    await trx('targets')
      .where({ target_key: targetKey })
      .update({ applied_at: databaseNow(trx) });
  }

  /**
   * Stores that the portal may take the image field of this target.
   *
   * @param uid - of the workload that is the target now
   * @param despite - names the GitOps object that would undo it
   */
  async consent(
    targetKey: string,
    author: string,
    uid: string,
    despite?: string,
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      await this.lock(trx, targetKey);
      await trx('targets')
        .where({ target_key: targetKey })
        .update({
          consent_author: author,
          consent_at: databaseNow(trx),
          consent_uid: uid,
          consent_despite: despite ?? null,
        });
    });
  }

  /** Binds a consent from before workloads were told apart. */
  async bindConsent(targetKey: string, uid: string): Promise<void> {
    await this.knex('targets')
      .where({ target_key: targetKey })
      .whereNotNull('consent_author')
      .whereNull('consent_uid')
      .update({ consent_uid: uid });
  }

  async holds(targetKeys: string[]): Promise<Map<string, Hold>> {
    const rows = await this.#holds(this.knex).whereIn('target_key', targetKeys);
    return new Map(rows.map(row => [row.target_key, holdFromRow(row)]));
  }

  async listHolds(entityRefs?: string[]): Promise<Hold[]> {
    const query = this.#holds(this.knex).orderBy('created_at', 'desc');
    const rows = await (entityRefs
      ? query.whereIn('entity_ref', entityRefs)
      : query);
    return rows.map(holdFromRow);
  }

  async getHold(id: string): Promise<Hold> {
    const row = await this.knex<HoldRow>('holds').where({ id }).first();
    if (!row) {
      throw noHold(id);
    }
    return holdFromRow(row);
  }

  /** The hold of a locked target. */
  async holdOf(
    trx: Knex.Transaction,
    targetKey: string,
  ): Promise<Hold | undefined> {
    const row = await this.#holds(trx).where({ target_key: targetKey }).first();
    return row && holdFromRow(row);
  }

  /** @throws ConflictError when the locked target is held already */
  async hold(
    trx: Knex.Transaction,
    hold: Omit<Hold, 'id' | 'createdAt'>,
  ): Promise<string> {
    const existing = await this.holdOf(trx, hold.targetKey);
    if (existing) {
      const author = existing.author ?? 'the automation';
      throw refusal(
        ConflictError,
        because(
          'held-already',
          `Held already by ${author}: ${existing.reason}`,
          { author, reason: existing.reason },
        ),
      );
    }
    await trx('holds').where({ target_key: hold.targetKey }).delete();
    const id = randomUUID();
    await trx('holds').insert({
      id,
      target_key: hold.targetKey,
      entity_ref: hold.entityRef,
      reason: hold.reason,
      because: jsonToColumn(hold.because),
      author: hold.author ?? null,
      created_at: databaseNow(trx),
      expires_at: timeToColumn(hold.expiresAt),
    });
    return id;
  }

  /** Holds whose time is over, and that nobody has taken away yet. */
  async endedHolds(): Promise<Hold[]> {
    const rows = await this.knex<HoldRow>('holds').where(
      'expires_at',
      '<=',
      databaseNow(this.knex),
    );
    return rows.map(holdFromRow);
  }

  /** @returns whether the hold was still there, and its time over */
  async liftEnded(trx: Knex.Transaction, id: string): Promise<boolean> {
    const count = await trx('holds')
      .where({ id })
      .where('expires_at', '<=', databaseNow(trx))
      .delete();
    return count === 1;
  }

  async lift(trx: Knex.Transaction, id: string): Promise<void> {
    if ((await trx('holds').where({ id }).delete()) === 0) {
      throw noHold(id);
    }
  }

  async isBlocked(
    trx: Knex.Transaction,
    targetKey: string,
    digest: string,
  ): Promise<boolean> {
    const row = await trx('blocked_digests')
      .where({ target_key: targetKey, digest })
      .first();
    return row !== undefined;
  }

  /** The automation does not try this digest again until a person deployed it. */
  async block(
    trx: Knex.Transaction,
    blocked: { targetKey: string; digest: string; rolloutId: string },
  ): Promise<void> {
    await trx('blocked_digests')
      .insert({
        target_key: blocked.targetKey,
        digest: blocked.digest,
        rollout_id: blocked.rolloutId,
        created_at: databaseNow(trx),
      })
      .onConflict(['target_key', 'digest'])
      .ignore();
  }

  async unblock(
    trx: Knex.Transaction,
    targetKey: string,
    digest: string,
  ): Promise<void> {
    await trx('blocked_digests')
      .where({ target_key: targetKey, digest })
      .delete();
  }

  /** Those whose time is not over. */
  #holds(knex: Knex): Knex.QueryBuilder<HoldRow, HoldRow[]> {
    return knex<HoldRow>('holds').where(open =>
      open
        .whereNull('expires_at')
        .orWhere('expires_at', '>', databaseNow(knex)),
    );
  }

  static #fromRow(row: TargetRow): TargetRecord {
    return {
      targetKey: row.target_key,
      desiredDigest: row.desired_digest ?? undefined,
      desiredImage: row.desired_image ?? undefined,
      consent: row.consent_author
        ? { author: row.consent_author, at: timeFromColumn(row.consent_at)! }
        : undefined,
      consentUid: row.consent_uid ?? undefined,
      consentDespite: row.consent_despite ?? undefined,
      appliedAt: timeFromColumn(row.applied_at),
    };
  }
}
