import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { digestOf, sqlite, waitFor } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const names = Array.from({ length: 12 }, (_, index) => `c${index}`);

describe('looks at blocked policies', () => {
  const database = sqlite();
  let portal: Portal;

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: names.map(name => component(name)),
    });
    portal.registry.cut = 'the registry broke off';
    portal.registry.push('shop/web:1.0.0', A);
    portal.registry.push('shop/web:1.1.0', B);
    for (const name of names) {
      portal.cluster.add(name, { image: `registry.test/shop/web:1.0.0@${A}` });
      await portal.call('POST', '/policies', as('owner'), {
        entityRef: `component:default/${name}`,
        target: portal.cluster.workload(name).ref,
        image: { registryId: 'local', repository: 'shop/web' },
        rule: { kind: 'semver', range: '^1' },
      });
    }
    portal.registry.cut = undefined;
    portal.registry.listed.length = 0;
  });

  afterEach(() => portal.stop());

  const look = async () => {
    await portal.knex('policies').update({ look_at: 0 });
    await portal.scheduler.triggerTask('image-registry-read-listings-again');
  };
  const blocked = () =>
    portal.knex('policies').whereNotNull('blocked').pluck('id');
  const allRun = (digest: string) =>
    waitFor(
      async () =>
        names.every(name =>
          portal.cluster.workload(name).image.endsWith(digest),
        ),
      { what: `${digest} everywhere` },
    );

  it('read the tags of a repository for all of them together', async () => {
    expect(await blocked()).toHaveLength(names.length);
    await look();
    // The first finds a tag that is news to the others: these look once more.
    expect(portal.registry.listed).toEqual(['shop/web', 'shop/web']);
    expect(await blocked()).toEqual([]);
    await allRun(B);
  });

  it('miss no push that comes after the tags were read', async () => {
    let pushed = false;
    portal.registry.beforeListing = async () => {
      if (!pushed) {
        pushed = true;
        portal.registry.push('shop/web:1.2.0', C);
        const { body } = await portal.announce(['shop/web:1.2.0']);
        await waitFor(
          async () => {
            const event = await portal
              .knex('image_events')
              .where({ delivery_id: body.deliveryId })
              .first();
            return event.outcome !== 'pending';
          },
          { what: 'the decision' },
        );
      }
    };
    await look();
    expect(portal.registry.listed.length).toBeLessThan(4);
    await allRun(C);
  });

  it('hold up no other when one cannot be looked at', async () => {
    portal.entities.entities = portal.entities.entities.filter(
      ({ metadata }) => metadata.name !== 'c3',
    );
    await look();
    expect(await blocked()).toHaveLength(1);
  });

  it('come soon, however long the cluster was away', async () => {
    const message = 'No route to host';
    portal.cluster.down = new DriverError('cluster-unreachable', message);
    for (let minute = 0; minute < 5; minute++) {
      await look();
    }
    expect(await blocked()).toHaveLength(names.length);
    const latest = await portal.knex('policies').max('look_at as at').first();
    expect(Number(latest!.at) - Date.now()).toBeLessThanOrEqual(60_000);

    portal.cluster.down = undefined;
    await look();
    expect(await blocked()).toEqual([]);
  });
});
