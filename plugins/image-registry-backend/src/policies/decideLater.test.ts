import { digestOf, sqlite } from '../testing';
import { as } from '../testing/people';
import { component, startPortal } from '../testing/startPortal';
import { Authority } from './Authority';

describe('a policy that cannot be decided when it is saved', () => {
  const database = sqlite();

  it('stays saved, and says that it is looked at again', async () => {
    const portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    portal.cluster.add('web');
    portal.registry.push('shop/web:main', digestOf('a'));
    jest
      .spyOn(Authority.prototype, 'objection')
      .mockRejectedValueOnce(new Error('the catalog is away'));

    const { status, body } = await portal.call(
      'POST',
      '/policies',
      as('owner'),
      {
        entityRef: 'component:default/web',
        target: portal.cluster.workload('web').ref,
        image: { registryId: 'local', repository: 'shop/web' },
        rule: { kind: 'same-tag', tag: 'main' },
      },
    );
    await portal.stop();

    expect(status).toBe(201);
    expect(body.blocked).toMatchObject({ code: 'listing-incomplete' });
    expect(JSON.stringify(body)).not.toContain('catalog is away');
  });
});
