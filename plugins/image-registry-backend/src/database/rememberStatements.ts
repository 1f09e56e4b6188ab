import { Knex } from 'knex';

/** Statements of one connection that are kept; those used last stay. */
const MAX_STATEMENTS = 500;

interface Statement {
  /** Whether its rows are being read one by one. */
  readonly busy: boolean;
}

/** What is used of a connection of better-sqlite3. */
interface Connection {
  prepare(sql: string): Statement;
}

/**
 * Has SQLite's connections prepare a statement once: Knex prepares each anew,
 * which takes a sixth of the time of a decision. To be called when the tables
 * are as they stay.
 */
export async function rememberStatements(knex: Knex): Promise<void> {
  const { client } = knex;
  client.pool.on('createSuccess', (_: unknown, connection: Connection) =>
    remember(connection),
  );
  // Backstage's pool for SQLite has one connection, which exists by now.
  const connection: Connection = await client.acquireConnection();
  remember(connection);
  await client.releaseConnection(connection);
}

function remember(connection: Connection): void {
  const prepare = connection.prepare.bind(connection);
  const known = new Map<string, Statement>();
  connection.prepare = sql => {
    const found = known.get(sql);
    if (found?.busy) {
      return prepare(sql);
    }
    const statement = found ?? prepare(sql);
    known.delete(sql);
    known.set(sql, statement);
    if (known.size > MAX_STATEMENTS) {
      const [oldest] = known.keys();
      known.delete(oldest);
    }
    return statement;
  };
}
