import { Knex } from 'knex';
import { Retention } from './Retention';

/** Rows that one statement changes or removes. */
const BATCH = 500;

/** A set of policies is kept so long before a change names it, in ms. */
const UNNAMED_MS = 24 * 60 * 60 * 1000;

/** Removes what is older than its retention, a few rows at a time. */
export class Cleaner {
  private constructor(
    private readonly knex: Knex,
    private readonly retention: Retention,
  ) {}

  static create(options: { knex: Knex; retention: Retention }): Cleaner {
    return new Cleaner(options.knex, options.retention);
  }

  /** @returns how many rows were changed or removed */
  async clean(now: number = Date.now()): Promise<number> {
    const { bodies, deliveries, evidence, history } = this.retention;
    return (
      (await this.#batches(
        'deliveries',
        rows =>
          rows.where('received_at', '<', now - bodies).whereNotNull('body'),
        ids =>
          this.knex('deliveries').whereIn('id', ids).update({ body: null }),
      )) +
      (await this.#cleanDeliveries(now - deliveries)) +
      (await this.#cleanEvidence(now - evidence)) +
      (await this.#cleanRollouts(now - history)) +
      (await this.#remove('decisions', rows =>
        rows.where('decided_at', '<', now - history),
      )) +
      (await this.#remove('tag_changes', rows =>
        rows.where('observed_at', '<', now - history),
      )) +
      (await this.#cleanListenerSets(now - UNNAMED_MS)) +
      (await this.#cleanTags(now - history)) +
      (await this.#cleanListings(now - history)) +
      (await this.#cleanPlaces(now - history))
    );
  }

  /** A delivery with an event that is still to be decided stays whole. */
  async #cleanDeliveries(before: number): Promise<number> {
    const open = this.knex('image_events')
      .select('image_events.id')
      .whereRaw('image_events.delivery_id = deliveries.id')
      .whereIn('outcome', ['pending', 'waiting']);
    return this.#batches(
      'deliveries',
      rows => rows.where('received_at', '<', before).whereNotExists(open),
      ids =>
        this.knex.transaction(async (trx): Promise<number> => {
          await trx('image_events').whereIn('delivery_id', ids).delete();
          await trx('webhook_follow_ups').whereIn('delivery_id', ids).delete();
          return trx('deliveries').whereIn('id', ids).delete();
        }),
    );
  }

  async #cleanRollouts(before: number): Promise<number> {
    return this.#batches(
      'rollouts',
      rows => rows.where('finished_at', '<', before),
      ids =>
        this.knex.transaction(async (trx): Promise<number> => {
          await trx('rollout_events').whereIn('rollout_id', ids).delete();
          await trx('approvals').whereIn('rollout_id', ids).delete();
          await trx('rollout_evidence').whereIn('rollout_id', ids).delete();
          await trx('rollout_targets').whereIn('rollout_id', ids).delete();
          return trx('rollouts').whereIn('id', ids).delete();
        }),
    );
  }

  /** What failed rollouts left; few rows, each of them large. */
  async #cleanEvidence(before: number): Promise<number> {
    return this.knex('rollout_evidence')
      .where('captured_at', '<', before)
      .delete();
  }

  /**
   * What a tag means is known as long as a policy takes tags of its repository
   * or a change of it is kept: generations never begin anew beside old ones.
   */
  async #cleanTags(before: number): Promise<number> {
    const { knex } = this;
    const unused = (rows: Knex.QueryBuilder): Knex.QueryBuilder =>
      rows
        .where('tags.observed_at', '<', before)
        .whereNotExists(
          knex('policies')
            .select('policies.id')
            .whereRaw('policies.registry_id = tags.registry_id')
            .whereRaw('policies.repository = tags.repository'),
        )
        .whereNotExists(
          knex('tag_changes')
            .select('tag_changes.id')
            .whereRaw('tag_changes.registry_id = tags.registry_id')
            .whereRaw('tag_changes.repository = tags.repository')
            .whereRaw('tag_changes.tag = tags.tag'),
        );
    const key = ['registry_id', 'repository', 'tag'];
    let count = 0;
    for (;;) {
      const rows: Array<Record<string, string>> = await unused(knex('tags'))
        .select(key)
        .limit(BATCH);
      if (rows.length > 0) {
        const keys = rows.map(row => key.map(column => row[column]));
        // A policy may have been saved since they were read.
        count += await unused(knex('tags').whereIn(key, keys)).delete();
      }
      if (rows.length < BATCH) {
        return count;
      }
    }
  }

  /** The policies that a push met, when no change names them any more. */
  async #cleanListenerSets(before: number): Promise<number> {
    return this.knex('listener_sets')
      .where('used_at', '<', before)
      .whereNotIn(
        'id',
        // Read once, not once for each set.
        this.knex('tag_changes')
          .distinct('listener_set_id')
          .whereNotNull('listener_set_id'),
      )
      .delete();
  }

  /** Of components that nobody has looked at since; few rows. */
  async #cleanPlaces(before: number): Promise<number> {
    return this.knex('component_places').where('seen_at', '<', before).delete();
  }

  /** How many tags a repository had matters while a policy listens to it. */
  async #cleanListings(before: number): Promise<number> {
    const { knex } = this;
    return knex('repository_listings')
      .where('read_at', '<', before)
      .whereNotExists(
        knex('policies')
          .select('policies.id')
          .whereRaw('policies.registry_id = repository_listings.registry_id')
          .whereRaw('policies.repository = repository_listings.repository'),
      )
      .delete();
  }

  async #remove(
    table: string,
    old: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<number> {
    return this.#batches(table, old, async ids =>
      this.knex(table).whereIn('id', ids).delete(),
    );
  }

  /** Webhooks wait for the database as long as one batch takes. */
  async #batches(
    table: string,
    old: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
    clean: (ids: string[]) => PromiseLike<number>,
  ): Promise<number> {
    let count = 0;
    for (;;) {
      const rows: Array<{ id: string }> = await old(this.knex(table))
        .select(`${table}.id`)
        .limit(BATCH);
      if (rows.length > 0) {
        count += await clean(rows.map(({ id }) => id));
      }
      if (rows.length < BATCH) {
        return count;
      }
    }
  }
}
