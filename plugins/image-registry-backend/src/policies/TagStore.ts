import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { BigIntColumn, databaseNow, timeFromColumn } from '../database';

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
  source: 'webhook' | 'replay' | 'evaluation' | 'poll';
  /** The registry's time of the push, else when we heard of it; ISO 8601. */
  pushedAt?: string;
  /** The push time is the registry's. */
  pushTold?: boolean;
}

/** What a tag meant when it was observed last. */
export interface KnownTag {
  /** Empty for one that was there before anybody asked what it means. */
  digest: string;
  generation: number;
}

/** A push that somebody told the portal of. */
export interface HeardPush {
  /** As the registry tells it; ISO 8601. */
  pushedAt: string;
  /** By the clock of the database; ISO 8601. */
  heardAt: string;
}

/** What became of a tag's compare-and-swap. */
export type Observation =
  | { result: 'changed'; change: TagChange }
  | { result: 'unchanged' }
  /** It was there before anybody asked what it means: known from now on. */
  | { result: 'first-seen' }
  /** Somebody observed the tag in between: ask the registry again. */
  | { result: 'lost' };

/** What tags mean, and each change of that. */
export class TagStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): TagStore {
    return new TagStore(options.knex);
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

  /** What is known of every tag of a repository that anybody has observed. */
  async known(
    registryId: string,
    repository: string,
  ): Promise<Map<string, KnownTag>> {
    const rows = await this.knex('tags')
      .select('tag', 'digest', 'generation')
      .where({ registry_id: registryId, repository });
    return new Map(
      rows.map(row => [
        row.tag as string,
        { digest: row.digest as string, generation: Number(row.generation) },
      ]),
    );
  }

  /**
   * The latest push of each tag of a repository that was heard of.
   * @param since - by the clock of the database; ISO 8601
   */
  async pushesSince(
    { registryId, repository }: Pick<TagChange, 'registryId' | 'repository'>,
    since: string,
  ): Promise<Map<string, HeardPush>> {
    const rows = await this.knex('tag_changes')
      .select('tag')
      .where({ registry_id: registryId, repository })
      .where('observed_at', '>=', Date.parse(since))
      .whereNotNull('pushed_at')
      .max<{ tag: string; pushed: BigIntColumn; heard: BigIntColumn }[]>({
        pushed: 'pushed_at',
        heard: 'observed_at',
      })
      .groupBy('tag');
    return new Map(
      rows.map(({ tag, pushed, heard }) => [
        tag,
        { pushedAt: timeFromColumn(pushed)!, heardAt: timeFromColumn(heard)! },
      ]),
    );
  }

  /**
   * Takes a push time that the registry told for what was only heard of; of
   * several that it told for one digest of a tag, the latest. What a person had
   * decided again counts as pushed then.
   *
   * @returns whether anything is known better now
   */
  async tell(
    trx: Knex.Transaction,
    push: Omit<TagChange, 'id' | 'source'> & { pushedAt: string },
  ): Promise<boolean> {
    const { registryId, repository, tag, digest } = push;
    const at = Date.parse(push.pushedAt);
    const where = { registry_id: registryId, repository, tag };
    const last = await trx('tag_changes')
      .where(where)
      .orderBy('generation', 'desc')
      .first('source');
    if (last?.source === 'replay') {
      return false;
    }
    const count = await trx('tag_changes')
      .where({ ...where, digest })
      .andWhere(worse =>
        worse
          .whereNull('pushed_told')
          .orWhere('pushed_told', false)
          .orWhere('pushed_at', '<', at),
      )
      .update({ pushed_at: at, pushed_told: true });
    return count > 0;
  }

  /** Whether the registry told of a later push of another tag. */
  async toldLater(
    trx: Knex.Transaction,
    push: Pick<TagChange, 'registryId' | 'repository' | 'tag'> & {
      pushedAt: string;
    },
  ): Promise<boolean> {
    const { registryId, repository, tag, pushedAt } = push;
    const row = await trx('tag_changes')
      .where({
        registry_id: registryId,
        repository,
        pushed_told: true,
      })
      .where('pushed_at', '>', Date.parse(pushedAt))
      .whereNot({ tag })
      .first('id');
    return row !== undefined;
  }

  /**
   * The latest push of each tag of a repository whose time the registry told;
   * ISO 8601.
   * @param since - by the clock of the database; ISO 8601
   */
  async toldSince(
    trx: Knex.Transaction,
    { registryId, repository }: Pick<TagChange, 'registryId' | 'repository'>,
    since: string,
  ): Promise<Map<string, string>> {
    const rows = await trx('tag_changes')
      .select('tag')
      .where({
        registry_id: registryId,
        repository,
        pushed_told: true,
      })
      .where('observed_at', '>=', Date.parse(since))
      .max<{ tag: string; pushed: BigIntColumn }[]>({ pushed: 'pushed_at' })
      .groupBy('tag');
    return new Map(
      rows.map(({ tag, pushed }) => [tag, timeFromColumn(pushed)!]),
    );
  }

  /** When what a tag means was looked at last; ISO 8601. */
  async seenAt(
    { registryId, repository }: Pick<TagChange, 'registryId' | 'repository'>,
    tag: string,
  ): Promise<string | undefined> {
    const row = await this.knex('tags')
      .where({ registry_id: registryId, repository, tag })
      .first('observed_at');
    return timeFromColumn(row?.observed_at);
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
        .update({
          digest: observed.digest,
          // An answer that was asked for before this one comes too late.
          generation: generation + 1,
          observed_at: databaseNow(trx),
        });
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
      pushed_told: change.pushTold ?? false,
      observed_at: databaseNow(trx),
    });
    return { result: 'changed', change };
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
