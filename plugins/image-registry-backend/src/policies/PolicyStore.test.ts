import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { eachDatabase, keyOf } from '../testing';
import { LookSchedule } from './LookSchedule';
import { PolicyStore } from './PolicyStore';
import { LISTING_INCOMPLETE } from './reasons';

const image = { registryId: 'local', repository: 'shop/web' };
const rule = { kind: 'semver', range: '^1' } as const;
const author = 'user:default/owner';
const asking = { mode: 'deploy', gates: {}, whenStopped: 'block' } as const;

describe.each(eachDatabase())('PolicyStore, $name', database => {
  let knex: Knex;
  let store: PolicyStore;
  let schedule: LookSchedule;

  beforeAll(async () => {
    knex = await database.create();
    store = PolicyStore.create({ knex });
    schedule = LookSchedule.create({ knex });
  });

  beforeEach(async () => {
    await knex('policies').delete();
  });

  const insert = async (name: string, enabled = true) => {
    const id = randomUUID();
    await store.insert({
      id,
      entityRef: `component:default/${name}`,
      targetKey: keyOf(name),
      image,
      rule,
      enabled,
      ...asking,
      author,
    });
    return store.get(id);
  };
  const update = (id: string, version: number) =>
    knex.transaction(trx =>
      store.update(trx, id, version, {
        image,
        rule: { kind: 'same-tag', tag: 'main' },
        enabled: true,
        mode: 'approve',
        gates: { minimumAgeMs: 60_000 },
        whenStopped: 'update',
        author: 'user:default/other',
      }),
    );

  it('decides nothing before its head is known, also after a change', async () => {
    const { id, version, blocked, head } = await insert('web');
    expect(await store.get(id)).toMatchObject(asking);
    expect({ version, head, code: blocked?.code }).toEqual({
      version: 1,
      head: undefined,
      code: LISTING_INCOMPLETE,
    });
    await store.setHead({ id, version }, { head: { tag: '1.2.3' } });
    expect(await store.get(id)).toMatchObject({
      head: { tag: '1.2.3' },
      blocked: undefined,
    });
    await update(id, 1);
    expect(await store.get(id)).toMatchObject({
      mode: 'approve',
      gates: { minimumAgeMs: 60_000 },
      whenStopped: 'update',
      head: undefined,
      version: 2,
      author: 'user:default/other',
      blocked: { code: LISTING_INCOMPLETE },
    });
    await store.setHead({ id, version }, { head: { tag: '9.9.9' } });
    expect((await store.get(id)).head).toBeUndefined();
    expect(await schedule.due(10)).toHaveLength(1);
  });

  it('is looked at again later each time, until its head is found', async () => {
    const { id } = await insert('web');
    const due = async () => (await schedule.due(10)).map(each => each.id);
    const inMinutes = async () => {
      const row = await knex('policies').where({ id }).first();
      return Math.round((Number(row.look_at) - Date.now()) / 60_000);
    };
    expect(await due()).toEqual([id]);
    const waits: number[] = [];
    for (let look = 0; look < 8; look++) {
      await schedule.postpone(await store.get(id));
      waits.push(await inMinutes());
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(await due()).toEqual([]);

    const policy = await store.get(id);
    await store.setHead(policy, { head: { tag: '1.0.0' } });
    await knex.transaction(trx => store.lookSoon(policy, trx));
    expect(await due()).toEqual([id]);
    await schedule.postpone(policy);
    expect(await inMinutes()).toBe(1);
  });

  it.each([
    ['listing-shrunk', 1],
    ['created-times-unknown', 1],
    ['platforms-unknown', 1],
    ['running-newer', 0],
    ['rule-invalid-pattern', 0],
  ])(
    'when it is blocked for %s is looked at again: %d',
    async (code, count) => {
      const policy = await insert('web');
      await store.setHead(policy, {});
      await store.setHead(policy, { blocked: { code, message: 'For a test' } });
      expect(await schedule.due(10)).toHaveLength(count);
    },
  );

  it('is looked at soon when what blocked its repository is gone', async () => {
    const [one, other] = [await insert('web'), await insert('api')];
    await schedule.postpone(one);
    await store.setHead(other, { head: { tag: '1.0.0' } });
    await schedule.allNow({ registryId: 'local', repository: 'shop/else' });
    expect(await schedule.due(10)).toEqual([]);
    await schedule.allNow(image);
    expect((await schedule.due(10)).map(({ id }) => id)).toEqual([one.id]);
  });

  it('keeps its head while it is saved with the same rule', async () => {
    const { id, version } = await insert('web');
    await update(id, version);
    const head = { tag: 'main', pushedAt: '2026-11-20T08:00:00.000Z' };
    await store.setHead({ id, version: 2 }, { head });
    await update(id, 2);
    expect((await store.get(id)).head).toEqual({ ...head, digest: undefined });
  });

  it.each([0, 2, Number.MAX_SAFE_INTEGER])(
    'refuses a change of version %d',
    async version => {
      const { id } = await insert('web');
      await expect(update(id, version)).rejects.toThrow(
        /Somebody changed this policy meanwhile/,
      );
      expect((await store.get(id)).version).toBe(1);
    },
  );

  it('has one policy a container', async () => {
    await insert('web');
    await expect(insert('web')).rejects.toThrow(/already; change that one/);
  });

  it('listens only when enabled, and lists page by page', async () => {
    for (let index = 0; index < 5; index++) {
      await insert(`w${index}`, index !== 0);
    }
    expect(await store.listening('local', 'shop/web')).toHaveLength(4);
    expect(await store.listening('local', 'shop/other')).toEqual([]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({ limit: 2, cursor });
      seen.push(...page.items.map(item => item.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(5);
    const own = await store.list({ entityRef: 'component:default/w3' });
    expect(own.items).toHaveLength(1);
    expect(await store.ofTargets([keyOf('w1'), keyOf('w2')])).toHaveLength(2);
    expect(await store.ofRegistry('local')).toHaveLength(5);
  });
});
