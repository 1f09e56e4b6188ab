import { DeliveryOutcome } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { DeliveryWriter } from '../inbox';
import { digestOf, eachDatabase, newDelivery } from '../testing';
import { Cleaner } from './Cleaner';

const day = 24 * 60 * 60 * 1000;

describe.each(eachDatabase())('Cleaner, $name', database => {
  let knex: Knex;
  let cleaner: Cleaner;

  beforeAll(async () => {
    knex = await database.create();
    cleaner = Cleaner.create({
      knex,
      retention: {
        bodies: 14 * day,
        evidence: 30 * day,
        deliveries: 90 * day,
        history: 400 * day,
      },
    });
  });

  const write = async (
    outcomes: DeliveryOutcome[],
    change: Parameters<typeof newDelivery>[0] = {},
  ) => {
    const delivery = newDelivery({
      ...change,
      events: outcomes.map(outcome => ({
        id: randomUUID(),
        event: { kind: 'push', repository: 'shop/web', tag: 'main' },
        outcome,
      })),
    });
    await new DeliveryWriter(knex).write(delivery);
    return delivery.id;
  };

  it('removes deliveries by age, but never what is still to be decided', async () => {
    const now = Date.now();
    const fresh = await write(['ignored']);
    const middle = await write(['ignored'], { receivedAt: now - 20 * day });
    await write(['ignored'], { receivedAt: now - 100 * day });
    await write([], { receivedAt: now - 100 * day });
    const open = await write(['ignored', 'waiting'], {
      receivedAt: now - 100 * day,
    });
    for (let index = 0; index < 1100; index++) {
      await knex('deliveries').insert({
        id: randomUUID(),
        registry_id: 'local',
        received_at: now - 200 * day,
        headers: '{}',
        bytes: 0,
      });
    }
    expect(await cleaner.clean(now)).toBeGreaterThan(1100);
    const left = await knex('deliveries').orderBy('sequence');
    expect(left.map(row => [row.id, row.body !== null])).toEqual([
      [fresh, true],
      [middle, false],
      [open, false],
    ]);
    expect(
      await knex('image_events').where({ delivery_id: open }),
    ).toHaveLength(2);
    expect(await cleaner.clean(now)).toBe(0);
  }, 60_000);

  it('removes old rollouts with their steps', async () => {
    const now = Date.now();
    const insert = async (id: string, finishedAt: number | null) => {
      await knex('rollouts').insert({
        id,
        entity_ref: 'component:default/web',
        target_key: id,
        repository: 'shop/web',
        digest: 'd',
        image: 'i',
        state: finishedAt ? 'succeeded' : 'progressing',
        cause: 'person',
        author: 'user:default/owner',
        created_at: now - 500 * day,
        finished_at: finishedAt,
      });
      await knex('rollout_events').insert({
        rollout_id: id,
        at: now,
        type: 'queued',
        state: 'queued',
      });
      await knex('approvals').insert({
        rollout_id: id,
        author: 'user:default/owner',
        answer: 'approved',
        digest: 'd',
        answered_at: now,
      });
      await knex('rollout_evidence').insert({
        rollout_id: id,
        evidence: '{}',
        captured_at: finishedAt ? now : now - 31 * day,
      });
    };
    await insert('old', now - 450 * day);
    await insert('new', now - 10 * day);
    await insert('open', null);
    await cleaner.clean(now);
    expect(await knex('rollouts').orderBy('id').pluck('id')).toEqual([
      'new',
      'open',
    ]);
    for (const table of ['rollout_events', 'approvals']) {
      expect(
        await knex(table).orderBy('rollout_id').pluck('rollout_id'),
      ).toEqual(['new', 'open']);
    }
    // Kept for 30 days, and no longer than the rollout.
    expect(await knex('rollout_evidence').pluck('rollout_id')).toEqual(['new']);
  });

  it('removes tags that nothing refers to, and no others', async () => {
    const now = Date.now();
    const tag = (repository: string, name: string, age: number) => ({
      registry_id: 'local',
      repository,
      tag: name,
      digest: digestOf('a'),
      generation: 1,
      observed_at: now - age * day,
    });
    const change = (name: string, age: number) => ({
      ...tag('shop/gone', name, age),
      id: randomUUID(),
      source: 'webhook',
    });
    await knex('policies').insert({
      id: 'policy',
      entity_ref: 'component:default/web',
      target_key: 'key',
      registry_id: 'local',
      repository: 'shop/web',
      rule: '{}',
      enabled: false,
      mode: 'deploy',
      source: 'database',
      author: 'user:default/owner',
      created_at: now,
      updated_at: now,
      version: 1,
    });
    const many = Array.from({ length: 1100 }, (_, index) =>
      tag('shop/gone', `old-${index}`, 500),
    );
    await knex.batchInsert('tags', many, 100);
    await knex('tags').insert([
      tag('shop/web', 'baseline', 500),
      tag('shop/gone', 'changed-long-ago', 450),
      tag('shop/gone', 'changed', 450),
      tag('shop/gone', 'seen-lately', 10),
    ]);
    await knex('tag_changes').insert([
      change('changed-long-ago', 450),
      change('changed', 10),
    ]);
    // The old tags, the old change, and the tag of that.
    expect(await cleaner.clean(now)).toBe(1100 + 1 + 1);
    expect(await knex('tags').orderBy('tag').pluck('tag')).toEqual([
      'baseline',
      'changed',
      'seen-lately',
    ]);
    expect(await cleaner.clean(now)).toBe(0);
  });

  it('keeps who listened as long as a change names them', async () => {
    const now = Date.now();
    const set = (id: string, age: number) => ({
      id,
      listeners: '[]',
      used_at: now - age * day,
    });
    await knex('listener_sets').insert([
      set('named', 300),
      set('unnamed', 2),
      set('fresh', 0.5),
    ]);
    await knex('tag_changes').insert({
      id: randomUUID(),
      registry_id: 'local',
      repository: 'shop/listened',
      tag: 'main',
      generation: 1,
      digest: digestOf('a'),
      source: 'webhook',
      observed_at: now,
      listener_set_id: 'named',
    });
    expect(await cleaner.clean(now)).toBe(1);
    expect(await knex('listener_sets').orderBy('id').pluck('id')).toEqual([
      'fresh',
      'named',
    ]);
  });
});
