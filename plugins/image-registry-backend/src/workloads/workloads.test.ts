import {
  CreatedWorkload,
  CreateWorkload,
} from '@slipway/backstage-plugin-image-registry-common';
import { digestOf, sqlite } from '../testing';
import { FakePlaces } from '../testing/FakePlaces';
import { as, Caller } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const plan: CreateWorkload = {
  name: 'basket',
  owner: 'group:default/team-shop',
  place: { cluster: 'local', namespace: 'shop' },
  image: { registryId: 'local', repository: 'shop/basket', tag: 'v1' },
  replicas: 1,
  ports: [{ port: 8080 }],
  env: [{ name: 'TOKEN', value: 'not-to-be-stored' }],
  volumes: [],
  service: true,
};

describe('components from images', () => {
  const database = sqlite();
  let portal: Portal;
  let places: FakePlaces;

  const environment = (change: object) =>
    portal.call('POST', '/environments', as('admin'), {
      name: 'Production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
      ...change,
    });

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [
        component('web'),
        component('elsewhere', {
          annotations: { 'backstage.io/kubernetes-namespace': 'bank' },
        }),
        component('selecting', {
          annotations: { 'backstage.io/kubernetes-label-selector': 'a=b' },
        }),
      ],
    });
    places = FakePlaces.give(portal.cluster);
    portal.registry.push('shop/basket:v1', digestOf('a'));
    await environment({ owners: ['group:default/team-shop'] });
  });

  afterEach(() => portal.stop());

  const post = (
    change: Partial<CreateWorkload> = {},
    caller: Caller = 'owner',
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: CreatedWorkload & { error: Error } }> =>
    portal.call(
      'POST',
      '/workloads',
      { ...as(caller), ...headers },
      { ...plan, ...change },
    );
  const created = async () =>
    (await portal.call('GET', '/components/created', as('restricted-service')))
      .body.items;

  it('are rehearsed by digest, with the file for their repository', async () => {
    const { status, body } = await post({ dryRun: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'planned',
      entityRef: 'component:default/basket',
      image: `registry.test/shop/basket:v1@${digestOf('a')}`,
      quota: { known: true, fits: true },
    });
    expect(body.catalogInfo).toContain('backstage.io/kubernetes-id: basket');
    expect(await created()).toEqual([]);
  });

  it('are made and told to the catalog, without what is in the form', async () => {
    expect(await post()).toMatchObject({
      status: 201,
      body: { outcome: 'created' },
    });
    expect(await created()).toMatchObject([
      {
        entityRef: 'component:default/basket',
        author: 'user:default/owner',
        entity: {
          metadata: { name: 'basket' },
          spec: { owner: 'group:default/team-shop' },
        },
      },
    ]);
    const [row] = await portal.knex('workload_creations');
    expect(JSON.stringify(row)).not.toContain('not-to-be-stored');
  });

  it.each([
    ['an approval', { approvals: { count: 1 } }, 'waits-for-approval'],
    ['an age', { gates: { minimumAgeMs: 60_000 } }, 'too-young'],
  ])('are not made where %s is asked for', async (_, protection, code) => {
    const { body } = await portal.call('GET', '/environments', as('admin'));
    const [{ id, version }] = body.items;
    const changed = await portal.call(
      'PATCH',
      `/environments/${id}`,
      as('admin'),
      { version, protection },
    );
    expect(changed.status).toBe(200);
    for (const dryRun of [true, false]) {
      const refused = await post({ dryRun });
      expect(refused.body).toMatchObject({
        outcome: 'refused',
        problems: [
          { path: 'place.namespace', reason: { code: 'creation-cannot-wait' } },
          { path: 'place.namespace', reason: { code } },
        ],
      });
    }
    expect(places.created).toEqual([]);
    expect(await created()).toEqual([]);
  });

  it('are not made while everything is frozen', async () => {
    await portal.call('PUT', '/freeze', as('admin'), { reason: 'Fair' });
    expect((await post()).body.problems).toMatchObject([
      { reason: { code: 'creation-cannot-wait' } },
      { reason: { code: 'portal-frozen' } },
    ]);
    expect(places.created).toEqual([]);
    await portal.call('DELETE', '/freeze', as('admin'));
    expect((await post()).body.outcome).toBe('created');
  });

  it('are made once under one key', async () => {
    const key = { 'idempotency-key': 'basket-12345' };
    const first = await post({}, 'owner', key);
    const again = await post({}, 'owner', key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(places.created).toHaveLength(1);
    expect(await post({ replicas: 2 }, 'owner', key)).toMatchObject({
      status: 409,
    });
  });

  it.each<[string, Partial<CreateWorkload>, Caller, number, RegExp]>([
    [
      'a name that Kubernetes refuses',
      { name: 'Web_1' },
      'owner',
      400,
      /name: /,
    ],
    [
      'an owner that is somebody else',
      { owner: 'group:default/team-other' },
      'owner',
      403,
      /Only owners/,
    ],
    ['somebody who does not own it', {}, 'outsider', 403, /Only owners/],
    [
      'an environment that does not list the owner',
      { owner: 'group:default/team-other' },
      'outsider',
      403,
      /lists neither group:default\/team-other/,
    ],
    [
      'a namespace of no environment',
      { place: { cluster: 'local', namespace: 'bank' } },
      'owner',
      403,
      /in no environment/,
    ],
    [
      'an image that is not there',
      { image: { ...plan.image, tag: 'v2' } },
      'owner',
      404,
      /v2/,
    ],
    ['nobody', {}, 'nobody', 401, /./],
  ])('are refused for %s', async (_, change, caller, status, words) => {
    const answer = await post(change, caller);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(words);
    expect(places.created).toEqual([]);
  });

  it('leave the name of a component of the catalog alone', async () => {
    expect(await post({ name: 'web' })).toMatchObject({
      status: 200,
      body: {
        outcome: 'refused',
        problems: [{ path: 'name', reason: { code: 'component-exists' } }],
      },
    });
    expect(places.created).toEqual([]);
  });

  it('are listed with what exists when a later object fails', async () => {
    places.failAt = 'Service';
    expect(await post()).toMatchObject({
      status: 200,
      body: {
        outcome: 'partial',
        objects: [
          { kind: 'Deployment', state: 'made' },
          { kind: 'Service', state: 'refused' },
        ],
      },
    });
    expect(await created()).toHaveLength(1);
  });

  it('go on where they stopped, with what exists', async () => {
    places.failAt = 'Service';
    const { id } = (await post()).body;
    const read = (caller: Caller) =>
      portal.call('GET', `/workloads/${id}`, as(caller));
    expect(await read('owner')).toMatchObject({
      status: 200,
      body: {
        id,
        state: 'partial',
        existed: false,
        objects: [{ state: 'made' }, { state: 'refused' }],
      },
    });
    expect((await read('outsider')).status).toBe(404);
    expect((await post({ resume: id })).body).toMatchObject({
      id,
      outcome: 'partial',
    });

    places.failAt = undefined;
    expect((await post({ resume: id }, 'outsider')).status).toBe(403);
    expect(await post({ resume: id, name: 'other' })).toMatchObject({
      status: 409,
    });
    expect(await post({ resume: id, replicas: 3 })).toMatchObject({
      status: 201,
      body: { id, outcome: 'created' },
    });
    expect(places.resumed).toBe(1);
    expect(await post({ resume: id })).toMatchObject({
      status: 201,
      body: { id, outcome: 'created' },
    });
    expect(places.resumed).toBe(1);
    expect(await created()).toHaveLength(1);
  });

  it('go on under the same key after a process was killed', async () => {
    const key = { 'idempotency-key': 'basket-12345' };
    await post({}, 'owner', key);
    const killed = (ageMs: number) =>
      portal.knex('workload_creations').update({
        state: 'creating',
        objects: null,
        created_at: Date.now() - ageMs,
      });
    await killed(1_000);
    expect((await post({}, 'owner', key)).status).toBe(409);
    await killed(180_000);
    expect(await post({}, 'owner', key)).toMatchObject({
      status: 201,
      body: { outcome: 'created' },
    });
    expect(places.resumed).toBe(1);
  });

  it('give a workload to a component of the catalog', async () => {
    const web = { name: 'web', component: 'component:default/web' };
    expect(await post(web)).toMatchObject({
      status: 201,
      body: { outcome: 'created', entityRef: 'component:default/web' },
    });
    expect(await created()).toEqual([]);
    expect((await post(web, 'outsider')).status).toBe(403);
  });

  it.each([
    ['elsewhere', 'place.namespace', 'component-is-elsewhere'],
    ['selecting', '', 'component-selects-otherwise'],
  ])('refuse one that would not find it: %s', async (name, path, code) => {
    expect(
      await post({ name, component: `component:default/${name}` }),
    ).toMatchObject({
      status: 200,
      body: { outcome: 'refused', problems: [{ path, reason: { code } }] },
    });
  });

  it('are forgotten when nothing of them was made', async () => {
    places.failAt = 'Deployment';
    expect((await post()).body.outcome).toBe('refused');
    expect(await portal.knex('workload_creations')).toEqual([]);
  });

  it('are listed to services alone', async () => {
    const { status } = await portal.call(
      'GET',
      '/components/created',
      as('admin'),
    );
    expect(status).toBe(403);
  });
});
