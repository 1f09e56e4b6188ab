import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Knex } from 'knex';

/** A PostgreSQL server for tests. */
export interface PostgresServer {
  /** With the right to create databases. */
  connection: Knex.PgConnectionConfig;
  stop(): Promise<void>;
}

const environmentVariable =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** Starts a server, or takes the one that the environment names. */
export async function startPostgres(): Promise<PostgresServer> {
  const connectionString = process.env[environmentVariable];
  if (connectionString) {
    const { hostname, port, username, password } = new URL(connectionString);
    return {
      connection: {
        host: hostname,
        port: port ? Number(port) : 5432,
        user: decodeURIComponent(username),
        password: decodeURIComponent(password),
        database: 'postgres',
      },
      stop: async () => undefined,
    };
  }
  return startProcess();
}

async function startProcess(): Promise<PostgresServer> {
  const child = spawn(
    process.execPath,
    [path.join(__dirname, 'postgresServer.mjs')],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let log = '';
  child.stderr.on('data', data => {
    log += data;
  });
  const ended = new Promise<void>(resolve => {
    child.once('close', () => resolve());
  });
  const line = await Promise.race([
    new Promise<string>(resolve => {
      createInterface(child.stdout).once('line', resolve);
    }),
    ended.then(() => {
      throw new Error(`PostgreSQL for the tests did not start:\n${log}`);
    }),
  ]);
  return {
    connection: { ...JSON.parse(line), database: 'postgres' },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
