import { mockServices } from '@backstage/backend-test-utils';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import {
  PullLogin,
  PullLoginRefusedError,
  RegistryService,
} from '../registries';
import { DatabaseEnvironmentStore, Drivers } from '../targets';
import { sqlite } from '../testing';
import { FakeCluster } from '../testing/FakeCluster';
import { FakePlaces } from '../testing/FakePlaces';
import { EnvironmentReviews } from './EnvironmentReviews';
import { DatabaseKeptSecretStore } from './KeptSecretStore';
import { NewNamespaces } from './NewNamespaces';
import { PullSecretService } from './PullSecretService';

describe('namespaces of environments', () => {
  const database = sqlite();

  async function room() {
    const knex = await database.create();
    const cluster = new FakeCluster();
    const places = FakePlaces.give(cluster);
    const drivers = new Drivers();
    drivers.add(cluster);
    const state: { login?: PullLogin; failure?: Error } = {
      login: {
        host: 'registry.test',
        username: 'robot',
        password: 'dummy-1',
        from: 'pull',
      },
    };
    const registries = {
      list: async () => [
        { id: 'hub', isDefault: true },
        { id: 'company', isDefault: false },
      ],
      get: async (id: string) => ({ id, name: id }),
      pullLogin: async () => {
        if (state.failure) {
          throw state.failure;
        }
        return state.login;
      },
    } as unknown as RegistryService;
    const environments = DatabaseEnvironmentStore.create({ knex });
    const store = DatabaseKeptSecretStore.create({ knex });
    const service = PullSecretService.create({ drivers, registries, store });
    const logger = mockServices.logger.mock();
    const options = { drivers, environments, registries };
    return {
      places,
      state,
      environments,
      store,
      logger,
      reviews: new EnvironmentReviews(options),
      newNamespaces: new NewNamespaces({ ...options, logger, service, store }),
    };
  }

  const shop = {
    name: 'shop',
    places: [{ cluster: 'local', namespaces: ['shop', 'shop-*'] }],
  };

  it('are told each by itself, found by name and pattern', async () => {
    const { environments, reviews } = await room();
    const { id } = await environments.create(shop);
    expect(await reviews.review(id)).toMatchObject({
      environmentId: id,
      registryId: 'hub',
      places: [
        {
          cluster: 'local',
          complete: true,
          skipped: 0,
          namespaces: ['shop', 'shop-eu'].map(namespace => ({
            namespace,
            deploy: { ok: true },
            pull: { state: 'missing', reason: { code: 'pull-secret-none' } },
          })),
        },
      ],
    });
    await expect(reviews.review('gone')).rejects.toThrow(/No environment/);
  });

  it('need no secret of a registry that anybody pulls from', async () => {
    const { environments, reviews, state } = await room();
    const { id } = await environments.create(shop);
    state.login = undefined;
    const { places } = await reviews.review(id);
    expect(places[0].namespaces[0].pull).toEqual({ state: 'not-needed' });
  });

  it('say why no login may be put there', async () => {
    const { environments, reviews, state } = await room();
    const { id } = await environments.create(shop);
    const reason = { code: 'pull-login-is-manage', message: 'Not this one' };
    state.failure = new PullLoginRefusedError(reason);
    expect(await reviews.review(id)).toMatchObject({ refusal: reason });
  });

  it('are unknown in a cluster that is down, and only there', async () => {
    const { environments, reviews } = await room();
    const { id } = await environments.create({
      name: 'both',
      places: [
        { cluster: 'gone', namespaces: ['shop'] },
        { cluster: 'local', namespaces: ['bank'] },
      ],
    });
    expect((await reviews.review(id)).places).toMatchObject([
      { cluster: 'gone', failure: expect.stringMatching(/gone/) },
      { cluster: 'local', namespaces: [{ namespace: 'bank' }] },
    ]);
  });

  it('get the secret when they are new, where the environment says so', async () => {
    const { environments, newNamespaces, places, store } = await room();
    const { id, version } = await environments.create(shop, 'user:default/a');
    expect(await newNamespaces.run()).toBe(0);

    await environments.update(
      id,
      { version, keepPullSecrets: true, defaultRegistryId: 'company' },
      'user:default/ada',
    );
    expect(await newNamespaces.run()).toBe(2);
    expect(await store.list()).toMatchObject(
      ['shop', 'shop-eu'].map(namespace => ({
        namespace,
        registryId: 'company',
        serviceAccount: 'default',
        author: 'user:default/ada',
        state: 'fresh',
      })),
    );
    places.namespaces = [...places.namespaces, 'shop-us'];
    expect(await newNamespaces.run()).toBe(1);
    expect(await newNamespaces.run()).toBe(0);
  });

  it('that refuse it do not keep the others from it', async () => {
    const { environments, logger, newNamespaces, places } = await room();
    await environments.create({ ...shop, keepPullSecrets: true }, 'user:x/y');
    places.failure = new DriverError('forbidden', 'cannot create secrets');
    expect(await newNamespaces.run()).toBe(0);
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });
});
