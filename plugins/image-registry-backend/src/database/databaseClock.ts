import { Knex } from 'knex';
import { isSqlite } from './openDatabase';

/**
 * Milliseconds since 1970 on the database's own clock, as an SQL expression:
 * leases must not depend on how well the replicas' clocks agree.
 *
 * @param offsetMs - added to now; whole milliseconds
 */
export function databaseNow(knex: Knex, offsetMs: number = 0): Knex.Raw {
  const offset = Math.trunc(offsetMs);
  const now = isSqlite(knex)
    ? "CAST(unixepoch('subsec') * 1000 AS INTEGER)"
    : '(extract(epoch from clock_timestamp()) * 1000)::bigint';
  // A value: a text of its own for each offset would be prepared anew.
  return knex.raw(`(${now} + CAST(? AS bigint))`, [offset]);
}
