import { Knex } from 'knex';
import { databaseNow } from '../database';
import { eachDatabase, newDelivery, readPlans, sqlite } from '../testing';
import { DeliveryWriter } from './DeliveryWriter';
import { EventQueue, LostEventError } from './EventQueue';

const reason = { code: 'test', message: 'For a test' };
const claim = { leaseMs: 10_000, limit: 200, lanes: 8 };

describe.each(eachDatabase())('EventQueue, $name', database => {
  let knex: Knex;
  let queue: EventQueue;

  beforeAll(async () => {
    knex = await database.create();
  });

  beforeEach(async () => {
    await knex('image_events').delete();
    await knex('deliveries').delete();
    queue = EventQueue.create({ knex });
  });

  const store = async (repository: string, tag: string) =>
    new DeliveryWriter(knex).write(newDelivery({ repository, tag }));

  it('gives the events of a repository to one claimer, in their order', async () => {
    for (const tag of ['1', '2', '3']) {
      await store('shop/web', tag);
      await store('shop/cart', tag);
    }
    const held = await queue.claim(claim);
    expect(held.map(event => `${event.repository}:${event.tag}`)).toEqual([
      'shop/web:1',
      'shop/cart:1',
      'shop/web:2',
      'shop/cart:2',
      'shop/web:3',
      'shop/cart:3',
    ]);
    await store('shop/web', '4');
    await store('shop/new', '1');
    const next = await queue.claim(claim);
    expect(next.map(event => event.repository)).toEqual(['shop/new']);

    await queue.release(held[0]);
    await queue.release(held[1]);
    const again = await queue.claim(claim);
    expect(again.map(event => event.tag)).toEqual([
      '1',
      '1',
      '2',
      '2',
      '3',
      '3',
      '4',
    ]);
  });

  it('never gives one repository to two claimers, whatever the timing', async () => {
    const repositories = 4;
    const each = 60;
    for (let index = 0; index < repositories * each; index++) {
      await store(`shop/r${index % repositories}`, `t${index}`);
    }
    const replicas =
      database.name === 'PostgreSQL'
        ? [1, 2, 3].map(() =>
            EventQueue.create({ knex: database.reconnect(knex) }),
          )
        : [queue, queue];
    const holders = new Map<string, string>();
    const settled: Record<string, number[]> = {};
    let overlaps = 0;
    let count = 0;
    await Promise.all(
      replicas.map(async replica => {
        while (count < repositories * each) {
          const held = await replica.claim({ ...claim, limit: 5 });
          for (const { repository, leaseToken } of held) {
            const holder = holders.get(repository);
            overlaps += holder && holder !== leaseToken ? 1 : 0;
            holders.set(repository, leaseToken);
          }
          for (const [index, event] of held.entries()) {
            const last = !held
              .slice(index + 1)
              .some(({ repository }) => repository === event.repository);
            if (last) {
              // Free for others from the moment this one is settled.
              holders.delete(event.repository);
            }
            const number = Number(event.tag.slice(1));
            (settled[event.repository] ??= []).push(number);
            await replica.end([event], 'ignored', reason);
            count++;
          }
        }
      }),
    );
    expect({ count, overlaps }).toEqual({
      count: repositories * each,
      overlaps: 0,
    });
    for (const numbers of Object.values(settled)) {
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
  }, 60_000);

  it('gives events of a dead process to the next, and fences the dead one', async () => {
    await store('shop/web', 'main');
    const [lost] = await queue.claim(claim);
    expect(await queue.claim(claim)).toEqual([]);
    await knex('image_events').update({ lease_until: databaseNow(knex, -1) });
    const [taken] = await queue.claim(claim);
    expect(taken.id).toBe(lost.id);

    await expect(
      knex.transaction(trx => queue.finish(trx, lost, 'deployed', reason)),
    ).rejects.toThrow(LostEventError);
    expect(await queue.end([lost], 'deployed', reason)).toBe(0);
    await queue.retry([lost], 1, reason);
    await queue.renew(lost, 1);
    await queue.release(lost);
    expect(await queue.claim(claim)).toEqual([]);
    expect(await queue.end([taken], 'unchanged', reason)).toBe(1);
    expect(await knex('image_events').select('outcome', 'reason')).toEqual([
      { outcome: 'unchanged', reason: JSON.stringify(reason) },
    ]);
    expect(await queue.depth()).toEqual({ waiting: 0, oldest: undefined });
  });

  it('keeps a renewed lease', async () => {
    await store('shop/web', 'main');
    const [held] = await queue.claim({ ...claim, leaseMs: 1 });
    await queue.renew(held, 10_000);
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(await queue.claim(claim)).toEqual([]);
  });

  it('waits before the next attempt, without holding up other tags', async () => {
    await store('shop/web', 'main');
    const [held] = await queue.claim(claim);
    await queue.retry([held], 60_000, reason);
    await store('shop/web', 'other');
    const next = await queue.claim(claim);
    expect(next.map(event => event.tag)).toEqual(['other']);
    await queue.end(next, 'ignored', reason);
    expect((await queue.depth()).waiting).toBe(1);

    await knex('image_events').update({
      next_attempt_at: databaseNow(knex, -1),
    });
    const [again] = await queue.claim(claim);
    expect(again).toMatchObject({ tag: 'main', attempts: 1, reason });
  });

  it('takes of each registry as many repositories as it has lanes free', async () => {
    const writer = new DeliveryWriter(knex);
    for (let index = 0; index < 6; index++) {
      await store(`dead/r${index}`, 'main');
    }
    await store('dead/r0', 'other');
    const alive = newDelivery({ registryId: 'alive', repository: 'shop/web' });
    await writer.write(alive);
    const names = async (busy: Array<[string, number]>, limit = 200) =>
      (
        await queue.claim({
          ...claim,
          limit,
          lanes: 3,
          busyLanes: new Map(busy),
        })
      ).map(({ repository, tag }) => `${repository}:${tag}`);

    expect(await names([], 3)).toEqual([
      'dead/r0:main',
      'dead/r1:main',
      'dead/r0:other',
    ]);
    expect(await names([['local', 2]])).toEqual([
      'dead/r2:main',
      'shop/web:main',
    ]);
    expect(await names([['local', 3]])).toEqual([]);
    expect(await names([['local', 2]])).toEqual(['dead/r3:main']);
    const leased = await knex('image_events').whereNotNull('lease_token');
    expect(leased).toHaveLength(6);
  });

  it('frees at the start what this process held before, on SQLite only', async () => {
    await store('shop/web', 'main');
    await queue.claim(claim);
    await queue.releaseAllOnSqlite();
    expect(await queue.claim(claim)).toHaveLength(
      database.name === 'SQLite' ? 1 : 0,
    );
  });
});

describe.each([sqlite()])('EventQueue, indexes of $name', database => {
  it('reads no more of the events than it needs', async () => {
    const knex = await database.create();
    const queue = EventQueue.create({ knex });
    await new DeliveryWriter(knex).write(
      newDelivery({ repository: 'shop/web', tag: 'main' }),
    );
    const reads = await readPlans(knex, async () => {
      const [held] = await queue.claim(claim);
      await queue.renew(held, 1000);
      await queue.retry([held], 1000, reason);
      await queue.release(held);
      await queue.end([held], 'failed', reason);
    });
    const ofRepository = 'registry_id=? AND repository=? AND';
    const byId = expect.stringContaining('INDEX image_events_id_unique (id=?)');
    const byLease = expect.stringContaining(
      `INDEX image_events_held (${ofRepository} lease_until>?)`,
    );
    expect(
      reads.filter(step => !/^SCAN (firsts|due|\(|CONSTANT)/.test(step)),
    ).toEqual([
      'SCAN later USING INDEX image_events_due',
      expect.stringContaining('SEARCH present USING INTEGER PRIMARY KEY'),
      'SEARCH later USING INDEX image_events_due (registry_id=? AND repository>?)',
      'SEARCH later USING INDEX image_events_due (registry_id>?)',
      expect.stringContaining('SEARCH present USING INTEGER PRIMARY KEY'),
      byLease,
      `SEARCH image_events USING INDEX image_events_due (${ofRepository} <expr><?)`,
      byLease,
      byId, // claim
      expect.stringContaining('INTEGER PRIMARY KEY (rowid=?)'), // renew
      byLease,
      byId, // retry
      byLease, // release
      byId, // end
    ]);
  });
});
