import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { eachDatabase } from '../../testing';
import { DatabaseRegistryStore } from './DatabaseRegistryStore';
import {
  ConfiguredRegistryFields,
  CredentialPurpose,
  StoredCredentials,
} from './RegistryStore';

/** Leaves credentials as they are. */
const keep = { manage: undefined, pull: undefined };

function fields(
  name: string,
  overrides: Partial<ConfiguredRegistryFields> = {},
) {
  return {
    id: randomUUID() as string,
    name,
    provider: 'distribution',
    address: 'https://registry.example.test',
    options: { flag: true, text: 'x' },
    tls: { verify: false, caCertificate: 'pem' },
    pullAddress: 'https://pull.example.test',
    namespace: 'apps',
    proxy: 'http://proxy.example.test:3128',
    pullWithManage: true,
    grants: [{ to: { owners: ['group:default/web'] }, repositories: ['a/**'] }],
    isDefault: false,
    ...overrides,
  };
}

function sealed(
  registryId: string,
  keyId = 'a',
  purpose: CredentialPurpose = 'manage',
): StoredCredentials {
  return {
    id: randomUUID(),
    registryId,
    purpose,
    keyId,
    nonce: randomUUID().slice(0, 16),
    ciphertext: 'c2VjcmV0',
    username: 'ada',
  };
}

describe.each(eachDatabase())('DatabaseRegistryStore, $name', database => {
  let knex: Knex;
  let store: DatabaseRegistryStore;

  beforeEach(async () => {
    knex = await database.create();
    store = DatabaseRegistryStore.create({ knex });
  });

  it('gives back what was stored', async () => {
    const registry = fields('Company');
    const created = await store.create(registry, [
      sealed(registry.id, 'key-1'),
    ]);
    expect(created).toEqual({
      ...registry,
      isDefault: true,
      source: 'database',
      hasCredentials: true,
      username: 'ada',
      hasPullCredentials: false,
      keyIds: ['key-1'],
      status: { state: 'unknown' },
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(await store.find(registry.id)).toEqual(created);
    expect(await store.find('unknown')).toBeUndefined();
  });

  it('leaves out what is not set', async () => {
    const created = await store.create(
      fields('bare', {
        pullAddress: undefined,
        namespace: undefined,
        proxy: undefined,
      }),
    );
    for (const name of ['pullAddress', 'namespace', 'proxy', 'username']) {
      expect(created).not.toHaveProperty(name);
    }
  });

  it('keeps names unique without regard to case', async () => {
    await store.create(fields('Ärger'));
    await expect(store.create(fields('äRGER'))).rejects.toThrow(
      'There is a registry named "äRGER" already',
    );
    const other = await store.create(fields('other'));
    await expect(
      store.update(other.id, 1, fields('ÄRGER'), keep),
    ).rejects.toThrow('already');
  });

  it('has one default, also when several become it at once', async () => {
    const made = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map(name =>
        store.create(fields(name, { isDefault: true })),
      ),
    );
    expect(made.some(each => each.status === 'fulfilled')).toBe(true);
    const defaults = (await store.list()).filter(each => each.isDefault);
    expect(defaults).toHaveLength(1);
  });

  it('refuses a stale version and changes nothing then', async () => {
    const registry = fields('one');
    await store.create(registry, [sealed(registry.id)]);
    await store.update(registry.id, 1, fields('two'), keep);
    await expect(
      store.update(registry.id, 1, fields('three'), {
        manage: null,
        pull: null,
      }),
    ).rejects.toThrow('changed or deleted meanwhile');
    expect(await store.find(registry.id)).toMatchObject({
      name: 'two',
      version: 2,
      hasCredentials: true,
    });
    await expect(store.remove(registry.id, 1)).rejects.toThrow('meanwhile');
  });

  it('keeps, replaces and removes credentials', async () => {
    const registry = fields('one');
    await store.create(registry, [sealed(registry.id)]);
    const before = await store.credentials(registry.id, 'manage');
    await store.update(registry.id, 1, fields('one'), keep);
    expect(await store.credentials(registry.id, 'manage')).toEqual(before);
    const next = sealed(registry.id, 'b');
    await store.update(registry.id, 2, fields('one'), {
      ...keep,
      manage: next,
    });
    expect(await store.credentials(registry.id, 'manage')).toEqual(next);
    await store.update(registry.id, 3, fields('one'), {
      ...keep,
      manage: null,
    });
    expect(await store.credentials(registry.id, 'manage')).toBeUndefined();
  });

  it('keeps the login for clusters apart', async () => {
    const registry = fields('one');
    const manage = sealed(registry.id, 'a');
    const pull = sealed(registry.id, 'b', 'pull');
    const created = await store.create(registry, [manage, pull]);
    expect(created).toMatchObject({
      hasCredentials: true,
      hasPullCredentials: true,
      keyIds: ['a', 'b'],
    });
    const updated = await store.update(registry.id, 1, registry, {
      ...keep,
      manage: null,
    });
    expect(updated).toMatchObject({
      hasCredentials: false,
      hasPullCredentials: true,
      keyIds: ['b'],
    });
    expect(await store.credentials(registry.id, 'pull')).toEqual(pull);
    expect(await store.list()).toHaveLength(1);
  });

  it('takes credentials along when a registry is deleted', async () => {
    const registry = fields('one');
    await store.create(registry, [sealed(registry.id)]);
    await store.remove(registry.id, 1);
    expect(await knex('registry_credentials').select()).toEqual([]);
  });

  it('keeps a check only of the version that was checked', async () => {
    const { id } = await store.create(fields('one'));
    const status = {
      state: 'degraded' as const,
      checkedAt: '2026-11-21T08:00:00.000Z',
      message: 'no',
      steps: [{ name: 'ping' as const, ok: true, durationMs: 3 }],
    };
    await store.setStatus(id, 1, status);
    expect((await store.find(id))?.status).toEqual(status);
    await store.update(id, 1, fields('one'), keep);
    expect((await store.find(id))?.status).toEqual({ state: 'unknown' });
    await store.setStatus(id, 1, status);
    expect((await store.find(id))?.status).toEqual({ state: 'unknown' });
  });

  it('lists by name, as far as the criteria allow', async () => {
    const a = await store.create(fields('Alpha'));
    const b = await store.create(fields('beta', { provider: 'harbor' }));
    const c = await store.create(fields('gamma', { provider: 'harbor' }));
    const names = async (...args: Parameters<typeof store.list>) =>
      (await store.list(...args)).map(each => each.name);
    const harbor = { property: 'provider' as const, values: ['harbor'] };
    const isB = { property: 'id' as const, values: [b.id] };
    expect(await names()).toEqual(['Alpha', 'beta', 'gamma']);
    expect(await names(harbor)).toEqual(['beta', 'gamma']);
    expect(await names({ not: harbor })).toEqual(['Alpha']);
    expect(await names({ allOf: [harbor, { not: isB }] })).toEqual(['gamma']);
    expect(
      await names({
        anyOf: [isB, { property: 'id', values: [a.id] }],
      }),
    ).toEqual(['Alpha', 'beta']);
    expect(await names({ property: 'id', values: [] })).toEqual([]);
    expect(
      await names({ allOf: [{ property: 'source', values: ['config'] }] }),
    ).toEqual([]);
    expect(c.name).toBe('gamma');
  });

  it('finds what other keys encrypted, and replaces it unless it changed', async () => {
    const [one, two] = [fields('one'), fields('two')];
    await store.create(one, [sealed(one.id, 'old')]);
    await store.create(two, [sealed(two.id, 'new')]);
    expect(await store.countOtherKeys('new')).toBe(1);
    const [row] = await store.credentialsOfOtherKeys('new', 10);
    expect(row.registryId).toBe(one.id);
    const again = { keyId: 'new', nonce: 'n', ciphertext: 'c' };
    expect(await store.replaceSealed(row, again)).toBe(true);
    expect(await store.replaceSealed(row, again)).toBe(false);
    expect(await store.countOtherKeys('new')).toBe(0);
    expect(await store.credentials(one.id, 'manage')).toMatchObject(again);
  });

  describe('mirroring app-config', () => {
    const configured = (id: string, overrides = {}) =>
      fields(id, { id, ...overrides });

    it('adds, changes, marks what left and takes it back', async () => {
      await store.mirror([configured('a'), configured('b')]);
      await store.mirror([configured('a', { namespace: 'other' })]);
      expect(await store.list()).toMatchObject([
        { id: 'a', source: 'config', namespace: 'other', version: 2 },
        { id: 'b', status: { state: 'removed' } },
      ]);
      await store.mirror([
        configured('a', { namespace: 'other' }),
        configured('b'),
      ]);
      expect(await store.list()).toMatchObject([
        { id: 'a', version: 2 },
        { id: 'b', version: 2, status: { state: 'unknown' } },
      ]);
    });

    it('changes nothing when started twice, at once or later', async () => {
      const other = DatabaseRegistryStore.create({
        knex: database.reconnect(knex),
      });
      const both = [configured('a'), configured('b', { isDefault: true })];
      if (database.name === 'PostgreSQL') {
        await Promise.all([store.mirror(both), other.mirror(both)]);
      } else {
        // A file of SQLite has one backend.
        await store.mirror(both);
        await other.mirror(both);
      }
      const before = await store.list();
      await store.setStatus('a', 1, { state: 'connected' });
      await store.mirror(both);
      const after = await store.list();
      expect(after.map(each => each.version)).toEqual([1, 1]);
      expect(after[0].status).toEqual({ state: 'connected' });
      expect(before.filter(each => each.isDefault)).toHaveLength(1);
    });

    it('makes the default of app-config the default', async () => {
      const own = await store.create(fields('own'));
      await store.mirror([configured('a')]);
      expect((await store.find(own.id))?.isDefault).toBe(true);
      await store.mirror([configured('a', { isDefault: true })]);
      expect((await store.find(own.id))?.isDefault).toBe(false);
      expect((await store.find('a'))?.isDefault).toBe(true);
      await store.mirror([]);
      expect((await store.find(own.id))?.isDefault).toBe(true);
    });

    it('does not fail over a name that somebody took', async () => {
      await store.create(fields('A'));
      await store.mirror([configured('a')]);
      expect((await store.find('a'))?.name).toBe('a (a, app-config)');
    });
  });
});
