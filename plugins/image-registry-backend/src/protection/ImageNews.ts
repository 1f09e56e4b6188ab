import { Knex } from 'knex';

/** Whose images are spoken of. */
type Repository = { registryId: string; repository: string };

/**
 * How often registries told something of the images of a repository. Whoever
 * reads what a registry says counts before, and compares when it decides:
 * otherwise what is told in between would be waited for although it has come.
 */
export class ImageNews {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): ImageNews {
    return new ImageNews(options.knex);
  }

  /** Once more something was told. */
  async add(of: Repository): Promise<void> {
    const row = rowOf(of);
    await this.knex('image_news')
      .insert({ ...row, count: 1 })
      .onConflict(Object.keys(row))
      .merge({ count: this.knex.raw('image_news.count + 1') });
  }

  /** To be asked before the registry is. */
  async count(of: Repository): Promise<number> {
    const row = rowOf(of);
    // What is not there cannot be held on to when it is decided.
    await this.knex('image_news')
      .insert({ ...row, count: 0 })
      .onConflict(Object.keys(row))
      .ignore();
    const { count } = await this.knex('image_news').where(row).first();
    return Number(count);
  }

  /** In a transaction that decides: nothing is told until it has ended. */
  async countDeciding(trx: Knex.Transaction, of: Repository): Promise<number> {
    const row = await trx('image_news').where(rowOf(of)).forShare().first();
    return Number(row?.count ?? 0);
  }
}

function rowOf({ registryId, repository }: Repository) {
  return { registry_id: registryId, repository };
}
