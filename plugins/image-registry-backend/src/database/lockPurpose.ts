import { Knex } from 'knex';
import { isSqlite } from './openDatabase';

/**
 * Makes transactions that serve one purpose wait for each other, in all
 * processes, where no row stands for what they decide about. SQLite has one
 * writer at a time anyway.
 */
export async function lockPurpose(
  trx: Knex.Transaction,
  purpose: 'environments' | 'image-events',
): Promise<void> {
  if (!isSqlite(trx)) {
    await trx.raw('SELECT pg_advisory_xact_lock(hashtext(?))', [
      `image-registry/${purpose}`,
    ]);
  }
}
