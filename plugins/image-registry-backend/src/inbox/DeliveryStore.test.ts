import { DeliveryOutcome } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { eachDatabase, newDelivery } from '../testing';
import { DeliveryStore } from './DeliveryStore';
import { DeliveryWriter } from './DeliveryWriter';

const day = 24 * 60 * 60 * 1000;

describe.each(eachDatabase())('DeliveryStore, $name', database => {
  let knex: Knex;
  let store: DeliveryStore;

  beforeAll(async () => {
    knex = await database.create();
    store = DeliveryStore.create({ knex });
  });

  beforeEach(async () => {
    await knex('image_events').delete();
    await knex('deliveries').delete();
  });

  const write = async (
    outcomes: DeliveryOutcome[],
    change: Parameters<typeof newDelivery>[0] = {},
  ) => {
    const { repository = 'shop/web' } = change;
    const delivery = newDelivery({
      ...change,
      events: outcomes.map(outcome => ({
        id: randomUUID(),
        event: { kind: 'push', repository, tag: 'main' },
        outcome,
      })),
    });
    await new DeliveryWriter(knex).write(delivery);
    return delivery.id;
  };

  it.each<[shown: DeliveryOutcome, events: DeliveryOutcome[]]>([
    ['ignored', []],
    ['ignored', ['ignored', 'unchanged']],
    ['deployed', ['ignored', 'deployed', 'refused']],
    ['pending', ['deployed', 'pending']],
    ['waiting', ['waiting', 'failed']],
    ['failed', ['unchanged', 'failed']],
    ['refused', ['refused', 'unchanged']],
    ['unchanged', ['unchanged']],
  ])('shows and finds as %s a delivery of %j', async (shown, outcomes) => {
    const id = await write(outcomes);
    expect((await store.get(id)).outcome).toBe(shown);
    for (const outcome of new Set<DeliveryOutcome>([
      'ignored',
      'deployed',
      'pending',
      ...outcomes,
    ])) {
      const { items } = await store.list({ outcome }, ['local']);
      expect([outcome, items.map(item => item.id)]).toEqual([
        outcome,
        outcome === shown ? [id] : [],
      ]);
    }
  });

  it('shows only registries that the caller may read', async () => {
    const mine = await write([], { registryId: 'mine' });
    await write([], { registryId: 'hidden' });
    const ids = async (
      query: Parameters<DeliveryStore['list']>[0],
      readable: string[],
    ) => (await store.list(query, readable)).items.map(item => item.id);
    expect(await ids({}, ['mine'])).toEqual([mine]);
    expect(await ids({ registryId: 'hidden' }, ['mine'])).toEqual([]);
    expect(await ids({}, [])).toEqual([]);
  });

  it('filters by repository and time', async () => {
    const cart = await write(['ignored'], { repository: 'shop/cart' });
    const old = await write(['ignored'], { receivedAt: Date.now() - day });
    const ids = async (query: Parameters<DeliveryStore['list']>[0]) =>
      (await store.list(query, ['local'])).items.map(item => item.id);
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    expect(await ids({ repository: 'shop/cart' })).toEqual([cart]);
    expect(await ids({ from: hourAgo })).toEqual([cart]);
    expect(await ids({ to: hourAgo })).toEqual([old]);
    await expect(ids({ to: 'yesterday' })).rejects.toThrow(/to: must be/);
  });

  it('pages newest first, also while new ones come in', async () => {
    const made: string[] = [];
    for (let index = 0; index < 7; index++) {
      made.unshift(await write(['ignored']));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({ limit: 3, cursor }, ['local']);
      seen.push(...page.items.map(item => item.id));
      cursor = page.nextCursor;
      await write(['ignored']);
    } while (cursor);
    expect(seen).toEqual(made);
  });
});
