import createKnex, { Knex } from 'knex';
import { rememberStatements } from './rememberStatements';

describe('rememberStatements', () => {
  let knex: Knex;
  let prepared: string[];

  beforeEach(async () => {
    knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    await knex.schema.createTable('fruits', table => table.string('name'));
    prepared = [];
    const connection = await knex.client.acquireConnection();
    const prepare = connection.prepare.bind(connection);
    connection.prepare = (sql: string) => {
      prepared.push(sql);
      return prepare(sql);
    };
    await knex.client.releaseConnection(connection);
    await rememberStatements(knex);
  });

  afterEach(() => knex.destroy());

  it('prepares a statement once, whatever its values', async () => {
    for (const name of ['apple', 'pear', 'plum']) {
      await knex('fruits').insert({ name });
      expect(await knex('fruits').where({ name })).toEqual([{ name }]);
    }
    expect(prepared).toHaveLength(2);
  });

  it('answers with the columns that there are', async () => {
    await knex('fruits').insert({ name: 'apple' });
    expect(await knex('fruits')).toEqual([{ name: 'apple' }]);
    await knex.schema.alterTable('fruits', table => table.integer('weight'));
    expect(await knex('fruits')).toEqual([{ name: 'apple', weight: null }]);
  });

  it('reads the same rows twice at a time', async () => {
    await knex('fruits').insert([{ name: 'apple' }, { name: 'pear' }]);
    const seen: string[] = [];
    for await (const { name } of knex('fruits').orderBy('name').stream()) {
      seen.push(name);
    }
    const connection = await knex.client.acquireConnection();
    const first = connection.prepare('select * from fruits').iterate();
    first.next();
    expect(connection.prepare('select * from fruits').all()).toHaveLength(2);
    first.return();
    await knex.client.releaseConnection(connection);
    expect(seen).toEqual(['apple', 'pear']);
  });

  it('keeps no more than the last 500', async () => {
    const columns = Array.from({ length: 501 }, (_, n) => `c${n}`);
    for (const column of [...columns, columns[0], columns[500]]) {
      await knex('fruits').select({ [column]: 'name' });
    }
    expect(prepared).toHaveLength(502);
  });
});
