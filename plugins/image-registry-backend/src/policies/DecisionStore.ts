import {
  Decision,
  Page,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { BigIntColumn, databaseNow, timeFromColumn } from '../database';
import { encodeCursor, sequenceOfCursor } from '../http';
import { Listener, ListenerSets, refusalByName } from './ListenerSets';
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

/** Policies of which most refuse a tag by its name, and for that alone. */
export interface RefusingListeners {
  setId: string;
  /** Ids of those of the set that did not. */
  apart: string[];
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
  listener_set_id: string | null;
  listeners_apart: string | null;
}

/**
 * What policies decided on changes of tags. Accepted and blocked decisions are
 * rows; rejections are kept with the change, because a push may meet very many
 * policies that are not concerned. Where they are many, only who they were is
 * kept, and why their rules refuse the tag is read from the rules again.
 */
export class DecisionStore {
  readonly #listeners: ListenerSets;

  private constructor(private readonly knex: Knex) {
    this.#listeners = new ListenerSets(knex);
  }

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

  /** The same of several policies; one that decided nothing is left out. */
  async latestSequences(policyIds: string[]): Promise<Map<string, number>> {
    const rows = await this.knex('decisions')
      .select('policy_id')
      .whereIn('policy_id', policyIds)
      .max<{ policy_id: string; latest: unknown }[]>({ latest: 'sequence' })
      .groupBy('policy_id');
    return new Map(rows.map(row => [row.policy_id, Number(row.latest)]));
  }

  /** To be called before the transaction; see {@link ListenerSets.keep}. */
  async keepListeners(policies: readonly ListeningPolicy[]): Promise<string> {
    return this.#listeners.keep(policies);
  }

  /** @param refusing - those whose refusal follows from their rules */
  async setRejections(
    trx: Knex.Transaction,
    changeId: string,
    rejections: Rejection[],
    refusing?: RefusingListeners,
  ): Promise<void> {
    if (rejections.length > 0 || refusing) {
      await trx('tag_changes')
        .where({ id: changeId })
        .update({
          rejections: rejections.length > 0 ? JSON.stringify(rejections) : null,
          ...(refusing && {
            listener_set_id: refusing.setId,
            listeners_apart: JSON.stringify(refusing.apart),
          }),
        });
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
    const items = await this.#ofChanges(shown, policy.id);
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

  /** @param policyId - the only policy that is asked for */
  async #ofChanges(
    changes: TagChangeRow[],
    policyId?: string,
  ): Promise<Decision[]> {
    const byId = new Map(changes.map(change => [change.id, change]));
    const ids = [...byId.keys()];
    const isAskedFor = (decision: { policyId: string }) =>
      policyId === undefined || decision.policyId === policyId;
    const [listeners, rows, rollouts] = await Promise.all([
      this.#listeners.find(changes.flatMap(row => row.listener_set_id ?? [])),
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
    const rejected = changes.flatMap(change =>
      [
        ...(JSON.parse(change.rejections ?? '[]') as Rejection[]),
        ...refusalsOf(
          change,
          listeners.get(change.listener_set_id ?? '')?.filter(isAskedFor),
        ),
      ]
        .filter(isAskedFor)
        .map(rejection => rejectionOf(change, rejection)),
    );
    return [...decided.filter(isAskedFor), ...rejected].sort((a, b) =>
      b.decidedAt.localeCompare(a.decidedAt),
    );
  }
}

/** What the rules of a set say of a tag's name, all but those set apart. */
function refusalsOf(
  { tag, listeners_apart: apart }: TagChangeRow,
  listeners: Listener[] = [],
): Rejection[] {
  const others = new Set(JSON.parse(apart ?? '[]') as string[]);
  return listeners.flatMap(({ rule, ...policy }) => {
    const reason = others.has(policy.policyId)
      ? undefined
      : refusalByName(rule, tag);
    return reason ? { ...policy, reason } : [];
  });
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

function rejectionOf(change: TagChangeRow, rejection: Rejection): Decision {
  return {
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
  };
}
