import {
  Rollout,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { Notices } from '../protection';
import { digestOf, keyOf, sqlite, waitFor } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';
import { PollSchedule } from './poll/PollSchedule';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const HOUR_MS = 60 * 60_000;
const sameTag: TagRule = { kind: 'same-tag', tag: 'main' };

/** What comes of what no registry should send, and of what goes away. */
describe('outcomes', () => {
  const database = sqlite();
  let knex: Knex;
  let portal: Portal;

  beforeEach(async () => {
    knex = await database.create();
    portal = await startPortal({ knex, entities: [component('web')] });
    portal.cluster.add('web');
    portal.registry.push('shop/web:main', A);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await portal.stop();
  });

  const idle = () =>
    waitFor(
      async () =>
        (await knex('rollouts').whereNull('finished_at')).length === 0,
      { what: 'all rollouts to end' },
    );

  async function save(rule: TagRule, more: object = {}) {
    const { body, text, status } = await portal.call(
      'POST',
      '/policies',
      as('owner'),
      {
        entityRef: 'component:default/web',
        target: portal.cluster.workload('web').ref,
        image: { registryId: 'local', repository: 'shop/web' },
        rule,
        ...more,
      },
    );
    expect({ status, text }).toMatchObject({ status: 201 });
    await idle();
    return body;
  }

  async function announce(...images: string[]) {
    const { body } = await portal.announce(images);
    return waitFor(
      async () => {
        const events = await knex('image_events').where({
          delivery_id: body.deliveryId,
        });
        return (
          events.every(({ outcome }) => outcome !== 'pending') &&
          events.map(({ outcome, reason }) => ({
            outcome,
            code: JSON.parse(reason).code,
          }))
        );
      },
      { what: 'the decisions' },
    );
  }

  async function push(digest: string) {
    portal.registry.push('shop/web:main', digest);
    const [end] = await announce('shop/web:main');
    await idle();
    return end;
  }

  const runs = () => portal.cluster.workload('web').image.split('@')[1];
  const shiftClock = (ms: number) => {
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
  };

  it('of a multi-arch burst: one question, one decision, at once', async () => {
    await save(sameTag);
    portal.registry.push('shop/web:main', B);
    portal.registry.resolved.length = 0;
    const ends = await announce(
      'shop/web',
      'shop/web',
      'shop/web:main',
      'shop/web',
      'shop/web:main',
      'shop/web:main',
    );
    await idle();
    expect(ends.map(({ code }) => code).sort()).toEqual([
      'deployed-by-policies',
      'no-tag',
      'no-tag',
      'no-tag',
      'tag-unchanged',
      'tag-unchanged',
    ]);
    expect(portal.registry.resolved).toEqual(['shop/web:main']);
    expect(await knex('decisions').where({ digest: B })).toHaveLength(1);
    expect(runs()).toBe(B);
  });

  it('of a clock that goes back: what is pushed is deployed all the same', async () => {
    await save(sameTag);
    shiftClock(-HOUR_MS);
    expect((await push(B)).outcome).toBe('deployed');
    expect(runs()).toBe(B);
  });

  it('of a duplicate after a day: nothing', async () => {
    await save(sameTag);
    await push(B);
    shiftClock(25 * HOUR_MS);
    expect(await announce('shop/web:main')).toEqual([
      { outcome: 'unchanged', code: 'tag-unchanged' },
    ]);
  });

  it('of a policy that is deleted while its rollout runs: it goes on', async () => {
    const { id } = await save(sameTag);
    let end = () => {};
    portal.cluster.beforeEnd = () =>
      new Promise<void>(resolve => {
        end = resolve;
      });
    portal.registry.push('shop/web:main', B);
    await announce('shop/web:main');
    await waitFor(
      async () => knex('rollouts').where({ state: 'progressing' }).first(),
      { what: 'the rollout' },
    );
    await portal.call('DELETE', `/policies/${id}`, as('owner'));
    end();
    await idle();
    const { body } = await portal.call('GET', '/rollouts', as('owner'));
    expect((body.items as Rollout[])[0]).toMatchObject({
      state: 'succeeded',
      policyId: id,
    });
    expect(runs()).toBe(B);
  });

  it.each<[string, TagRule]>([
    ['a named tag', sameTag],
    ['a listing', { kind: 'newest-pushed' }],
  ])(
    'of a repository that was deleted, by %s: what runs stays',
    async (_, rule) => {
      await save(rule);
      const before = runs();
      portal.registry.remove('shop/web:main');
      await PollSchedule.create({ knex, intervalMs: 1000 }).plan();
      await knex('repository_polls').update({ due_at: 0 });
      await portal.scheduler.triggerTask('image-registry-poll');
      await idle();
      expect(runs()).toBe(before);
    },
  );

  it('of a repository before its first push: that push is deployed', async () => {
    portal.registry.failure = new RegistryError('not-found', 'NAME_UNKNOWN');
    const image = { registryId: 'local', repository: 'shop/new' };
    const policy = await save({ kind: 'semver', range: '^1' }, { image });
    portal.registry.failure = undefined;
    expect(policy.blocked).toBeUndefined();
    portal.registry.push('shop/new:1.0.0', B);
    expect(await announce('shop/new:1.0.0')).toMatchObject([
      { outcome: 'deployed' },
    ]);
    await idle();
    expect(runs()).toBe(B);
  });

  it('of a registry that was removed: a reason, and the others go on', async () => {
    await save(sameTag);
    await knex('repository_polls').insert({
      registry_id: 'gone',
      repository: 'shop/web',
      due_at: 0,
    });
    await knex('policies').insert({
      ...(await knex('policies').first()),
      id: 'p-gone',
      registry_id: 'gone',
      target_key: keyOf('gone'),
    });
    portal.registry.push('shop/web:main', B);
    await PollSchedule.create({ knex, intervalMs: 1000 }).plan();
    await knex('repository_polls').update({ due_at: 0 });
    await portal.scheduler.triggerTask('image-registry-poll');
    await idle();
    expect(runs()).toBe(B);
    const poll = await knex('repository_polls')
      .where({ registry_id: 'gone' })
      .first();
    expect(poll.outcome).toBe('failed');
  });

  it('of what could not be decided: a dead letter, which can be replayed', async () => {
    await save(sameTag);
    portal.registry.remove('shop/web:main');
    const { body } = await portal.announce(['shop/web:main']);
    const { deliveryId } = body;
    await waitFor(
      async () =>
        knex('image_events').where({ outcome: 'waiting', attempts: 1 }).first(),
      { what: 'the first attempt' },
    );
    await knex('image_events').update({ attempts: 3, next_attempt_at: 0 });
    const dead = () =>
      portal.call('GET', '/deliveries?outcome=failed', as('admin'));
    await waitFor(async () => (await dead()).body.items.length > 0, {
      what: 'the dead letter',
    });
    expect((await dead()).body.items).toMatchObject([
      { id: deliveryId, reason: { code: 'tag-not-found' } },
    ]);

    portal.registry.push('shop/web:main', B);
    const replayed = await portal.call(
      'POST',
      `/deliveries/${deliveryId}/replay`,
      as('admin'),
    );
    expect(replayed.status).toBe(202);
    await waitFor(async () => runs() === B, { what: 'its deploy' });
  });

  it('of a policy that only tells: a record and a notice, and nothing else', async () => {
    const tell = jest.spyOn(Notices.prototype, 'wouldDeploy');
    await save(sameTag, { mode: 'notify' });
    expect(await push(B)).toEqual({
      outcome: 'ignored',
      code: 'no-policy-took-it',
    });
    expect(await knex('decisions').pluck('outcome')).toEqual([
      'recorded',
      'recorded',
    ]);
    expect(await knex('rollouts')).toEqual([]);
    expect(tell).toHaveBeenLastCalledWith(
      expect.objectContaining({
        entityRef: 'component:default/web',
        image: expect.objectContaining({ tag: 'main', digest: B }),
      }),
    );
  });

  it('of 10 000 policies elsewhere: a push asks none of them', async () => {
    await save(sameTag);
    const row = await knex('policies').first();
    await knex.batchInsert(
      'policies',
      Array.from({ length: 10_000 }, (_, index) => ({
        ...row,
        id: `p${index}`,
        target_key: keyOf(`other-${index}`),
        repository: `shop/other-${index}`,
      })),
      400,
    );
    const asked: string[] = [];
    knex.on('query', ({ sql }: { sql: string }) => asked.push(sql));
    expect((await push(C)).outcome).toBe('deployed');
    const unbounded = asked.filter(
      sql => /from `policies`/.test(sql) && !/where/.test(sql),
    );
    expect(unbounded).toEqual([]);
    expect(asked.length).toBeLessThan(300);

    const { body } = await portal.call(
      'GET',
      '/policies?limit=500',
      as('owner'),
    );
    expect(body.items).toHaveLength(500);
    expect(body.nextCursor).toBeDefined();
    await PollSchedule.create({ knex, intervalMs: 1000 }).plan();
    const [{ count }] = await knex('repository_polls').count({ count: '*' });
    expect(count).toBe(10_001);
  });
});
