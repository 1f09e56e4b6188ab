import {
  Protection,
  RolloutDetails,
} from '@slipway/backstage-plugin-image-registry-common';
import { digestOf, sqlite, waitFor } from '../testing';
import { as, Caller, ownershipPermissions } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const entities = [component('web')];
const others = 'group:default/team-other';

/** Groups that environments name, whose members need not own a component. */
describe('who is asked', () => {
  const database = sqlite();
  let portal: Portal;
  let environment: { id: string; version: number };

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities,
      // Only owners may deploy; who is in a group is the plugin's to ask.
      permissions: ownershipPermissions(
        () => entities,
        () => [],
      ),
    });
    portal.registry.push('shop/web:a', A);
    portal.registry.push('shop/web:b', B);
    portal.registry.push('shop/web:old', C);
    portal.cluster.add('web', { image: `registry.test/shop/web:old@${C}` });
    const { body } = await portal.call('POST', '/environments', as('admin'), {
      name: 'production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
    });
    environment = body;
  });

  afterEach(() => portal.stop());

  async function protect(protection: Protection) {
    const { id, version } = environment;
    const { body } = await portal.call(
      'PATCH',
      `/environments/${id}`,
      as('admin'),
      { version, protection },
    );
    environment = body;
  }

  const create = (caller: Caller, change: object = {}) =>
    portal.call('POST', '/rollouts', as(caller), {
      entityRef: 'component:default/web',
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository: 'shop/web', tag: 'a' },
      ...change,
    });
  const deploy = async (): Promise<string> => (await create('owner')).body.id;
  const approve = async (id: string, caller: Caller) =>
    (
      await portal.call('POST', `/rollouts/${id}/approve`, as(caller), {
        digest: A,
      })
    ).status;
  const until = (
    id: string,
    is: (rollout: RolloutDetails) => boolean,
  ): Promise<RolloutDetails> =>
    waitFor(
      async () => {
        const { body } = await portal.call(
          'GET',
          `/rollouts/${id}`,
          as('owner'),
        );
        return is(body) && body;
      },
      { what: `rollout ${id}` },
    );

  it('asks a group that is named meanwhile, whoever approved before', async () => {
    await protect({ approvals: { count: 2 } });
    const id = await deploy();
    expect(await approve(id, 'second-owner')).toBe(200);
    await protect({ approvals: { count: 1, group: others } });

    const asked = await until(id, ({ approval }) =>
      approval!.approvers.includes(others),
    );
    expect(asked.approval).toMatchObject({ required: 1, given: [] });
    expect(portal.cluster.applied).toEqual([]);
    expect(await approve(id, 'second-owner')).toBe(403);
    expect(await approve(id, 'outsider')).toBe(200);
    await until(id, ({ state }) => state === 'succeeded');
  });

  it('tells who is asked what runs now, and goes back from nothing that never began', async () => {
    await protect({ approvals: { count: 1 } });
    const id = await deploy();
    await until(id, ({ state }) => state === 'waiting');
    const { body } = await portal.call('GET', '/approvals', as('second-owner'));
    expect(body.items).toMatchObject([{ id, previous: { digest: C } }]);
    const back = await portal.call(
      'POST',
      `/rollouts/${id}/rollback`,
      as('owner'),
      {},
    );
    expect([back.status, back.text]).toEqual([
      409,
      expect.stringContaining('never began'),
    ]);
    portal.cluster.change('web', { image: `registry.test/shop/web:b@${B}` });
    expect(await approve(id, 'second-owner')).toBe(200);
    const done = await until(id, ({ state }) => state === 'succeeded');
    expect(done.previous?.digest).toBe(B);
  });

  it('lets who is on call deploy in an emergency, owner or not, and nobody else', async () => {
    const emergency = { reason: 'the shop is down' };
    await protect({ approvals: { count: 1 }, emergencyGroup: others });
    expect((await create('outsider')).status).toBe(403);
    expect((await create('owner', { emergency })).status).toBe(403);
    const { body } = await create('outsider', { emergency });
    await until(body.id, ({ state }) => state === 'succeeded');
  });

  it('asks nobody for the way back to what ran healthy before the portal came', async () => {
    const forward = await deploy();
    await until(forward, ({ state }) => state === 'succeeded');
    await protect({ approvals: { count: 1 } });
    const rollBack = async (id: string) =>
      (
        await portal.call('POST', `/rollouts/${id}/rollback`, as('owner'), {
          reason: 'slow',
        })
      ).body.id;
    const back = await rollBack(forward);
    const { image } = await until(back, ({ state }) => state === 'succeeded');
    expect(image.digest).toBe(C);

    // What somebody puts there later went past the gates.
    await protect({});
    portal.cluster.change('web', { image: `registry.test/shop/web:b@${B}` });
    const over = await deploy();
    await until(over, ({ state }) => state === 'succeeded');
    await protect({ approvals: { count: 1 } });
    await until(await rollBack(over), ({ state }) => state === 'waiting');
  });

  it('does not reject at its deadline what asks for no approval any more', async () => {
    await protect({ approvals: { count: 1 } });
    const id = await deploy();
    await portal.call('PUT', '/freeze', as('admin'), { reason: 'fair' });
    await protect({});
    await portal.knex('rollouts').update({ approval_deadline: Date.now() - 1 });
    await portal.scheduler.triggerTask('image-registry-end-what-has-its-time');
    await portal.call('DELETE', '/freeze', as('admin'));
    const { image } = await until(id, ({ state }) => state === 'succeeded');
    expect(image.digest).toBe(A);
  });
});
