import {
  Protection,
  RolloutDetails,
} from '@slipway/backstage-plugin-image-registry-common';
import { digestOf, sqlite, waitFor } from '../testing';
import { as, Caller } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const [A, C] = ['a', 'c'].map(digestOf);
const others = 'group:default/team-other';

/** Approvals, when those who are asked become others meanwhile. */
describe('changed approvers', () => {
  const database = sqlite();
  let portal: Portal;
  let environment: { id: string; version: number };

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    portal.registry.push('shop/web:a', A);
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

  async function deploy(): Promise<string> {
    const { body } = await portal.call('POST', '/rollouts', as('owner'), {
      entityRef: 'component:default/web',
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository: 'shop/web', tag: 'a' },
    });
    return body.id;
  }
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

  it('does not reject at its deadline what asks for no approval any more', async () => {
    await protect({ approvals: { count: 1 } });
    const id = await deploy();
    await portal.call('PUT', '/freeze', as('admin'), { reason: 'fair' });
    await protect({});
    await portal.knex('rollouts').update({ approval_deadline: Date.now() - 1 });
    await portal.scheduler.triggerTask('image-registry-end-what-has-its-time');
    await portal.call('DELETE', '/freeze', as('admin'));
    await until(id, ({ state }) => state === 'succeeded');
  });
});
