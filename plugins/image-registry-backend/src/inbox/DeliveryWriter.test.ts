import { Knex } from 'knex';
import { isSqlite } from '../database';
import { eachDatabase, newDelivery } from '../testing';
import { DeliveryWriter, InboxFullError } from './DeliveryWriter';
import { endOfTurn } from './endOfTurn';
import { insertDeliveriesInto } from './insertDeliveries';

describe.each(eachDatabase())('DeliveryWriter, $name', database => {
  let knex: Knex;
  let elsewhere: Knex;

  beforeAll(async () => {
    knex = await database.create();
    elsewhere = database.reconnect(knex);
  });

  beforeEach(async () => {
    await knex('image_events').delete();
    await knex('deliveries').delete();
  });

  /** Counts the transactions. */
  function counted() {
    const real = insertDeliveriesInto(knex);
    const insert = jest.fn(real);
    return { insert, groups: () => insert.mock.calls.length };
  }

  it('has each of 500 simultaneous deliveries stored before it says so', async () => {
    const { insert, groups } = counted();
    const writer = new DeliveryWriter(knex, { insert });
    let seen = 0;
    await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        const delivery = newDelivery({ tag: `t${index}` });
        await writer.write(delivery);
        const { id } = delivery;
        const stored = await elsewhere('deliveries').where({ id }).first();
        const events = await elsewhere('image_events').where({
          delivery_id: id,
        });
        seen += stored && events.length === 1 ? 1 : 0;
      }),
    );
    expect(seen).toBe(500);
    expect(groups()).toBeGreaterThan(0);
    expect(groups()).toBeLessThan(50);
  }, 60_000);

  it('stores together what comes from many callers in turn', async () => {
    const { insert, groups } = counted();
    const writer = new DeliveryWriter(knex, { insert });
    const callers = 20;
    const callsOfEach = 10;
    await Promise.all(
      Array.from({ length: callers }, async () => {
        for (let call = 0; call < callsOfEach; call++) {
          // As calls whose bodies were read from different sockets.
          await endOfTurn();
          await writer.write(newDelivery());
        }
      }),
    );
    expect(await knex('deliveries')).toHaveLength(callers * callsOfEach);
    expect(groups()).toBeLessThan((callers * callsOfEach) / 4);
  });

  it.each([
    { calls: 20, beside: [20], inThread: [20] },
    { calls: 64, beside: [32, 32], inThread: [64] },
    { calls: 300, beside: [150, 75, 38, 32, 5], inThread: [200, 100] },
  ])(
    'leaves work for the time in which the database works on $calls',
    async ({ calls, beside, inThread }) => {
      const { insert } = counted();
      const writer = new DeliveryWriter(knex, { insert });
      await Promise.all(
        Array.from({ length: calls }, () => writer.write(newDelivery())),
      );
      expect(insert.mock.calls.map(([group]) => group.length)).toEqual(
        isSqlite(knex) ? inThread : beside,
      );
    },
  );

  it('refuses only the delivery that cannot be stored', async () => {
    const writer = new DeliveryWriter(knex);
    const twice = newDelivery();
    await writer.write(twice);
    const good = Array.from({ length: 20 }, () => newDelivery());
    const bad = newDelivery();
    bad.id = twice.id;
    const results = await Promise.allSettled(
      [...good.slice(0, 10), bad, ...good.slice(10)].map(delivery =>
        writer.write(delivery),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual([
      ...Array(10).fill('fulfilled'),
      'rejected',
      ...Array(10).fill('fulfilled'),
    ]);
    expect(await knex('deliveries')).toHaveLength(21);
    expect(await knex('image_events')).toHaveLength(21);
  });

  it.each([{ maxWaiting: 3 }, { maxBytes: 6 }])(
    'refuses what comes while too much waits, and only then: %j',
    async limits => {
      const writer = new DeliveryWriter(knex, limits);
      const attempt = () =>
        Promise.allSettled(
          Array.from({ length: 5 }, () => writer.write(newDelivery())),
        );
      for (const round of [1, 2]) {
        const results = await attempt();
        expect(
          results.map(each =>
            each.status === 'rejected' ? each.reason : 'stored',
          ),
        ).toEqual([
          ...Array(3).fill('stored'),
          ...Array(2).fill(expect.any(InboxFullError)),
        ]);
        expect(await knex('deliveries')).toHaveLength(3 * round);
      }
    },
  );

  it('has room again after what could not be stored', async () => {
    const writer = new DeliveryWriter(knex, { maxWaiting: 1 });
    const delivery = newDelivery();
    await writer.write(delivery);
    await expect(writer.write(delivery)).rejects.toThrow(/unique/i);
    await expect(writer.write(newDelivery())).resolves.toBeUndefined();
  });

  it('leaves nothing of a delivery whose event cannot be stored', async () => {
    const writer = new DeliveryWriter(knex);
    const first = newDelivery();
    await writer.write(first);
    const second = newDelivery();
    second.events[0].id = first.events[0].id;
    await expect(writer.write(second)).rejects.toThrow(/unique/i);
    expect(await knex('deliveries').select('id')).toEqual([{ id: first.id }]);
    await expect(writer.write(newDelivery())).resolves.toBeUndefined();
  });

  it('stores what no database text can hold as it can', async () => {
    const delivery = newDelivery({ body: 'a\u0000b' });
    // Cut in the middle of a pair of surrogates.
    delivery.events[0].event.pushedBy = `\u0000${'x'.repeat(510)}\u{1f600}`;
    delivery.events[0].event.occurredAt = 'not a time';
    await new DeliveryWriter(knex).write(delivery);
    expect(await knex('deliveries').select('body')).toEqual([
      { body: 'a\ufffdb' },
    ]);
    const [event] = await knex('image_events');
    expect(event.pushed_by).toBe(`\ufffd${'x'.repeat(510)}\ufffd`);
    expect(event.occurred_at).toBeNull();
  });

  it('stores what a handshake asks for, and the reasons and times of events', async () => {
    const handshake = newDelivery();
    handshake.followUp = { url: 'https://vendor.test/confirm' };
    const other = newDelivery({ body: '{"quoted":"\\u0000"}' });
    const reason = { code: 'noTag', message: 'No tag' };
    other.events[0] = {
      ...other.events[0],
      reason,
      forced: true,
      event: { kind: 'push', occurredAt: '2026-01-02T03:04:05.000Z' },
    };
    const writer = new DeliveryWriter(knex);
    await Promise.all([writer.write(handshake), writer.write(other)]);
    await writer.write({ ...other, id: 'again', events: [] });
    expect(await knex('webhook_follow_ups').select('url')).toEqual([
      { url: 'https://vendor.test/confirm' },
    ]);
    expect(await knex('deliveries').pluck('body')).toContain(other.body);
    const [event] = await knex('image_events').where({
      delivery_id: other.id,
    });
    expect({
      ...event,
      forced: Boolean(event.forced),
      occurred_at: Number(event.occurred_at),
      reason: JSON.parse(event.reason),
    }).toMatchObject({
      kind: 'push',
      tag: null,
      forced: true,
      occurred_at: Date.parse('2026-01-02T03:04:05Z'),
      reason,
      attempts: 0,
    });
  });
});
