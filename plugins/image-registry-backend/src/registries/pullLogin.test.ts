import {
  ExpiringLogin,
  OciRegistryClient,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { createDistributionProvider } from '../providers';
import { sqlite } from '../testing';
import { testRegistries } from '../testing/registries';

const database = sqlite();
let knex: Knex;

beforeEach(async () => {
  knex = await database.create();
});
afterEach(() => jest.useRealTimers());

const own = { username: 'portal', password: 'portal-secret' };
const puller = { username: 'puller', password: 'pull-secret' };
const address = 'https://registry.example.test:5000/team';

const hour = 60 * 60 * 1000;

/** A kind whose vendor issues `issued-1`, `issued-2`, … for a time. */
function issuing(lifeMs: number | undefined): RegistryProvider {
  const plain = createDistributionProvider();
  let issued = 0;
  return {
    ...plain,
    descriptor: { ...plain.descriptor, id: 'issuing' },
    connect: connection =>
      new OciRegistryClient(connection, {
        title: 'Issuing Registry',
        login: new ExpiringLogin(async () => {
          issued += 1;
          return {
            username: 'temporary',
            password: `issued-${issued}`,
            ...(lifeMs !== undefined && { expiresAt: Date.now() + lifeMs }),
          };
        }),
      }),
  };
}

async function connected(
  settings: Record<string, unknown>,
  lifeMs?: number,
): Promise<{ pullLogin(): Promise<unknown> }> {
  const { registries } = await testRegistries({
    knex,
    providers: [createDistributionProvider(), issuing(lifeMs)],
  });
  const { id } = await registries.editor.create({
    name: 'company',
    provider: 'distribution',
    address,
    ...settings,
  });
  return { pullLogin: () => registries.service.pullLogin(id) };
}

describe('the login that clusters get', () => {
  it.each([
    [{ credentials: own, pullCredentials: puller }],
    [{ pullCredentials: puller, provider: 'issuing' }],
    [{ credentials: own, pullCredentials: puller, pullWithManage: true }],
  ])('is the one made for them: %j', async settings => {
    const registry = await connected(settings, hour);
    expect(await registry.pullLogin()).toEqual({
      ...puller,
      from: 'pull',
      host: 'registry.example.test:5000',
    });
  });

  it('is never the own one of the portal by itself', async () => {
    const registry = await connected({ credentials: own });
    await expect(registry.pullLogin()).rejects.toMatchObject({
      name: 'NotAllowedError',
      reason: { code: 'pull-login-is-manage', params: { registry: 'company' } },
    });
  });

  it('is the own one of the portal where its settings say so', async () => {
    const registry = await connected({
      credentials: own,
      pullWithManage: true,
    });
    expect(await registry.pullLogin()).toMatchObject({
      ...own,
      from: 'manage',
    });
  });

  it('counts an issued one that never ends as the own one', async () => {
    const registry = await connected({ provider: 'issuing' });
    await expect(registry.pullLogin()).rejects.toMatchObject({
      reason: { code: 'pull-login-is-manage' },
    });
  });

  it('is none where nobody signs in', async () => {
    expect(await (await connected({})).pullLogin()).toBeUndefined();
  });

  it.each([
    [undefined, 'registry.example.test:5000'],
    ['vpc.example.test/team', 'vpc.example.test'],
    ['docker.io', 'index.docker.io'],
  ])('for images pulled from %s is of the host %s', async (place, host) => {
    const registry = await connected({
      pullCredentials: puller,
      ...(place && { pullAddress: place }),
    });
    expect(await registry.pullLogin()).toMatchObject({ host });
  });

  it('is kept, and replaced before it ends', async () => {
    const registry = await connected({ provider: 'issuing' }, hour);
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    const start = Date.now();
    const first = await registry.pullLogin();
    expect(first).toEqual({
      username: 'temporary',
      password: 'issued-1',
      from: 'short-lived',
      expiresAt: new Date(start + hour).toISOString(),
      renewAt: new Date(start + 0.75 * hour).toISOString(),
      host: 'registry.example.test:5000',
    });
    jest.advanceTimersByTime(0.7 * hour);
    expect(await registry.pullLogin()).toEqual(first);
    jest.advanceTimersByTime(0.1 * hour);
    expect(await registry.pullLogin()).toMatchObject({ password: 'issued-2' });
  });

  it('is fetched once for all who ask at the same time', async () => {
    const registry = await connected({ provider: 'issuing' }, hour);
    const logins = await Promise.all([
      registry.pullLogin(),
      registry.pullLogin(),
    ]);
    expect(logins).toEqual([
      expect.objectContaining({ password: 'issued-1' }),
      expect.objectContaining({ password: 'issued-1' }),
    ]);
  });
});
