import { targetKey } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { mockServices } from '@backstage/backend-test-utils';
import { PullLogin, RegistryService } from '../registries';
import { digestOf, eachDatabase, sqlite, waitFor } from '../testing';
import { FakeCluster } from '../testing/FakeCluster';
import { FakePlaces } from '../testing/FakePlaces';
import { as, Caller } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';
import { Drivers } from '../targets';
import { DatabaseKeptSecretStore } from './KeptSecretStore';
import { PullSecretService } from './PullSecretService';
import { Upkeeper } from './Upkeeper';

const key = { cluster: 'local', namespace: 'shop', registryId: 'hub' };

describe.each(eachDatabase())('kept pull secrets, $name', database => {
  /** Only what the room asks of registries. */
  function room(knex: Parameters<typeof DatabaseKeptSecretStore.create>[0]) {
    const cluster = new FakeCluster();
    const places = FakePlaces.give(cluster);
    const drivers = new Drivers();
    drivers.add(cluster);
    const state: { login?: PullLogin } = {
      login: {
        host: 'registry.test',
        username: 'robot',
        password: 'dummy-1',
        from: 'pull',
      },
    };
    const registries = {
      get: async (id: string) => ({ id, name: 'Hub' }),
      pullLogin: async () => state.login,
    } as unknown as RegistryService;
    const store = DatabaseKeptSecretStore.create(knex);
    const service = PullSecretService.create({ drivers, registries, store });
    const logger = mockServices.logger.mock();
    const upkeeper = Upkeeper.create({ logger, service, store });
    return { places, state, store, service, upkeeper, logger };
  }

  it('are written, remembered, and written again when the login changes', async () => {
    const { service, upkeeper, places, state, store } = room({
      knex: await database.create(),
    });
    const kept = await service.keep({
      ...key,
      author: 'user:default/ada',
      serviceAccount: 'runner',
    });
    expect(kept).toMatchObject({
      ...key,
      state: 'fresh',
      name: 'pull-hub',
      host: 'registry.test',
      serviceAccount: 'runner',
      writtenAt: expect.any(String),
    });
    expect(places.attached).toEqual([{ serviceAccount: 'runner' }]);
    expect(await upkeeper.run()).toBe(0);
    if (state.login) {
      state.login = {
        ...state.login,
        password: 'dummy-2',
        from: 'short-lived',
        expiresAt: '2030-01-01T00:00:00.000Z',
      };
    }
    expect(await upkeeper.run()).toBe(1);
    expect(places.secrets.get('shop/hub')?.login.password).toBe('dummy-2');
    expect(await store.list()).toMatchObject([
      { expiresAt: '2030-01-01T00:00:00.000Z' },
    ]);
    expect(JSON.stringify(await store.list())).not.toContain('dummy');
    expect(await store.ofRegistry('hub')).toMatchObject([key]);
    expect(await store.ofRegistry('other')).toEqual([]);
  });

  it('say why they are not fresh, and the others go on', async () => {
    const { service, upkeeper, places, store, logger } = room({
      knex: await database.create(),
    });
    await service.keep({ ...key, author: 'a' });
    await service.keep({ ...key, namespace: 'bank', author: 'a' });
    places.failure = new DriverError('forbidden', 'cannot patch secrets');
    expect(await upkeeper.run()).toBe(0);
    expect(await store.list()).toMatchObject([
      { state: 'failed', message: 'cannot patch secrets' },
      { state: 'failed', message: 'cannot patch secrets' },
    ]);
    expect(logger.warn).toHaveBeenCalledTimes(2);
    places.failure = undefined;
    await upkeeper.run();
    expect(await store.list()).toMatchObject([
      { state: 'fresh' },
      { state: 'fresh' },
    ]);
  });

  it('are removed from the cluster, then forgotten', async () => {
    const { service, places, store } = room({ knex: await database.create() });
    await service.keep({ ...key, author: 'a' });
    await service.remove(key);
    expect(places.secrets.size).toBe(0);
    expect(await store.list()).toEqual([]);
    await expect(service.remove(key)).rejects.toThrow(/keeps no such/);
  });

  it('are not made for a registry that anybody pulls from', async () => {
    const { service, state, store } = room({ knex: await database.create() });
    state.login = undefined;
    await expect(service.keep({ ...key, author: 'a' })).rejects.toThrow(
      /without a login/,
    );
    expect(await store.list()).toEqual([]);
  });
});

describe('what targets pull with', () => {
  const database = sqlite();
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    FakePlaces.give(portal.cluster);
    portal.cluster.add('web');
    portal.registry.push('shop/web:main', digestOf('a'));
  });

  afterAll(() => portal.stop());

  const path = (what: string) =>
    `/targets/${encodeURIComponent(
      targetKey(portal.cluster.workload('web').ref),
    )}/${what}`;
  const get = (what: string, caller: Caller) =>
    portal.call(
      'GET',
      `${path(what)}?entityRef=component:default/web`,
      as(caller),
    );

  it('is shown to who may see the target', async () => {
    expect(await get('platforms', 'outsider')).toMatchObject({
      status: 200,
      body: { known: true, platforms: [{ architecture: 'arm64' }] },
    });
    expect(await get('pull-access', 'owner')).toMatchObject({
      status: 200,
      body: {
        registryId: 'local',
        anonymous: true,
        access: { host: 'registry.test/shop/web', ok: false },
      },
    });
  });

  it('is tried by its owners alone', async () => {
    const test = (caller: Caller) =>
      portal.call('POST', path('test-pull'), as(caller), {
        entityRef: 'component:default/web',
        image: { registryId: 'local', repository: 'shop/web', tag: 'main' },
      });
    const { status, body } = await test('owner');
    expect(status).toBe(202);
    expect(body).toMatchObject({
      state: 'running',
      image: 'registry.test/shop/web:main',
      steps: [{ phase: 'pulling' }],
    });
    const look = async (caller: Caller) =>
      portal.call('GET', `/test-pulls/${body.id}`, as(caller));
    await waitFor(async () => (await look('owner')).body.state === 'ended', {
      what: 'the end of the test pull',
    });
    expect((await look('owner')).body.steps).toMatchObject([
      { phase: 'pulling' },
      { phase: 'pulled', words: 'registry.test/shop/web:main' },
    ]);
    expect((await test('outsider')).status).toBe(403);
    expect(
      await portal.call('DELETE', `/test-pulls/${body.id}`, as('outsider')),
    ).toMatchObject({ status: 403 });
  });

  it('is nothing to give where no login is needed', async () => {
    expect(
      await portal.call('POST', path('pull-secret'), as('owner'), {
        entityRef: 'component:default/web',
        attach: 'service-account',
      }),
    ).toMatchObject({ status: 409 });
  });
});
