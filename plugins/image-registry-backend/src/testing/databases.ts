import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import createKnex, { Knex } from 'knex';
import { migratedTemplate, migrationsDirectory } from './migratedTemplate';
import { PostgresServer, startPostgres } from './postgres';

/** Whole portals do their work in it, on a busy machine. */
const TEST_TIMEOUT_MS = 120_000;

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
  jest.setTimeout(TEST_TIMEOUT_MS);
  const pools = closedAfterTests();
  let directory: Promise<string> | undefined;
  let template: Promise<string> | undefined;
  afterAll(async () => {
    await pools.close();
    if (directory) {
      await rm(await directory, { recursive: true, force: true });
    }
  });
  const newFile = async () => {
    directory ??= mkdtemp(path.join(tmpdir(), 'image-registry-'));
    return path.join(await directory, newName());
  };
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
  const migratedFile = async () => {
    const filename = await newFile();
    const knex = open(filename);
    await knex.migrate.latest({ directory: migrationsDirectory });
    // The last connection that closes leaves all in the one file.
    await knex.destroy();
    return filename;
  };
  return {
    name: 'SQLite',
    async create({ migrate = true } = {}) {
      const filename = await newFile();
      if (migrate) {
        template ??= migratedFile();
        await copyFile(await template, filename);
      }
      return open(filename);
    },
    reconnect: knex => open(knex.client.config.connection.filename),
  };
}

function postgres(): TestDatabase {
  jest.setTimeout(TEST_TIMEOUT_MS);
  const pools = closedAfterTests();
  let server: Promise<PostgresServer> | undefined;
  let template: Promise<string> | undefined;
  let administration: Knex | undefined;
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
    async create({ migrate = true } = {}) {
      server ??= startPostgres();
      const { connection } = await server;
      administration ??= pools.add(
        createKnex({ client: 'pg', connection, pool: { min: 0, max: 1 } }),
      );
      const database = newName();
      if (migrate) {
        template ??= migratedTemplate(connection);
        const names = [database, await template];
        await administration.raw('CREATE DATABASE ?? TEMPLATE ??', names);
      } else {
        await administration.raw('CREATE DATABASE ??', [database]);
      }
      return open({ ...connection, database });
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
