import {
  Decision,
  Page,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { BigIntColumn, databaseNow, timeFromColumn } from '../database';
import { encodeCursor, sequenceOfCursor } from '../http';
import { StoredPolicy } from './PolicyStore';

const DEFAULT_PAGE = 50;
/** Digest of a tag that was there before anybody asked what it means. */
const NOT_ASKED = '';
/** Rows of one insert: SQLite allows some thousand values in a statement. */
const INSERT_ROWS = 100;

/** A real change of what a tag means. */
export interface TagChange {
  id: string;
  registryId: string;
  repository: string;
  tag: string;
  digest: string;
  eventId?: string;
  source: 'webhook' | 'replay' | 'evaluation';
  /** The registry's time of the push, else when we heard of it; ISO 8601. */
  pushedAt?: string;
}

/** A policy that did not take a change. */
export interface Rejection {
  policyId: string;
  policyVersion: number;
  entityRef: string;
  reason: Reason;
}

interface DecisionRow {
  sequence: BigIntColumn;
  id: string;
  policy_id: string;
  policy_version: number;
  entity_ref: string;
  tag_change_id: string;
  repository: string;
  tag: string;
  digest: string;
  outcome: 'accepted' | 'blocked';
  reason: string;
  decided_at: BigIntColumn;
}

interface TagChangeRow {
  sequence: BigIntColumn;
  id: string;
  repository: string;
  tag: string;
  digest: string;
  event_id: string | null;
  observed_at: BigIntColumn;
  rejections: string | null;
}

/** What became of a tag's compare-and-swap. */
export type Observation =
  | { result: 'changed'; change: TagChange }
  | { result: 'unchanged' }
  /** It was there before anybody asked what it means: known from now on. */
  | { result: 'first-seen' }
  /** Somebody observed the tag in between: ask the registry again. */
  | { result: 'lost' };

/**
 * Tags, their changes, and the decisions on them. Accepted and blocked
 * decisions are rows; rejections are kept with the change, because a push may
 * meet very many policies that are not concerned.
 */
export class DecisionStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): DecisionStore {
    return new DecisionStore(options.knex);
  }

  async transaction<T>(run: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.knex.transaction(run);
  }

  /** Generation of tags as it is now; 0 for one never seen. */
  async generations(
    registryId: string,
    repository: string,
    tags: string[],
  ): Promise<Map<string, number>> {
    const rows = await this.knex('tags')
      .select('tag', 'generation')
      .where({ registry_id: registryId, repository })
      .whereIn('tag', tags);
    const known = new Map<string, number>(
      rows.map(row => [row.tag as string, Number(row.generation)]),
    );
    return new Map(tags.map(tag => [tag, known.get(tag) ?? 0]));
  }

  /**
   * The one way by which a tag gets a digest: compare-and-swap on the
   * generation that was read before the registry was asked.
   *
   * @param force - makes a change although the digest is the same, so that
   * policies are asked again
   */
  async observe(
    trx: Knex.Transaction,
    observed: Omit<TagChange, 'id'>,
    generation: number,
    force: false | 'force',
  ): Promise<Observation> {
    const where = {
      registry_id: observed.registryId,
      repository: observed.repository,
      tag: observed.tag,
    };
    const row = await trx('tags').where(where).first();
    if (Number(row?.generation ?? 0) !== generation) {
      return { result: 'lost' };
    }
    if (row?.digest === observed.digest && !force) {
      return { result: 'unchanged' };
    }
    if (row?.digest === NOT_ASKED && !force) {
      const named = await trx('tags')
        .where({ ...where, generation })
        .update({ digest: observed.digest, observed_at: databaseNow(trx) });
      return { result: named === 1 ? 'first-seen' : 'lost' };
    }
    const next = {
      digest: observed.digest,
      generation: generation + 1,
      observed_at: databaseNow(trx),
    };
    const written = row
      ? await trx('tags')
          .where({ ...where, generation })
          .update(next)
      : await insertOrIgnore(trx, { ...where, ...next });
    if (written !== 1) {
      return { result: 'lost' };
    }
    const change: TagChange = { ...observed, id: randomUUID() };
    await trx('tag_changes').insert({
      ...where,
      id: change.id,
      generation: generation + 1,
      previous_digest: row?.digest ?? null,
      digest: change.digest,
      event_id: change.eventId ?? null,
      source: change.source,
      pushed_at: change.pushedAt ? Date.parse(change.pushedAt) : null,
      observed_at: databaseNow(trx),
    });
    return { result: 'changed', change };
  }

  async insert(
    trx: Knex.Transaction,
    decision: {
      id: string;
      policy: StoredPolicy;
      change: TagChange;
      outcome: 'accepted' | 'blocked';
      reason: Reason;
    },
  ): Promise<void> {
    const { policy, change } = decision;
    await trx('decisions').insert({
      id: decision.id,
      policy_id: policy.id,
      policy_version: policy.version,
      entity_ref: policy.entityRef,
      tag_change_id: change.id,
      repository: change.repository,
      tag: change.tag,
      digest: change.digest,
      outcome: decision.outcome,
      reason: JSON.stringify(decision.reason),
      decided_at: databaseNow(trx),
    });
  }

  /** Which of a repository's tags nobody has observed yet. */
  async unseen(
    registryId: string,
    repository: string,
    tags: string[],
  ): Promise<string[]> {
    const rows = await this.knex('tags')
      .select('tag')
      .where({ registry_id: registryId, repository });
    const seen = new Set(rows.map(row => row.tag as string));
    return tags.filter(tag => !seen.has(tag));
  }

  /**
   * Remembers tags that nobody has observed, without a change. One without a
   * digest was not asked about: its first event is not a change either.
   */
  async remember(
    registryId: string,
    repository: string,
    tags: ReadonlyArray<{ tag: string; digest?: string }>,
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      for (let at = 0; at < tags.length; at += INSERT_ROWS) {
        await trx('tags')
          .insert(
            tags.slice(at, at + INSERT_ROWS).map(({ tag, digest }) => ({
              registry_id: registryId,
              repository,
              tag,
              digest: digest ?? NOT_ASKED,
              generation: 1,
              observed_at: databaseNow(trx),
            })),
          )
          .onConflict(['registry_id', 'repository', 'tag'])
          .ignore();
      }
    });
  }

  /** Grows with each accepted or blocked decision of a policy; 0 for none. */
  async latestSequence(
    policyId: string,
    trx?: Knex.Transaction,
  ): Promise<number> {
    const row = await (trx ?? this.knex)('decisions')
      .where({ policy_id: policyId })
      .max({ latest: 'sequence' })
      .first();
    return Number(row?.latest ?? 0);
  }

  async setRejections(
    trx: Knex.Transaction,
    changeId: string,
    rejections: Rejection[],
  ): Promise<void> {
    if (rejections.length > 0) {
      await trx('tag_changes')
        .where({ id: changeId })
        .update({ rejections: JSON.stringify(rejections) });
    }
  }

  /** Decisions of one policy, newest first. */
  async ofPolicy(
    policy: StoredPolicy,
    page: { limit?: number; cursor?: string },
  ): Promise<Page<Decision>> {
    const limit = page.limit ?? DEFAULT_PAGE;
    const after = sequenceOfCursor(page.cursor);
    // Changes are read page by page; a page may hold fewer decisions.
    const rows = await this.knex<TagChangeRow>('tag_changes')
      .where({
        registry_id: policy.image.registryId,
        repository: policy.image.repository,
      } as Partial<TagChangeRow>)
      .andWhere(earlier => {
        if (after !== undefined) {
          earlier.where('sequence', '<', after);
        }
      })
      .orderBy('sequence', 'desc')
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    const items = (await this.#ofChanges(shown)).filter(
      decision => decision.policyId === policy.id,
    );
    return {
      items,
      nextCursor:
        rows.length > limit
          ? encodeCursor([Number(shown[shown.length - 1].sequence)])
          : undefined,
    };
  }

  /** Decisions that the events of a delivery led to. */
  async ofEvents(eventIds: string[]): Promise<Decision[]> {
    const rows = await this.knex<TagChangeRow>('tag_changes').whereIn(
      'event_id',
      eventIds,
    );
    return this.#ofChanges(rows);
  }

  /** The newest accepted or blocked decision of each policy. */
  async latest(policyIds: string[]): Promise<Map<string, Decision>> {
    const rows = await this.knex<DecisionRow>('decisions').whereIn(
      'sequence',
      this.knex('decisions')
        .max('sequence')
        .whereIn('policy_id', policyIds)
        .groupBy('policy_id'),
    );
    return new Map(rows.map(row => [row.policy_id, decisionFromRow(row)]));
  }

  async #ofChanges(changes: TagChangeRow[]): Promise<Decision[]> {
    const byId = new Map(changes.map(change => [change.id, change]));
    const ids = [...byId.keys()];
    const [rows, rollouts] = await Promise.all([
      this.knex<DecisionRow>('decisions').whereIn('tag_change_id', ids),
      this.knex('rollouts')
        .select('id', 'decision_id')
        .whereIn(
          'decision_id',
          this.knex('decisions').select('id').whereIn('tag_change_id', ids),
        ),
    ]);
    const rolloutOf = new Map<string, string>(
      rollouts.map(row => [row.decision_id as string, row.id as string]),
    );
    const decided = rows.map(row => ({
      ...decisionFromRow(row),
      eventId: byId.get(row.tag_change_id)?.event_id ?? undefined,
      rolloutId: rolloutOf.get(row.id),
    }));
    return [...decided, ...changes.flatMap(rejectionsOf)].sort((a, b) =>
      b.decidedAt.localeCompare(a.decidedAt),
    );
  }
}

async function insertOrIgnore(
  trx: Knex.Transaction,
  row: Record<string, unknown>,
): Promise<number> {
  const inserted = await trx('tags')
    .insert(row)
    .onConflict(['registry_id', 'repository', 'tag'])
    .ignore()
    .returning('tag');
  return inserted.length;
}

function decisionFromRow(row: DecisionRow): Decision {
  return {
    id: row.id,
    policyId: row.policy_id,
    policyVersion: row.policy_version,
    entityRef: row.entity_ref,
    repository: row.repository,
    tag: row.tag,
    digest: row.digest,
    outcome: row.outcome,
    reason: JSON.parse(row.reason) as Reason,
    decidedAt: timeFromColumn(row.decided_at)!,
  };
}

function rejectionsOf(change: TagChangeRow): Decision[] {
  const rejections = JSON.parse(change.rejections ?? '[]') as Rejection[];
  return rejections.map(rejection => ({
    id: `${change.id}:${rejection.policyId}`,
    policyId: rejection.policyId,
    policyVersion: rejection.policyVersion,
    entityRef: rejection.entityRef,
    eventId: change.event_id ?? undefined,
    repository: change.repository,
    tag: change.tag,
    digest: change.digest,
    outcome: 'rejected',
    reason: rejection.reason,
    decidedAt: timeFromColumn(change.observed_at)!,
  }));
}
