import { PullLoginRefusedError, RegistryService } from '../registries';
import { Drivers } from '../targets';
import { FakeCluster } from '../testing/FakeCluster';
import { FakePlaces } from '../testing/FakePlaces';
import { findPullAccess } from './findPullAccess';
import { Prepared } from './prepareWorkload';

const prepared = (pullSecrets?: string[]) =>
  ({
    plan: {
      place: { cluster: 'local', namespace: 'shop' },
      image: { registryId: 'hub', repository: 'shop/basket' },
      pullSecrets,
    },
    repository: 'registry.test/shop/basket',
  } as unknown as Prepared);

function find(
  plan: Prepared,
  pullLogin: () => Promise<unknown>,
): ReturnType<typeof findPullAccess> {
  const cluster = new FakeCluster();
  FakePlaces.give(cluster);
  const drivers = new Drivers();
  drivers.add(cluster);
  const registries = { pullLogin } as unknown as RegistryService;
  return findPullAccess({ drivers, registries }, plan);
}

describe('findPullAccess', () => {
  it('tells of pods that have no login for the repository', async () => {
    expect(await find(prepared(), async () => ({}))).toMatchObject({
      ok: false,
      host: 'registry.test/shop/basket',
    });
  });

  it('asks also where the login may not be given out', async () => {
    const refuse = async () => {
      throw new PullLoginRefusedError({ code: 'x', message: 'Not this one' });
    };
    expect(await find(prepared(), refuse)).toMatchObject({ ok: false });
  });

  it.each([
    ['no login is needed', prepared(), undefined],
    ['the plan names secrets', prepared(['mine']), {}],
  ])('has nothing to tell where %s', async (_, plan, login) => {
    expect(await find(plan, async () => login)).toBeUndefined();
  });

  it('says why the login could not be read', async () => {
    const fail = async () => {
      throw new Error('the registry is locked');
    };
    await expect(find(prepared(), fail)).rejects.toThrow('locked');
  });
});
