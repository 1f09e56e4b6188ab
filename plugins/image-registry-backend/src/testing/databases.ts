import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import createKnex, { Knex } from 'knex';
import { PostgresServer, startPostgres } from './postgres';

const migrationsDirectory = path.resolve(__dirname, '../../migrations');

/** One kind of database that stores are tested on. */
export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL';
  /**
   * A new database with the newest tables; closed after the test file.
   * @param options - `migrate: false` leaves it empty
   */
  create(options?: { migrate?: boolean }): Promise<Knex>;
  /** A second pool of connections to the same database, as a replica has. */
  reconnect(knex: Knex): Knex;
}

/**
 * The databases that stores are tested on: SQLite in a file, and PostgreSQL
 * 18 from npm, or the server at
 * `BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING`.
 *
 * To be called in a `describe` block or at the top of a test file.
 *
 * @example
 * ```ts
 * describe.each(eachDatabase())('DatabaseStore, $name', database => {
 *   it('keeps', async () => {
 *     const knex = await database.create();
 *   });
 * });
 * ```
 */
export function eachDatabase(): TestDatabase[] {
  return [sqlite(), postgres()];
}

/** Only SQLite, for tests of what no database makes different. */
export function sqlite(): TestDatabase {
  const pools = closedAfterTests();
  let directory: string | undefined;
  afterAll(async () => {
    await pools.close();
    if (directory) {
      await rm(directory, { recursive: true, force: true });
    }
  });
  const open = (filename: string) =>
    pools.add(
      createKnex({
        client: 'better-sqlite3',
        connection: { filename },
        useNullAsDefault: true,
        pool: {
          min: 1,
          max: 1,
          afterCreate: (
            connection: { pragma(source: string): void },
            done: () => void,
          ) => {
            connection.pragma('foreign_keys = ON');
            connection.pragma('journal_mode = WAL');
            connection.pragma('synchronous = OFF');
            done();
          },
        },
      }),
    );
  return {
    name: 'SQLite',
    async create(options) {
      directory ??= await mkdtemp(path.join(tmpdir(), 'image-registry-'));
      return migrated(open(path.join(directory, newName())), options);
    },
    reconnect: knex => open(knex.client.config.connection.filename),
  };
}

function postgres(): TestDatabase {
  // Its first start takes seconds on a busy machine.
  jest.setTimeout(60_000);
  const pools = closedAfterTests();
  let server: Promise<PostgresServer> | undefined;
  afterAll(async () => {
    await pools.close();
    await (await server)?.stop();
  });
  const open = (connection: Knex.PgConnectionConfig) =>
    pools.add(
      createKnex({ client: 'pg', connection, pool: { min: 0, max: 10 } }),
    );
  return {
    name: 'PostgreSQL',
    async create(options) {
      server ??= startPostgres();
      const { connection } = await server;
      const database = newName();
      const administration = createKnex({ client: 'pg', connection });
      try {
        await administration.raw('CREATE DATABASE ??', [database]);
      } finally {
        await administration.destroy();
      }
      return migrated(open({ ...connection, database }), options);
    },
    reconnect: knex => open(knex.client.config.connection),
  };
}

function newName(): string {
  return `test_${randomBytes(8).toString('hex')}`;
}

function closedAfterTests() {
  const pools: Knex[] = [];
  return {
    add(knex: Knex): Knex {
      pools.push(knex);
      return knex;
    },
    async close(): Promise<void> {
      await Promise.all(pools.map(knex => knex.destroy()));
    },
  };
}

async function migrated(
  knex: Knex,
  options: { migrate?: boolean } = {},
): Promise<Knex> {
  if (options.migrate !== false) {
    await knex.migrate.latest({ directory: migrationsDirectory });
  }
  return knex;
}
