import { Knex } from 'knex';
import { digestOf, eachDatabase } from '../testing';
import { TagStore } from './TagStore';

const [A, B] = ['a', 'b'].map(digestOf);
const main = { registryId: 'local', repository: 'shop/web', tag: 'main' };

describe.each(eachDatabase())('TagStore, $name', database => {
  let knex: Knex;
  let store: TagStore;

  beforeAll(async () => {
    knex = await database.create();
    store = TagStore.create({ knex });
  });

  beforeEach(async () => {
    await knex('tags').delete();
    await knex('tag_changes').delete();
  });

  const generation = async () =>
    (await store.generations('local', 'shop/web', ['main'])).get('main')!;

  const observe = (
    digest: string,
    from: number,
    force = false,
    own: TagStore = store,
  ) =>
    own.transaction(trx =>
      own.observe(
        trx,
        { ...main, digest, source: 'webhook' },
        from,
        force && 'force',
      ),
    );

  it('makes three changes of A, B, A', async () => {
    for (const digest of [A, B, A]) {
      const seen = await observe(digest, await generation());
      expect(seen.result).toBe('changed');
    }
    expect(await generation()).toBe(3);
    const changes = await knex('tag_changes').orderBy('sequence');
    expect(
      changes.map(change => [
        Number(change.generation),
        change.previous_digest,
        change.digest,
      ]),
    ).toEqual([
      [1, null, A],
      [2, A, B],
      [3, B, A],
    ]);
  });

  it('changes nothing for the same digest, unless it is asked to', async () => {
    await observe(A, 0);
    expect((await observe(A, 1)).result).toBe('unchanged');
    expect(await generation()).toBe(1);
    expect((await observe(A, 1, true)).result).toBe('changed');
    expect(await generation()).toBe(2);
  });

  it('does not take an answer that is older than what is known', async () => {
    await observe(A, 0);
    await observe(B, 1);
    expect((await observe(A, 0)).result).toBe('lost');
    expect((await observe(A, 1)).result).toBe('lost');
    expect(await generation()).toBe(2);
  });

  it('takes no older answer either when the newer one named the tag first', async () => {
    await store.remember('local', 'shop/web', [{ tag: 'main' }]);
    const asked = await generation();
    expect((await observe(B, asked)).result).toBe('first-seen');
    expect((await observe(A, asked)).result).toBe('lost');
    expect(await knex('tag_changes')).toEqual([]);
  });

  it('lets exactly one of many simultaneous observers change a tag', async () => {
    const stores =
      database.name === 'PostgreSQL'
        ? [store, TagStore.create({ knex: database.reconnect(knex) })]
        : [store];
    for (let round = 0; round < 10; round++) {
      const from = await generation();
      const seen = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          observe(
            digestOf(String.fromCharCode(97 + round)),
            from,
            false,
            stores[index % stores.length],
          ),
        ),
      );
      const results = seen.map(({ result }) => result).sort();
      expect(results).toEqual(['changed', ...Array(9).fill('lost')]);
    }
    expect(await generation()).toBe(10);
    expect(await knex('tag_changes')).toHaveLength(10);
  });

  it('keeps every tag apart', async () => {
    await observe(A, 0);
    const other = await store.transaction(trx =>
      store.observe(
        trx,
        { ...main, repository: 'shop/cart', digest: A, source: 'webhook' },
        0,
        false,
      ),
    );
    expect(other.result).toBe('changed');
    expect(
      await store.generations('local', 'shop/web', ['main', 'never']),
    ).toEqual(
      new Map([
        ['main', 1],
        ['never', 0],
      ]),
    );
  });
});
