import { Knex } from 'knex';
import { isSqlite } from '../database';
import { deliveryRow, eventRows, Row } from './deliveryRows';
import { NewDelivery } from './DeliveryWriter';
import { insertFollowUps } from './FollowUps';

/** Stores deliveries with their events: all of them, durably, or none. */
export type InsertDeliveries = (
  deliveries: readonly NewDelivery[],
) => Promise<void>;

/** What is used of a connection of better-sqlite3. */
interface SqliteConnection {
  prepare(sql: string): { run(values: unknown[]): unknown };
  transaction(run: () => void): () => void;
}

/** SQLite allows 500 rows, and some thousand values, in a statement. */
const ROWS_OF_AN_INSERT = 100;

/** Columns of a table, with their types on PostgreSQL. */
type Columns = Readonly<Record<string, 'text' | 'bigint' | 'int' | 'boolean'>>;

const deliveryColumns: Columns = {
  id: 'text',
  registry_id: 'text',
  endpoint_id: 'text',
  received_at: 'bigint',
  format: 'text',
  content_type: 'text',
  headers: 'text',
  body: 'text',
  bytes: 'int',
  replay_of: 'text',
};

const eventColumns: Columns = {
  id: 'text',
  delivery_id: 'text',
  registry_id: 'text',
  kind: 'text',
  repository: 'text',
  tag: 'text',
  digest: 'text',
  pushed_by: 'text',
  occurred_at: 'bigint',
  received_at: 'bigint',
  outcome: 'text',
  reason: 'text',
  forced: 'boolean',
};

/**
 * Inserts in the way that costs a database's many rows least, by the benchmark
 * of webhook calls: PostgreSQL from two parameters in one statement, SQLite by
 * statements that are prepared once. Building the text of a statement took
 * longer than the rows.
 */
export function insertDeliveriesInto(knex: Knex): InsertDeliveries {
  const insert = isSqlite(knex) ? sqliteInsert(knex) : postgresInsert(knex);
  return deliveries =>
    deliveries.some(({ followUp }) => followUp)
      ? insertWithFollowUps(knex, deliveries)
      : insert(deliveries);
}

function sqliteInsert(knex: Knex): InsertDeliveries {
  const prepared = new WeakMap<SqliteConnection, Inserts>();
  return async deliveries => {
    const connection: SqliteConnection = await knex.client.acquireConnection();
    try {
      const inserts = prepared.get(connection) ?? prepareInserts(connection);
      prepared.set(connection, inserts);
      connection.transaction(() => {
        for (const delivery of deliveries) {
          inserts.delivery(deliveryRow(delivery));
          eventRows(delivery).forEach(inserts.event);
        }
      })();
    } finally {
      await knex.client.releaseConnection(connection);
    }
  };
}

interface Inserts {
  delivery(row: Row): void;
  event(row: Row): void;
}

function prepareInserts(connection: SqliteConnection): Inserts {
  const insertInto = (table: string, columns: Columns) => {
    const names = Object.keys(columns);
    const statement = connection.prepare(
      `INSERT INTO ${table} (${names}) VALUES (${names.map(() => '?')})`,
    );
    return (row: Row) => {
      statement.run(names.map(name => sqliteValue(row[name])));
    };
  };
  return {
    delivery: insertInto('deliveries', deliveryColumns),
    event: insertInto('image_events', eventColumns),
  };
}

function sqliteValue(value: Row[string]): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}

function postgresInsert(knex: Knex): InsertDeliveries {
  const insertInto = (table: string, columns: Columns) => {
    const names = Object.keys(columns);
    const types = names.map(name => `${name} ${columns[name]}`);
    return `INSERT INTO ${table} (${names}) SELECT ${names} FROM json_to_recordset(?::json) AS given(${types})`;
  };
  const statement = `WITH stored AS (${insertInto(
    'deliveries',
    deliveryColumns,
  )}) ${insertInto('image_events', eventColumns)}`;
  return async deliveries => {
    await knex.raw(statement, [
      JSON.stringify(deliveries.map(deliveryRow)),
      JSON.stringify(deliveries.flatMap(eventRows)),
    ]);
  };
}

/** Handshakes are rare. */
async function insertWithFollowUps(
  knex: Knex,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  await knex.transaction(async trx => {
    for (const delivery of deliveries) {
      const events = eventRows(delivery);
      await trx('deliveries').insert(deliveryRow(delivery));
      if (events.length > 0) {
        await trx.batchInsert('image_events', events, ROWS_OF_AN_INSERT);
      }
    }
    await insertFollowUps(
      trx,
      deliveries.flatMap(({ id, followUp }) =>
        followUp ? { deliveryId: id, url: followUp.url } : [],
      ),
    );
  });
}
