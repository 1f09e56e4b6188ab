import createKnex, { Knex } from 'knex';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { giveWay } from './giveWay';

/** Statements of all workers together take many times the longest turn. */
const WORKERS = 20;
const STATEMENTS = 100;

describe('giveWay', () => {
  let knex: Knex;

  beforeEach(() => {
    knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
  });

  afterEach(() => knex.destroy());

  async function work(): Promise<void> {
    for (let i = 0; i < STATEMENTS; i++) {
      await knex.raw('SELECT 1');
    }
  }

  /** How often the loop turned while all workers worked. */
  async function turnsDuring(): Promise<number> {
    let turns = 0;
    let working = true;
    const counting = (async () => {
      while (working) {
        await turnOfTheLoop();
        turns++;
      }
    })();
    await Promise.all(Array.from({ length: WORKERS }, work));
    working = false;
    await counting;
    return turns;
  }

  it('lets the loop turn while there are only statements', async () => {
    const before = await turnsDuring();
    giveWay(knex);
    const turns = await turnsDuring();

    expect(before).toBeLessThanOrEqual(5);
    expect(turns).toBeGreaterThan(before + 2);
  });

  it('lets nobody else into a transaction', async () => {
    giveWay(knex);
    await knex.schema.createTable('counter', table => table.integer('n'));
    await knex('counter').insert({ n: 0 });

    await Promise.all(
      Array.from({ length: 200 }, () =>
        knex.transaction(async trx => {
          const { n } = await trx('counter').first();
          await trx('counter').update({ n: n + 1 });
        }),
      ),
    );

    expect(await knex('counter').first()).toEqual({ n: 200 });
  });

  it('gives the connection back when a statement fails', async () => {
    giveWay(knex);
    const attempts = Array.from({ length: 50 }, () =>
      knex.raw('SELECT nothing FROM nowhere').catch(() => 'failed'),
    );
    expect(new Set(await Promise.all(attempts))).toEqual(new Set(['failed']));
    await expect(knex.raw('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });
});
