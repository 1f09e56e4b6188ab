import { targetKey } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { digestOf, sqlite } from '../testing';
import { as, Caller } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const selector = 'backstage.io/kubernetes-label-selector';

/** A component whose developers chose a label selector that finds another's. */
const thief = component('thief', {
  owner: 'group:default/team-other',
  annotations: { [selector]: 'backstage.io/kubernetes-id=web' },
});

describe('workloads that only a component’s own annotations find', () => {
  const database = sqlite();
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web'), thief],
    });
    portal.cluster.add('web');
  });

  afterAll(() => portal.stop());

  const web = () => portal.cluster.workload('web').ref;
  const path = (what: string, name: string) =>
    `/targets/${encodeURIComponent(
      targetKey(web()),
    )}/${what}&entityRef=component:default/${name}`;

  it('are shown as not its own', async () => {
    const { body } = await portal.call(
      'GET',
      '/targets?entityRef=component:default/thief',
      as('outsider'),
    );
    expect(body.items).toMatchObject([
      { writable: { ok: false, reason: { code: 'not-confirmed-by-cluster' } } },
    ]);
  });

  it.each(['pods?', 'logs?pod=web-1'])('do not open their %s', async what => {
    const own = await portal.call('GET', path(what, 'web'), as('owner'));
    expect(own.status).toBe(200);
    const other = await portal.call('GET', path(what, 'thief'), as('outsider'));
    expect(other.status).toBe(403);
    expect(other.body.error.message).toContain('does not carry the label');
  });

  it('are not asked of the cluster, not even in a dry run', async () => {
    portal.registry.push('shop/web:main', digestOf('a'));
    const diff = jest.spyOn(portal.cluster, 'diff');
    const dryRun = (caller: Caller, name: string) =>
      portal.call('POST', '/rollouts', as(caller), {
        entityRef: `component:default/${name}`,
        target: web(),
        image: { registryId: 'local', repository: 'shop/web', tag: 'main' },
        dryRun: true,
      });
    const other = await dryRun('outsider', 'thief');
    expect(other.status).toBe(403);
    expect(other.body.error.message).toContain('does not carry the label');
    expect(diff).not.toHaveBeenCalled();
    expect((await dryRun('owner', 'web')).status).toBe(200);
    expect(diff).toHaveBeenCalledTimes(1);
  });

  it('cannot be held', async () => {
    const hold = (name: string) => ({
      entityRef: `component:default/${name}`,
      target: web(),
      reason: 'mine now',
    });
    const other = await portal.call(
      'POST',
      '/holds',
      as('outsider'),
      hold('thief'),
    );
    expect(other.status).toBe(403);
    expect(await portal.knex('holds')).toEqual([]);
    const own = await portal.call('POST', '/holds', as('owner'), hold('web'));
    expect(own.status).toBe(201);
    await portal.knex('holds').delete();
  });

  it('answers what a cluster refused once, without causes and stacks', async () => {
    const innermost = new Error('connect 10.1.2.3:6443');
    portal.cluster.down = new DriverError('cluster-unreachable', 'It is away', {
      cause: new Error('inner', { cause: innermost }),
    });
    jest
      .spyOn(portal.cluster, 'listTargets')
      .mockRejectedValueOnce(portal.cluster.down);
    const { status, text, body } = await portal.call(
      'GET',
      path('pods?', 'web'),
      as('owner'),
    );
    portal.cluster.down = undefined;
    expect(status).toBe(503);
    expect(body.error.message).toBe('It is away');
    expect(text).not.toContain('stack');
    expect(text).not.toContain('10.1.2.3');
  });
});

describe('a policy whose component is gone', () => {
  const database = sqlite();
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    portal.cluster.add('web');
  });

  afterAll(() => portal.stop());

  const policyOf = (name: string) => ({
    entityRef: `component:default/${name}`,
    target: portal.cluster.workload('web').ref,
    image: { registryId: 'local', repository: 'shop/web' },
    rule: { kind: 'same-tag', tag: 'main' },
  });
  const create = (name: string) =>
    portal.call('POST', '/policies', as('owner'), policyOf(name));

  it('gives the target free for the component that has it now', async () => {
    expect((await create('web')).status).toBe(201);
    expect((await create('web')).status).toBe(409);

    portal.entities.entities = [
      ...portal.entities.entities.filter(
        ({ metadata }) => metadata.name !== 'web',
      ),
      component('shop-web'),
    ];
    portal.cluster.change('web', {
      labels: { 'backstage.io/kubernetes-id': 'shop-web' },
    });
    const again = await create('shop-web');
    expect(again.status).toBe(201);
    expect(await portal.knex('policies').select('entity_ref')).toEqual([
      { entity_ref: 'component:default/shop-web' },
    ]);
  });
});

describe('an environment that lists a system', () => {
  const database = sqlite();
  const system = (owner: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: { name: 'payments' },
    spec: { owner },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  });

  it.each([
    ['whose owners own the component too', 'group:default/team-other', true],
    ['of somebody else', 'group:default/team-shop', false],
  ])('%s: %s', async (_, owner, writable) => {
    const member = {
      ...thief,
      relations: [
        ...(thief.relations ?? []),
        { type: 'partOf', targetRef: 'system:default/payments' },
      ],
    };
    const portal = await startPortal({
      knex: await database.create(),
      entities: [component('web'), member, system(owner)],
    });
    portal.cluster.add('web');
    await portal.call('POST', '/environments', as('admin'), {
      name: 'payments',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
      systems: ['system:default/payments'],
    });
    const { body } = await portal.call(
      'GET',
      '/targets?entityRef=component:default/thief',
      as('outsider'),
    );
    await portal.stop();
    expect(body.items).toMatchObject([{ writable: { ok: writable } }]);
  });
});
