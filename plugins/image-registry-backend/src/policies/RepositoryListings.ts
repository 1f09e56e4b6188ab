import { isShrunken } from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { BigIntColumn, databaseNow } from '../database';
import { listAllTags, TagListing } from './tagListing';

/** A listing that shrank is believed when it is still so after this, in ms. */
export const CONFIRMED_AFTER_MS = 10 * 60_000;

interface ListingRow {
  tag_count: number;
  shrunk_count: number | null;
  shrunk_at: BigIntColumn | null;
}

type Repository = { registryId: string; repository: string };

/** Reads all tags of a repository. */
export type ReadTags = (
  client: RegistryClient,
  of: Repository,
) => Promise<TagListing>;

/**
 * Reads whole listings and remembers how many tags each had: a registry that
 * tells half of its tags for a while must not make an old one the newest.
 */
export class RepositoryListings {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): RepositoryListings {
    return new RepositoryListings(options.knex);
  }

  /**
   * All tags of a repository. One that lost more than the rule engine allows
   * has a `countBefore`, until a second look some minutes later finds the
   * same, or {@link RepositoryListings.accept}. A repository that its registry
   * does not know, and that never had a tag, is one before its first push.
   * @throws RegistryError when the registry cannot be asked
   */
  async read(
    client: RegistryClient,
    of: Repository,
    options: { signal?: AbortSignal } = {},
  ): Promise<TagListing> {
    const listing = await this.#list(client, of, options);
    if (!listing.complete) {
      return listing;
    }
    const countBefore = await this.#remember(of, listing.candidates.length);
    return { ...listing, countBefore };
  }

  /**
   * For several looks at one repository: the first of them reads its tags, the
   * others get what it read.
   */
  once(): ReadTags {
    let listing: Promise<TagListing> | undefined;
    return (client, of) => (listing ??= this.read(client, of));
  }

  async #list(
    client: RegistryClient,
    of: Repository,
    options: { signal?: AbortSignal },
  ): Promise<TagListing> {
    try {
      return await listAllTags(client, of.repository, options);
    } catch (error) {
      const unknown =
        error instanceof RegistryError && error.code === 'not-found';
      if (unknown && !(await this.#hadTags(of))) {
        return { candidates: [], complete: true };
      }
      throw error;
    }
  }

  async #hadTags({ registryId, repository }: Repository): Promise<boolean> {
    const row = await this.knex('repository_listings')
      .where({ registry_id: registryId, repository })
      .where('tag_count', '>', 0)
      .first();
    return row !== undefined;
  }

  /**
   * A person says that the tags are gone for good.
   * @returns false when no listing waits for that
   */
  async accept({ registryId, repository }: Repository): Promise<boolean> {
    const count = await this.knex('repository_listings')
      .where({ registry_id: registryId, repository })
      .whereNotNull('shrunk_at')
      .update({
        tag_count: this.knex.ref('shrunk_count'),
        shrunk_count: null,
        shrunk_at: null,
      });
    return count === 1;
  }

  async #remember(
    { registryId, repository }: Repository,
    count: number,
  ): Promise<number | undefined> {
    const where = { registry_id: registryId, repository };
    return this.knex.transaction(async trx => {
      const row = await trx('repository_listings')
        .select<ListingRow[]>('tag_count', 'shrunk_count', 'shrunk_at')
        .where(where)
        .first();
      if (!row || !isShrunken(row.tag_count, count)) {
        await this.#believe(trx, where, count);
        return undefined;
      }
      const first = row.shrunk_count;
      if (first === null || isShrunken(first, count)) {
        await trx('repository_listings')
          .where(where)
          .update({ shrunk_count: count, shrunk_at: databaseNow(trx) });
        return row.tag_count;
      }
      const old = await trx('repository_listings')
        .where(where)
        .where('shrunk_at', '<=', databaseNow(trx, -CONFIRMED_AFTER_MS))
        .first();
      if (old) {
        await this.#believe(trx, where, count);
      }
      return old ? undefined : row.tag_count;
    });
  }

  async #believe(
    trx: Knex.Transaction,
    where: { registry_id: string; repository: string },
    count: number,
  ): Promise<void> {
    await trx('repository_listings')
      .insert({
        ...where,
        tag_count: count,
        read_at: databaseNow(trx),
        shrunk_count: null,
        shrunk_at: null,
      })
      .onConflict(['registry_id', 'repository'])
      .merge();
  }
}
