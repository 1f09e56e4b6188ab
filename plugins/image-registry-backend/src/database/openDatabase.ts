import { DatabaseService } from '@backstage/backend-plugin-api';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { giveWay } from './giveWay';
import { rememberStatements } from './rememberStatements';

const packageName = '@slipway/backstage-plugin-image-registry-backend';

/** True on SQLite, which has no row locks and one writer at a time. */
export function isSqlite(knex: Knex): boolean {
  return String(knex.client.config.client).includes('sqlite');
}

/**
 * The plugin's database with the newest tables. SQLite is set to write-ahead
 * logging with a full sync at each commit: a 2xx is durable. Failures carry
 * their SQL without its values, which belong into no answer and no log.
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  knex.client.config.compileSqlOnError = false;
  if (isSqlite(knex)) {
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.raw('PRAGMA synchronous = FULL');
  }
  if (!database.migrations?.skip) {
    await knex.migrate.latest({
      directory: resolvePackagePath(packageName, 'migrations'),
    });
  }
  if (isSqlite(knex)) {
    await rememberStatements(knex);
    giveWay(knex);
  }
  return knex;
}
