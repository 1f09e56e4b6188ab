import { Knex } from 'knex';
import { keyOf, sqlite } from '../testing';
import { as, Caller } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const other = { owner: 'group:default/team-other' };

describe('who lifts a hold', () => {
  const database = sqlite();
  let knex: Knex;
  let portal: Portal;

  beforeEach(async () => {
    knex = await database.create();
    portal = await startPortal({
      knex,
      entities: [component('web', other), component('shop-web')],
    });
    portal.cluster.add('web');
    await knex('targets').insert({ target_key: keyOf('web'), created_at: 1 });
    await knex('holds').insert({
      id: 'h',
      target_key: keyOf('web'),
      entity_ref: 'component:default/web',
      reason: 'r',
      created_at: 1,
    });
  });

  afterEach(() => portal.stop());

  const lift = async (caller: Caller, entityRef?: string) =>
    (
      await portal.call(
        'DELETE',
        `/holds/h${entityRef ? `?entityRef=${entityRef}` : ''}`,
        as(caller),
      )
    ).status;
  const forget = (name: string) => {
    portal.entities.entities = portal.entities.entities.filter(
      ({ metadata }) => metadata.name !== name,
    );
  };
  const nowOf = (name: string) =>
    portal.cluster.change('web', {
      labels: { 'backstage.io/kubernetes-id': name },
    });
  const heir = 'component:default/shop-web';

  it('is its component’s owner, and nobody for another component', async () => {
    expect(await lift('owner')).toBe(403);
    expect(await lift('owner', heir)).toBe(404);
    expect(await lift('outsider', 'component:default/web')).toBe(204);
    expect(await knex('holds')).toEqual([]);
  });

  it('is the owner of the component that has the target when its own is gone', async () => {
    forget('web');
    expect(await lift('owner')).toBe(404);
    expect(await lift('owner', heir)).toBe(404);
    nowOf('shop-web');
    expect(await lift('outsider', heir)).toBe(403);
    expect(await lift('owner', heir)).toBe(204);
    expect(await knex('holds')).toEqual([]);
  });

  it('is the owner of the component that has the target when its own lost it', async () => {
    nowOf('shop-web');
    expect(await lift('owner')).toBe(403);
    expect(await lift('owner', heir)).toBe(204);
  });

  it('is not the owner of one of two that both have the target', async () => {
    await portal.call('POST', '/environments', as('admin'), {
      name: 'Shop',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
      owners: ['group:default/team-shop', 'group:default/team-other'],
    });
    portal.cluster.change('web', { labels: { app: 'web' } });
    portal.entities.entities = portal.entities.entities.map(entity =>
      entity.kind === 'Component'
        ? {
            ...entity,
            metadata: {
              ...entity.metadata,
              annotations: {
                ...entity.metadata.annotations,
                'backstage.io/kubernetes-label-selector': 'app=web',
              },
            },
          }
        : entity,
    );
    const { status, body } = await portal.call(
      'DELETE',
      `/holds/h?entityRef=${heir}`,
      as('owner'),
    );
    expect([status, body.error.message]).toEqual([
      403,
      'Another component, whose target this still is, holds it',
    ]);
    expect(await knex('holds')).toHaveLength(1);
  });
});
