import { KUBERNETES_ID_ANNOTATION } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryService } from '../registries';
import { sqlite } from '../testing';
import { FakeCluster } from '../testing/FakeCluster';
import { component } from '../testing/startPortal';
import { ComponentPlaces } from './ComponentPlaces';
import { Drivers } from './Drivers';
import { DatabaseEnvironmentStore } from './EnvironmentStore';
import { PlaceMemory } from './PlaceMemory';
import { TargetService } from './TargetService';
import { TargetStore } from './TargetStore';

const selector = 'backstage.io/kubernetes-label-selector';

describe('find', () => {
  const database = sqlite();
  let cluster: FakeCluster;
  let targets: TargetService;

  beforeEach(async () => {
    const knex = await database.create();
    cluster = new FakeCluster();
    const drivers = new Drivers();
    drivers.add(cluster);
    targets = TargetService.create({
      entity: async () => undefined,
      drivers,
      environments: DatabaseEnvironmentStore.create({ knex }),
      memory: new PlaceMemory(ComponentPlaces.create({ knex })),
      targets: TargetStore.create({ knex }),
      registries: {} as RegistryService,
    });
    cluster.add('web');
  });

  /** The cluster answers, but not with the Deployments. */
  function cutListings() {
    const message = 'Cluster local did not answer within 5 seconds.';
    jest.spyOn(cluster, 'listTargets').mockResolvedValue({
      targets: [],
      clusters: [{ name: 'local', reachable: true, message }],
    });
    return message;
  }

  const find = (annotations?: Record<string, string>) =>
    targets.find(
      component('web', { annotations }),
      cluster.workload('web').ref,
    );

  it('does not take a target for gone because a part of a listing is missing', async () => {
    cutListings();
    expect(await find()).toMatchObject({
      workload: { uid: 'uid-web' },
      writable: { ok: true },
    });
  });

  it('waits where only the listing could tell whether a selector finds it', async () => {
    const message = cutListings();
    await expect(find({ [selector]: 'app=web' })).rejects.toMatchObject({
      code: 'cluster-unreachable',
      transient: true,
      message,
    });
  });

  it('knows a target that is another component’s', async () => {
    cutListings();
    cluster.change('web', { labels: { [KUBERNETES_ID_ANNOTATION]: 'cart' } });
    await expect(find()).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
