import {
  PastChange,
  TagCandidate,
  TagHistory,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { BigIntColumn, timeFromColumn } from '../../database';

/** How far back rules are replayed, in ms. */
const REACH_MS = 30 * 24 * 60 * 60_000;
/** Changes that are replayed at most: the latest. */
const MAX_CHANGES = 5000;
/** Tags of the beginning that are told at most, the latest observed first. */
const MAX_BEFORE = 5000;

interface ChangeRow {
  tag: string;
  digest: string;
  previous_digest: string | null;
  pushed_at: BigIntColumn | null;
  observed_at: BigIntColumn;
}

/** What the tags of a repository meant lately, from the stored changes. */
export class TagHistories {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): TagHistories {
    return new TagHistories(options.knex);
  }

  async of(
    { registryId, repository }: { registryId: string; repository: string },
    now: number = Date.now(),
  ): Promise<TagHistory> {
    const where = { registry_id: registryId, repository };
    const latest = await this.knex('tag_changes')
      .select<ChangeRow[]>(
        'tag',
        'digest',
        'previous_digest',
        'pushed_at',
        'observed_at',
      )
      .where(where)
      .where('observed_at', '>=', now - REACH_MS)
      .orderBy('sequence', 'desc')
      .limit(MAX_CHANGES);
    const rows = latest.reverse();
    const from =
      rows.length === MAX_CHANGES
        ? Number(rows[0].observed_at)
        : now - REACH_MS;
    return {
      from: new Date(from).toISOString(),
      to: new Date(now).toISOString(),
      before: await this.#before(where, rows, from),
      changes: rows
        .filter(row => row.digest !== row.previous_digest)
        .map(toChange),
    };
  }

  /** Tags that changed since mean what their first change says they meant. */
  async #before(
    where: { registry_id: string; repository: string },
    changes: ChangeRow[],
    from: number,
  ): Promise<TagCandidate[]> {
    const first = new Map<string, ChangeRow>();
    for (const row of changes) {
      first.set(row.tag, first.get(row.tag) ?? row);
    }
    const changed = [...first.values()].flatMap(
      ({ tag, previous_digest: digest }) => (digest ? [{ tag, digest }] : []),
    );
    const rows = await this.knex('tags')
      .select<Array<Pick<ChangeRow, 'tag' | 'digest' | 'observed_at'>>>(
        'tag',
        'digest',
        'observed_at',
      )
      .where(where)
      .orderBy('observed_at', 'desc')
      .limit(MAX_BEFORE);
    const still = rows
      .filter(({ tag, digest }) => !first.has(tag) && digest !== '')
      .map(({ tag, digest, observed_at: at }) => ({
        tag,
        digest,
        pushedAt: timeFromColumn(Math.min(Number(at), from)),
      }));
    return [...still, ...changed];
  }
}

function toChange(row: ChangeRow): PastChange {
  return {
    at: timeFromColumn(row.observed_at)!,
    tag: row.tag,
    digest: row.digest,
    pushedAt: timeFromColumn(row.pushed_at),
  };
}
