import { digestOf, sqlite, waitFor } from '../testing';
import { as, ownershipPermissions } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

describe('the webhook log', () => {
  const database = sqlite();
  const entities = [component('web')];
  const hidden = ['component:default/web'];
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities,
      permissions: ownershipPermissions(
        () => entities,
        () => hidden,
      ),
    });
    portal.cluster.add('web');
    portal.registry.push('shop/web:main', digestOf('a'));
  });

  afterAll(() => portal.stop());

  async function settled(deliveryId: string) {
    return waitFor(
      async () => {
        const [event] = await portal
          .knex('image_events')
          .where({ delivery_id: deliveryId });
        return event.outcome !== 'pending' && event.outcome;
      },
      { what: 'the event to be settled' },
    );
  }

  it('keeps decisions on hidden components from those who may read it', async () => {
    const saved = await portal.call('POST', '/policies', as('owner'), {
      entityRef: hidden[0],
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository: 'shop/web' },
      rule: { kind: 'same-tag', tag: 'main' },
    });
    expect(saved.status).toBe(201);
    portal.registry.push('shop/web:main', digestOf('b'));
    const { body } = await portal.announce(['shop/web:main']);
    await settled(body.deliveryId);

    const read = async (who: 'owner' | 'outsider') =>
      (await portal.call('GET', `/deliveries/${body.deliveryId}`, as(who)))
        .body;
    expect((await read('owner')).decisions).toHaveLength(1);
    expect(await read('outsider')).toMatchObject({
      events: [{ repository: 'shop/web' }],
      decisions: [],
    });
  });

  it('refuses again what an endpoint was refused, also when it is gone', async () => {
    const made = await portal.call(
      'POST',
      '/registries/local/webhook-endpoints',
      as('admin'),
      { name: 'cart only', repositories: ['shop/cart'] },
    );
    const { endpoint, secret } = made.body;
    const { body } = await portal.announce(['shop/web:main'], {
      endpoint: endpoint.id,
      secret,
    });
    expect(await settled(body.deliveryId)).toBe('refused');
    await portal.call(
      'DELETE',
      `/webhook-endpoints/${endpoint.id}`,
      as('admin'),
    );

    const replayed = await portal.call(
      'POST',
      `/deliveries/${body.deliveryId}/replay`,
      as('admin'),
    );
    expect(replayed.status).toBe(202);
    expect(await settled(replayed.body.id)).toBe('refused');
  });
});
