import { Knex } from 'knex';
import { isSqlite } from './openDatabase';

/**
 * Makes transactions that serve one purpose wait for each other, in all
 * processes, where no row stands for what they decide about. SQLite has one
 * writer at a time anyway.
 *
 * @param mode - `shared` waits only for those that are not
 */
export async function lockPurpose(
  trx: Knex.Transaction,
  purpose: 'environments' | 'freezes' | 'image-events',
  mode: 'exclusive' | 'shared' = 'exclusive',
): Promise<void> {
  if (!isSqlite(trx)) {
    const lock =
      mode === 'shared'
        ? 'pg_advisory_xact_lock_shared'
        : 'pg_advisory_xact_lock';
    await trx.raw(`SELECT ${lock}(hashtext(?))`, [`image-registry/${purpose}`]);
  }
}
