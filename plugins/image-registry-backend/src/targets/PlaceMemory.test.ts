import { KUBERNETES_ID_ANNOTATION } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { eachDatabase } from '../testing';
import { FakeCluster } from '../testing/FakeCluster';
import { component } from '../testing/startPortal';
import { ComponentPlaces } from './ComponentPlaces';
import { PlaceMemory } from './PlaceMemory';
import { workloadQueryOf } from './workloadQuery';

describe.each(eachDatabase())('PlaceMemory, $name', database => {
  const web = component('web');
  let knex: Knex;
  let cluster: FakeCluster;

  beforeAll(async () => {
    knex = await database.create();
  });

  beforeEach(async () => {
    await knex('component_places').delete();
    cluster = new FakeCluster();
    cluster.add('web', { namespace: 'shop-prod' });
  });

  /** Of another process: nothing is kept but what the database has. */
  const memory = () => new PlaceMemory(ComponentPlaces.create({ knex }));

  const lost = async (places = memory(), entity = web) =>
    places.lostPlaces(
      entity,
      await cluster.listTargets(workloadQueryOf(entity)),
      [],
    );

  const breakCluster = () => {
    cluster.down = new DriverError('cluster-unreachable', 'No answer');
  };

  it('tells of a component that ran there, and of no other', async () => {
    expect(await lost()).toEqual([]);
    breakCluster();
    expect(await lost()).toEqual([
      { cluster: 'local', namespace: 'shop-prod' },
    ]);
    expect(await lost(memory(), component('cart'))).toEqual([]);
  });

  it('forgets what was gone before the cluster went down', async () => {
    const places = memory();
    await lost(places);
    cluster.change('web', { labels: { [KUBERNETES_ID_ANNOTATION]: 'cart' } });
    await lost(places);
    breakCluster();
    expect(await lost(places)).toEqual([]);
  });

  it('takes an answer of which a part is missing for no proof', async () => {
    await lost();
    const partial = {
      targets: [],
      clusters: [{ name: 'local', reachable: true, message: 'Cut' }],
    };
    await memory().lostPlaces(web, partial, []);
    breakCluster();
    expect(await lost()).toHaveLength(1);
  });

  it('recalls the targets of other rooms where nobody has looked', async () => {
    breakCluster();
    const places = memory();
    places.addRecaller(async () => [cluster.workload('web').ref]);
    expect(await lost(places)).toEqual([
      { cluster: 'local', namespace: 'shop-prod' },
    ]);
  });

  it('writes again only what is new', async () => {
    const writes: string[] = [];
    knex.on('query', ({ sql }: { sql: string }) => {
      if (sql.startsWith('insert into')) {
        writes.push(sql);
      }
    });
    const places = memory();
    await lost(places);
    await lost(places);
    expect(writes).toHaveLength(1);
  });
});
