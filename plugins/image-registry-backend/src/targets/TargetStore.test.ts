import { Knex } from 'knex';
import { digestOf, eachDatabase, keyOf } from '../testing';
import { TargetStore } from './TargetStore';

const key = keyOf('web');
const hold = {
  targetKey: key,
  entityRef: 'component:default/web',
  reason: 'Black Friday',
  author: 'user:default/owner',
};

describe.each(eachDatabase())('TargetStore, $name', database => {
  let knex: Knex;
  let store: TargetStore;

  beforeAll(async () => {
    knex = await database.create();
    store = TargetStore.create({ knex });
  });

  beforeEach(async () => {
    await knex('holds').delete();
    await knex('targets').delete();
    await knex('blocked_digests').delete();
  });

  it('locks a target, also one that nobody has seen, for one at a time', async () => {
    const replicas =
      database.name === 'PostgreSQL'
        ? [knex, database.reconnect(knex)]
        : [knex, knex];
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        await replicas[index % 2].transaction(async trx => {
          await store.lock(trx, key);
          most = Math.max(most, ++inside);
          await trx('targets').where({ target_key: key }).first();
          inside--;
        });
      }),
    );
    expect(most).toBe(1);
    expect(await knex('targets')).toHaveLength(1);
  });

  it('lets different targets go on side by side', async () => {
    if (database.name === 'SQLite') {
      return;
    }
    await knex.transaction(async one => {
      await store.lock(one, key);
      await knex.transaction(async two => {
        await store.lock(two, keyOf('other'));
      });
    });
    expect(await knex('targets')).toHaveLength(2);
  });

  it('holds once, says by whom, and lifts', async () => {
    const id = await knex.transaction(trx => store.hold(trx, hold));
    await expect(
      knex.transaction(trx => store.hold(trx, hold)),
    ).rejects.toThrow('Held already by user:default/owner: Black Friday');
    expect(await store.getHold(id)).toMatchObject(hold);
    expect((await store.holds([key])).get(key)).toMatchObject({ id });
    expect(await store.listHolds(['component:default/web'])).toHaveLength(1);
    expect(await store.listHolds(['component:default/other'])).toEqual([]);

    await knex.transaction(trx => store.lift(trx, id));
    await expect(knex.transaction(trx => store.lift(trx, id))).rejects.toThrow(
      /No hold/,
    );
    await expect(store.getHold(id)).rejects.toThrow(/No hold/);
  });

  it('remembers consent, what is desired and when it was applied', async () => {
    await store.consent(key, 'user:default/owner', 'uid-1');
    await knex.transaction(async trx => {
      await store.lock(trx, key);
      await store.setDesired(trx, key, { digest: digestOf('a'), image: 'i' });
      await store.setApplied(trx, key);
    });
    const record = (await store.get([key])).get(key)!;
    expect(record).toMatchObject({
      consent: { author: 'user:default/owner' },
      consentUid: 'uid-1',
      desiredDigest: digestOf('a'),
      desiredImage: 'i',
    });
    expect(record.appliedAt! >= record.consent!.at).toBe(true);
  });

  it('blocks a digest on one target until it is cleared', async () => {
    const blocked = { targetKey: key, digest: digestOf('a'), rolloutId: 'r' };
    const isBlocked = (targetKey: string) =>
      knex.transaction(trx => store.isBlocked(trx, targetKey, digestOf('a')));
    await knex.transaction(trx => store.block(trx, blocked));
    await knex.transaction(trx => store.block(trx, blocked));
    expect(await isBlocked(key)).toBe(true);
    expect(await isBlocked(keyOf('other'))).toBe(false);
    await knex.transaction(trx => store.unblock(trx, key, digestOf('a')));
    expect(await isBlocked(key)).toBe(false);
  });
});
