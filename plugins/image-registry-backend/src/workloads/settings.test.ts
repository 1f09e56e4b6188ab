import { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ChangeWorkloadSettings,
  targetKey,
  targetOperatePermission,
  workloadCreatePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { sqlite } from '../testing';
import { FakePlaces } from '../testing/FakePlaces';
import { allowEverything, as, Caller } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const entityRef = 'component:default/web';
const version = `web of ${entityRef}`;
const settings = {
  replicas: 2,
  ports: [{ port: 8080 }],
  env: [{ name: 'MODE', value: 'fast' }],
  volumes: [],
  service: false,
};

describe('settings of components from images', () => {
  const database = sqlite();
  let portal: Portal;
  let places: FakePlaces;
  let path: string;
  let denied: string | undefined;

  const permissions: PermissionsService = {
    ...allowEverything,
    authorize: async requests =>
      requests.map(({ permission: { name } }) => ({
        result: name === denied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      })),
  };

  const environment = (change: object) =>
    portal.call('POST', '/environments', as('admin'), {
      name: 'Production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
      ...change,
    });

  beforeEach(async () => {
    denied = undefined;
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web'), component('cart')],
      permissions,
    });
    places = FakePlaces.give(portal.cluster);
    const key = targetKey(portal.cluster.add('web'));
    path = `/targets/${encodeURIComponent(key)}/settings`;
    await environment({ owners: ['group:default/team-shop'] });
  });

  afterEach(() => portal.stop());

  const read = (caller: Caller = 'owner', ref = entityRef) =>
    portal.call(
      'GET',
      `${path}?entityRef=${encodeURIComponent(ref)}`,
      as(caller),
    );
  const change = (
    body: Partial<ChangeWorkloadSettings> = {},
    caller: Caller = 'owner',
  ) =>
    portal.call('PATCH', path, as(caller), {
      entityRef,
      version,
      settings,
      ...body,
    });

  it('are read, changed, and told to open pages', async () => {
    expect(await read()).toMatchObject({ status: 200, body: { version } });
    expect(await change()).toMatchObject({
      status: 200,
      body: { outcome: 'changed' },
    });
    expect(places.changed).toMatchObject([
      { entityRef, version, settings, target: { name: 'web' } },
    ]);
    expect((await read()).body.settings).toEqual(settings);
  });

  it('are rehearsed without writing', async () => {
    expect(await change({ dryRun: true })).toMatchObject({
      status: 200,
      body: { outcome: 'planned' },
    });
    expect(places.changed).toEqual([]);
  });

  it('are refused when they were changed since they were read', async () => {
    expect(await change({ version: 'older' })).toMatchObject({ status: 409 });
    expect(places.changed).toEqual([]);
  });

  it.each<[string, object]>([
    ['a number of replicas that is none', { replicas: -1 }],
    ['a field that nobody knows', { image: 'another' }],
    ['a probe without a check', { readiness: {} }],
  ])('are refused for %s', async (_, wrong) => {
    const { status, body } = await change({
      settings: { ...settings, ...wrong },
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain('settings');
    expect(places.changed).toEqual([]);
  });

  it('are of the component that the workload is of', async () => {
    const cart = 'component:default/cart';
    expect(await read('owner', cart)).toMatchObject({ status: 404 });
    expect(await change({ entityRef: cart })).toMatchObject({ status: 404 });
  });

  it.each<Caller>(['outsider', 'unrestricted-service', 'nobody'])(
    'are not changed by %s',
    async caller => {
      const { status } = await change({}, caller);
      expect(status).toBe(caller === 'nobody' ? 401 : 403);
      expect(places.changed).toEqual([]);
    },
  );

  it.each([targetOperatePermission, workloadCreatePermission])(
    'are not changed without $name',
    async ({ name }) => {
      denied = name;
      expect(await change()).toMatchObject({ status: 403 });
      expect(await change({ dryRun: true })).toMatchObject({ status: 403 });
      expect(await read()).toMatchObject({ status: 200 });
      expect(places.changed).toEqual([]);
    },
  );

  it('are not changed where no environment lists the owner', async () => {
    const [{ id, version: of }] = (
      await portal.call('GET', '/environments', as('admin'))
    ).body.items;
    await portal.call('PATCH', `/environments/${id}`, as('admin'), {
      version: of,
      owners: ['group:default/team-other'],
    });
    const { status, body } = await change();
    expect(status).toBe(403);
    expect(body.error.message).toContain('lists neither');
  });

  it('tell that the cluster does not answer', async () => {
    portal.cluster.down = new DriverError('cluster-unreachable', 'It is down');
    expect(await change()).toMatchObject({ status: 503 });
  });
});
