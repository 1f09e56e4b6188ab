import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import createKnex, { Knex } from 'knex';

export const migrationsDirectory = path.resolve(__dirname, '../../migrations');

/** Of the lock under which a template is made; any number will do. */
const LOCK = 20_261_121;

/**
 * The name of a PostgreSQL database with the newest tables, which is quicker
 * to copy than to make. Several processes may ask for it at the same time:
 * one of them makes it, the others wait.
 */
export async function migratedTemplate(
  connection: Knex.PgConnectionConfig,
): Promise<string> {
  const name = `migrated_${digestOfMigrations()}`;
  const administration = createKnex({
    client: 'pg',
    connection,
    // The lock belongs to the connection, and ends with it.
    pool: { min: 1, max: 1 },
  });
  try {
    await administration.raw('SELECT pg_advisory_lock(?)', [LOCK]);
    const known = await administration('pg_database')
      .where({ datname: name })
      .first();
    if (!known) {
      const draft = `${name}_draft`;
      // A process that ended in between may have left it.
      await administration.raw('DROP DATABASE IF EXISTS ??', [draft]);
      await administration.raw('CREATE DATABASE ??', [draft]);
      await migrate({ ...connection, database: draft });
      await administration.raw('ALTER DATABASE ?? RENAME TO ??', [draft, name]);
    }
    return name;
  } finally {
    await administration.destroy();
  }
}

async function migrate(connection: Knex.PgConnectionConfig): Promise<void> {
  const knex = createKnex({ client: 'pg', connection });
  try {
    await knex.migrate.latest({ directory: migrationsDirectory });
  } finally {
    await knex.destroy();
  }
}

/** Short enough for the name of a database. */
function digestOfMigrations(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(migrationsDirectory).sort()) {
    hash.update(file);
    hash.update(readFileSync(path.join(migrationsDirectory, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
