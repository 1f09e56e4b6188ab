import {
  CreatePolicy,
  Policy,
  Rollout,
  RolloutDetails,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { digestOf, sqlite, waitFor } from '../testing';
import { as, Caller } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const owners = 'group:default/team-shop';

/** What protection asks of what a policy deploys, through the whole plugin. */
describe('protection of auto deploy', () => {
  const database = sqlite();
  let knex: Knex;
  let portal: Portal;

  beforeAll(async () => {
    knex = await database.create();
    portal = await startPortal({ knex, entities: [component('web')] });
    await portal.call('POST', '/environments', as('admin'), {
      name: 'production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
    });
  });

  beforeEach(async () => {
    for (const table of [
      'rollouts',
      'rollout_events',
      'approvals',
      'holds',
      'targets',
      'policies',
      'tags',
      'tag_changes',
      'decisions',
    ]) {
      await knex(table).delete();
    }
    portal.notifications.length = 0;
    portal.cluster.add('web', { image: `registry.test/shop/web:main@${A}` });
    portal.registry.push('shop/web:main', A);
  });

  afterAll(() => portal.stop());

  async function follow(change: Partial<CreatePolicy> = {}): Promise<Policy> {
    const { status, text, body } = await portal.call(
      'POST',
      '/policies',
      as('owner'),
      {
        entityRef: 'component:default/web',
        target: portal.cluster.workload('web').ref,
        image: { registryId: 'local', repository: 'shop/web' },
        rule: { kind: 'same-tag', tag: 'main' },
        ...change,
      },
    );
    expect({ status, text }).toMatchObject({ status: 201 });
    return body;
  }

  async function push(digest: string): Promise<void> {
    portal.registry.push('shop/web:main', digest);
    await portal.announce(['shop/web:main']);
  }

  const rolloutOf = (digest: string, ...states: string[]) =>
    waitFor(
      async () => {
        const { body } = await portal.call('GET', '/rollouts', as('owner'));
        const found = (body.items as Rollout[]).find(
          ({ image, state }) =>
            image.digest === digest && states.includes(state),
        );
        return (
          found &&
          ((await portal.call('GET', `/rollouts/${found.id}`, as('owner')))
            .body as RolloutDetails)
        );
      },
      { what: `a rollout of ${digest} that is ${states}` },
    );
  const approve = (id: string, caller: Caller, digest: string) =>
    portal.call('POST', `/rollouts/${id}/approve`, as(caller), { digest });
  const runs = () => portal.cluster.workload('web').image.split('@')[1];

  it('asks the owners for what a policy only proposes, but not its editor', async () => {
    await follow({ mode: 'approve' });
    await push(B);
    const asked = await rolloutOf(B, 'waiting');
    expect(asked).toMatchObject({
      reason: { code: 'waits-for-approval' },
      approval: {
        required: 1,
        approvers: [owners],
        notBy: 'user:default/owner',
      },
    });
    expect(portal.notifications).toMatchObject([
      {
        recipients: {
          entityRef: [owners],
          excludeEntityRef: 'user:default/owner',
        },
      },
    ]);
    expect((await approve(asked.id, 'owner', B)).status).toBe(403);
    await push(C);
    const newer = await rolloutOf(C, 'waiting');
    expect((await approve(asked.id, 'second-owner', B)).status).toBe(409);
    expect((await approve(newer.id, 'second-owner', C)).status).toBe(200);
    await rolloutOf(C, 'succeeded');
    expect(runs()).toBe(C);
  });

  it('asks for nothing that runs already', async () => {
    await follow({ mode: 'approve' });
    await push(B);
    const { id } = await rolloutOf(B, 'waiting');
    expect((await approve(id, 'second-owner', B)).status).toBe(200);
    await rolloutOf(B, 'succeeded');
    await push(C);
    const asked = await rolloutOf(C, 'waiting');
    await push(B);
    const withdrawn = await rolloutOf(C, 'superseded');
    expect(withdrawn).toMatchObject({
      id: asked.id,
      reason: { code: 'tag-moved-back', params: { tag: 'main', digest: B } },
    });
    expect((await approve(asked.id, 'second-owner', C)).status).toBe(409);
    const { body } = await portal.call('GET', '/rollouts', as('owner'));
    expect(body.items).toHaveLength(2);
    expect(runs()).toBe(B);
  });

  it('asks again for what nobody approved in time when somebody says so', async () => {
    const { id } = await follow({ mode: 'approve' });
    await push(B);
    const { id: asked } = await rolloutOf(B, 'waiting');
    await knex('rollouts').update({ approval_deadline: Date.now() - 1 });
    await portal.scheduler.triggerTask('image-registry-end-what-has-its-time');
    const lapsed = await rolloutOf(B, 'rejected');
    expect(lapsed.reason?.code).toBe('approval-lapsed');
    expect(await knex('rollouts').pluck('id')).toEqual([asked]);

    const again = await portal.call(
      'POST',
      `/policies/${id}/evaluate`,
      as('second-owner'),
    );
    expect(again.status).toBe(200);
    const anew = await rolloutOf(B, 'waiting');
    expect(anew.approval?.notBy).toBe('user:default/owner');
    // What is asked already is not asked twice.
    await portal.call('POST', `/policies/${id}/evaluate`, as('owner'));
    expect(await knex('rollouts').orderBy('sequence').pluck('id')).toEqual([
      asked,
      anew.id,
    ]);
    expect((await approve(anew.id, 'second-owner', B)).status).toBe(200);
    await rolloutOf(B, 'succeeded');
    expect(runs()).toBe(B);
  });

  it('adds the gates of a policy to those of its environment', async () => {
    await follow({ gates: { scan: { worst: 'low' } } });
    portal.registry.scans.set(B, { status: 'finished', severity: 'critical' });
    await push(B);
    const rejected = await rolloutOf(B, 'rejected');
    expect(rejected.reason?.code).toBe('scan-too-severe');
    expect(runs()).toBe(A);
  });

  it.each([
    ['stopped', { health: 'Stopped' as const, replicas: 0 }],
    ['paused', { paused: true }],
  ])('neither changes nor starts what is %s', async (_, change) => {
    portal.cluster.change('web', change);
    await follow();
    await push(B);
    const blocked = await rolloutOf(B, 'cancelled');
    expect(blocked.reason).toMatchObject({ code: 'stopped' });
    expect(blocked.gates.find(({ name }) => name === 'stopped')?.state).toBe(
      'refused',
    );
    expect(runs()).toBe(A);
  });

  it('writes what is stopped when the policy says so, and says that', async () => {
    portal.cluster.change('web', { health: 'Stopped', replicas: 0 });
    await follow({ whenStopped: 'update' });
    await push(B);
    const done = await rolloutOf(B, 'succeeded');
    expect(done.reason?.code).toBe('updated-not-started');
    expect([runs(), portal.cluster.workload('web').replicas]).toEqual([B, 0]);
  });

  it('deploys nothing that a policy only tells of, and tells the owners', async () => {
    await follow({ mode: 'notify' });
    await push(B);
    await waitFor(async () => portal.notifications.length > 0, {
      what: 'the notification',
    });
    expect(portal.notifications[0]).toMatchObject({
      recipients: { entityRef: [owners] },
    });
    expect(await knex('rollouts')).toEqual([]);
    expect(runs()).toBe(A);
  });
});
