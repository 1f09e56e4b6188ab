import { Knex } from 'knex';
import { eachDatabase } from '../testing';
import { secretKeys } from '../testing/secretKeys';
import { EndpointStore } from './EndpointStore';
import { hashSecret } from './webhookSecrets';

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
    store = EndpointStore.create({ knex, keys: secretKeys(knex) });
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

  it('keeps the key of an HMAC encrypted, for all who know the key of keys', async () => {
    const settings = { topicArn: 'arn:aws:sns:eu-west-1:1:pushes' };
    const { endpoint, secret } = await store.create({
      ...wish,
      settings,
      keepsKey: true,
    });
    expect(endpoint.settings).toEqual(settings);
    expect(JSON.stringify(await knex('webhook_secrets'))).not.toContain(secret);
    const reader = (...keys: string[]) =>
      EndpointStore.create({ knex, keys: secretKeys(knex, keys) });
    expect(reader('a').keyOf(endpoint, endpoint.secrets[0])).toBe(secret);
    expect(reader('b').keyOf(endpoint, endpoint.secrets[0])).toBeUndefined();

    await secretKeys(knex, ['b', 'a']).reencrypt();
    const again = await store.get(endpoint.id);
    expect(reader('b').keyOf(again, again.secrets[0])).toBe(secret);
    const { secret: rotated } = await reader('b').rotate(endpoint.id, {
      revokeOld: true,
      keepsKey: true,
    });
    const after = await store.get(endpoint.id);
    expect(reader('b').keyOf(after, after.secrets[0])).toBe(rotated);
  });

  it('makes no endpoint whose key it could not keep', async () => {
    const keyless = EndpointStore.create({ knex, keys: secretKeys(knex, []) });
    const before = await knex('webhook_endpoints').select('id');
    await expect(keyless.create({ ...wish, keepsKey: true })).rejects.toThrow(
      'no encryption key is configured',
    );
    expect(await knex('webhook_endpoints').select('id')).toEqual(before);
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

  it('ends no secret in use for a webhook that is being made', async () => {
    const { endpoint } = await store.create(wish);
    const { id } = endpoint;
    const ids = async () => (await store.get(id)).secrets.map(each => each.id);
    const [first] = await ids();
    await store.received(id, first);

    const failed = await store.addSecret(id, { keepsKey: false });
    await store.removeSecret(id, failed.secretId);
    expect(await ids()).toEqual([first]);

    const unused = await store.addSecret(id, { keepsKey: false });
    await store.keepNewest(id);
    const made = await store.addSecret(id, { keepsKey: false });
    await store.keepNewest(id);
    expect(await ids()).toEqual([made.secretId, first]);
    expect(await hashes(id)).not.toContain(hashSecret(unused.secret));

    await store.received(id, made.secretId);
    await expect(store.addSecret(id, { keepsKey: false })).rejects.toThrow(
      'Both secrets of this endpoint are in use',
    );
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

  it('reads the refusals of first versions, which are sentences', async () => {
    const { endpoint } = await store.create(wish);
    await knex('webhook_endpoints')
      .where({ id: endpoint.id })
      .update({ last_refusal_reason: 'The secret is wrong' });
    const { refusals } = await store.get(endpoint.id);
    expect(refusals.lastReason?.message).toBe('The secret is wrong');
  });

  it('counts refusals and notes use', async () => {
    const wrong = { code: 'wrong', message: 'Wrong', params: { of: 'it' } };
    const { endpoint } = await store.create(wish);
    await Promise.all(
      Array.from({ length: 5 }, () => store.refused(endpoint.id, wrong)),
    );
    await store.received(endpoint.id, endpoint.secrets[0].id);
    const seen = await store.get(endpoint.id);
    expect(seen.refusals).toMatchObject({ count: 5, lastReason: wrong });
    expect(seen.lastReceivedAt! >= seen.createdAt).toBe(true);
    expect(seen.secrets[0].lastUsedAt! >= seen.createdAt).toBe(true);
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
    expect(await store.find(own.endpoint.id)).toEqual(own.endpoint);
  });
});
