import {
  Decision,
  Page,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { BigIntColumn, databaseNow, timeFromColumn } from '../database';
import { encodeCursor, sequenceOfCursor } from '../http';
import { ListeningPolicy, StoredPolicy } from './PolicyStore';
import { TagChange } from './TagStore';

const DEFAULT_PAGE = 50;

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
  outcome: Exclude<Decision['outcome'], 'rejected'>;
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

/**
 * What policies decided on changes of tags. Accepted and blocked decisions are
 * rows; rejections are kept with the change, because a push may meet very many
 * policies that are not concerned.
 */
export class DecisionStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): DecisionStore {
    return new DecisionStore(options.knex);
  }

  async transaction<T>(run: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.knex.transaction(run);
  }

  async insert(
    trx: Knex.Transaction,
    decision: {
      id: string;
      policy: ListeningPolicy;
      change: TagChange;
      outcome: DecisionRow['outcome'];
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
        .update({ rejections: rejectionsToColumn(rejections) });
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

/** Rules refuse most tags by one and the same object. */
const reasonTexts = new WeakMap<Reason, string>();

function textOf(reason: Reason): string {
  const text = reasonTexts.get(reason) ?? JSON.stringify(reason);
  reasonTexts.set(reason, text);
  return text;
}

/** JSON as of the whole list, where a thousand reasons took milliseconds. */
function rejectionsToColumn(rejections: Rejection[]): string {
  const entries = rejections.map(({ reason, ...policy }) => {
    const text = JSON.stringify(policy);
    return `${text.slice(0, -1)},"reason":${textOf(reason)}}`;
  });
  return `[${entries.join(',')}]`;
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
