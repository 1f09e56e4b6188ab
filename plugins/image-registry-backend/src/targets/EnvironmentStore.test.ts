import { Knex } from 'knex';
import { eachDatabase } from '../testing';
import { DatabaseEnvironmentStore, EnvironmentStore } from './EnvironmentStore';

const place = (...namespaces: string[]) => [{ cluster: 'local', namespaces }];

describe.each(eachDatabase())('EnvironmentStore, $name', database => {
  let knex: Knex;
  let store: EnvironmentStore;

  beforeAll(async () => {
    knex = await database.create();
    store = DatabaseEnvironmentStore.create({ knex });
  });

  beforeEach(async () => {
    await knex('environments').delete();
  });

  it('keeps them in their order', async () => {
    await store.create({ name: 'Staging', places: place('staging') });
    await store.create({ name: 'Production', places: place('prod') });
    await store.create({ name: 'Test', order: 0, places: place('test') });
    expect(
      (await store.list()).map(({ name, order }) => [name, order]),
    ).toEqual([
      ['Test', 0],
      ['Staging', 1],
      ['Production', 2],
    ]);
  });

  it('refuses a name or a place that another one has', async () => {
    await store.create({ name: 'Production', places: place('prod-*') });
    await expect(
      store.create({ name: 'production', places: place('other') }),
    ).rejects.toThrow('There is an environment production already');
    await expect(
      store.create({ name: 'Mine', places: place('*-eu') }),
    ).rejects.toThrow(/local\/\*-eu overlaps prod-\* of environment Product/);
    await store.create({
      name: 'Elsewhere',
      places: [{ cluster: 'other', namespaces: ['prod-eu'] }],
    });
  });

  it('lets only one of several simultaneous claims of a place through', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        store.create({ name: `E${index}`, places: place(`shop-*`) }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      1,
    );
    expect(await store.list()).toHaveLength(1);
  });

  it('changes with its version only, and may keep its own places', async () => {
    const { id } = await store.create({ name: 'A', places: place('a-*') });
    await store.create({ name: 'B', places: place('b-*') });
    const changed = await store.update(id, {
      version: 1,
      name: 'Alpha',
      order: 7,
      places: place('a-*', 'c'),
      owners: ['group:default/team'],
      systems: ['system:default/shop'],
      defaultRegistryId: 'local',
      protection: { approvals: { count: 2 } },
    });
    expect(changed).toMatchObject({
      protection: { approvals: { count: 2 } },
      name: 'Alpha',
      order: 7,
      version: 2,
      owners: ['group:default/team'],
      defaultRegistryId: 'local',
    });
    for (const version of [1, 3, Number.MAX_SAFE_INTEGER]) {
      await expect(store.update(id, { version, name: 'X' })).rejects.toThrow(
        /Somebody changed this environment/,
      );
    }
    await expect(
      store.update(id, { version: 2, places: place('b-1') }),
    ).rejects.toThrow(/overlaps b-\*/);
    await expect(store.update(id, { version: 2, name: 'b' })).rejects.toThrow(
      /already/,
    );
    await expect(store.update('nobody', { version: 1 })).rejects.toThrow(
      'No environment nobody',
    );
  });

  it('goes back to the default registry of the portal', async () => {
    const { id } = await store.create({
      name: 'A',
      places: place('a'),
      defaultRegistryId: 'local',
    });
    const kept = await store.update(id, { version: 1, order: 3 });
    expect(kept.defaultRegistryId).toBe('local');
    await store.update(id, { version: 2, defaultRegistryId: null });
    const [after] = await store.list();
    expect(after.defaultRegistryId).toBeUndefined();
  });

  it('removes once', async () => {
    const { id } = await store.create({ name: 'A', places: place('a') });
    await store.remove(id);
    await expect(store.remove(id)).rejects.toThrow(/No environment/);
  });
});
