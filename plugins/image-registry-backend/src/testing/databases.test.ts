import { eachDatabase } from './databases';

describe.each(eachDatabase())('test database, $name', database => {
  it('is empty at first and seen by a second pool of connections', async () => {
    const knex = await database.create({ migrate: false });
    await knex.schema.createTable('things', table => table.text('name'));
    await knex('things').insert({ name: 'one' });

    const other = await database.create({ migrate: false });
    expect(await other.schema.hasTable('things')).toBe(false);
    await expect(database.reconnect(knex)('things')).resolves.toEqual([
      { name: 'one' },
    ]);
  });

  it('takes all migrations up and down again', async () => {
    const knex = await database.create();
    const directory = `${__dirname}/../../migrations`;
    const [, applied] = await knex.migrate.list({ directory });
    expect(applied).toEqual([]);
    await knex.migrate.rollback({ directory }, true);
    const [completed] = await knex.migrate.list({ directory });
    expect(completed).toEqual([]);
    expect(await knex.schema.hasTable('registries')).toBe(false);
  });
});
