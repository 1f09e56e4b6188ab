import { Knex } from 'knex';
import { eachDatabase } from '../testing';
import { EndpointStore, hashSecret } from './EndpointStore';

const wish = {
  registryId: 'local',
  name: 'From the registry',
  createdBy: 'user:default/admin',
};

describe.each(eachDatabase())('EndpointStore, $name', database => {
  let knex: Knex;
  let store: EndpointStore;

  beforeAll(async () => {
    knex = await database.create();
    store = EndpointStore.create({ knex });
  });

  const hashes = async (id: string) =>
    (await store.get(id)).secrets.map(secret => secret.hash);

  it('keeps hashes only', async () => {
    const { endpoint, secret } = await store.create({
      ...wish,
      repositories: ['shop/*'],
    });
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(endpoint).toMatchObject({
      repositories: ['shop/*'],
      source: 'database',
      refusals: { count: 0 },
    });
    const rows = JSON.stringify([
      await knex('webhook_endpoints'),
      await knex('webhook_secrets'),
    ]);
    expect(rows).not.toContain(secret);
    expect(rows).toContain(hashSecret(secret));
  });

  it('keeps the newest two secrets over rotations without a pause', async () => {
    const made = await store.create(wish);
    const { id } = made.endpoint;
    const secrets = [made.secret];
    for (let round = 0; round < 5; round++) {
      const rotated = await store.rotate(id, { revokeOld: false });
      secrets.unshift(rotated.secret);
      expect(await hashes(id)).toEqual(secrets.slice(0, 2).map(hashSecret));
    }
    const last = await store.rotate(id, { revokeOld: true });
    expect(await hashes(id)).toEqual([hashSecret(last.secret)]);
  });

  it('keeps two when several rotate at once', async () => {
    const { endpoint } = await store.create(wish);
    await Promise.all(
      Array.from({ length: 8 }, () =>
        store.rotate(endpoint.id, { revokeOld: false }),
      ),
    );
    expect(await hashes(endpoint.id)).toHaveLength(2);
  });

  it('rotates nothing that is not there', async () => {
    await expect(store.rotate('nobody', { revokeOld: false })).rejects.toThrow(
      'No webhook endpoint nobody',
    );
  });

  it('counts refusals and notes use', async () => {
    const { endpoint } = await store.create(wish);
    await Promise.all(
      Array.from({ length: 5 }, () => store.refused(endpoint.id, 'wrong')),
    );
    await store.received(endpoint.id, endpoint.secrets[0].id);
    const seen = await store.get(endpoint.id);
    expect(seen.refusals).toMatchObject({ count: 5, lastReason: 'wrong' });
    expect(seen.lastReceivedAt).toBeDefined();
    expect(seen.secrets[0].lastUsedAt).toBeDefined();
  });

  it('tells who remembers an endpoint that it changed', async () => {
    const { endpoint } = await store.create(wish);
    const changed = jest.fn();
    store.onChange(changed);
    await store.rotate(endpoint.id, { revokeOld: false });
    await store.remove(endpoint.id);
    expect(changed.mock.calls).toEqual([[endpoint.id], [endpoint.id]]);
    expect(await store.find(endpoint.id)).toBeUndefined();
    expect(
      await knex('webhook_secrets').where({ endpoint_id: endpoint.id }),
    ).toEqual([]);
  });

  it('mirrors endpoints of app-config, and ends those it no longer names', async () => {
    const configured = {
      id: 'config-local-push',
      registryId: 'local',
      name: 'push',
      secret: 'configured-secret',
    };
    await store.mirror(configured);
    await store.mirror(configured);
    expect(await hashes(configured.id)).toEqual([
      hashSecret('configured-secret'),
    ]);
    await store.mirror({ ...configured, secret: 'another', name: 'Push' });
    expect(await store.get(configured.id)).toMatchObject({
      name: 'Push',
      source: 'config',
      secrets: [{ hash: hashSecret('another') }],
    });
    const own = await store.create(wish);
    await store.removeConfiguredExcept([]);
    expect(await store.find(configured.id)).toBeUndefined();
    expect(await store.find(own.endpoint.id)).toBeDefined();
  });
});
