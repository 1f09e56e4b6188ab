import {
  Decision,
  finalRolloutStates,
  Rollout,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { databaseNow } from '../database';
import { digestOf, eachDatabase, keyOf, waitFor } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const sameTag: TagRule = { kind: 'same-tag', tag: 'main' };
const unreachable = new RegistryError('unreachable', 'Nothing answers', {
  retryAfterMs: 30,
});

/** From a push to a rollout, through the whole plugin. */
describe.each(eachDatabase())('auto deploy, $name', database => {
  let knex: Knex;
  let portal: Portal;

  beforeEach(async () => {
    knex = await database.create();
    portal = await startPortal({ knex, entities: [component('web')] });
    portal.cluster.add('web');
  });

  afterEach(() => portal.stop());

  const target = (name = 'web') => portal.cluster.workload(name).ref;

  async function save(rule: TagRule, name = 'web', repository = 'shop/web') {
    const { status, body, text } = await portal.call(
      'POST',
      '/policies',
      as('owner'),
      {
        entityRef: `component:default/${name}`,
        target: target(name),
        image: { registryId: 'local', repository },
        rule,
      },
    );
    expect({ status, text }).toMatchObject({ status: 201 });
    return body;
  }

  const policy = async (id: string) =>
    (await portal.call('GET', `/policies/${id}`, as('owner'))).body;

  const decisions = async (policyId: string): Promise<Decision[]> =>
    (await portal.call('GET', `/decisions?policyId=${policyId}`, as('owner')))
      .body.items;

  const holds = async () =>
    (
      await portal.call(
        'GET',
        '/holds?entityRef=component:default/web',
        as('owner'),
      )
    ).body.items;

  const rollouts = async (): Promise<Rollout[]> =>
    (await portal.call('GET', '/rollouts', as('owner'))).body.items;

  /** Pushes, and waits until the event came to something. */
  async function push(image: string, digest: string, timestamp?: string) {
    portal.registry.push(image, digest, timestamp);
    return announce(image, timestamp);
  }

  async function announce(image: string, timestamp?: string) {
    const { body } = await portal.announce([image], { timestamp });
    return settled(body.deliveryId);
  }

  async function settled(deliveryId: string) {
    return waitFor(
      async () => {
        const event = await knex('image_events')
          .where({ delivery_id: deliveryId })
          .first();
        return (
          !['pending', 'waiting'].includes(event.outcome) && {
            outcome: event.outcome,
            reason: JSON.parse(event.reason),
          }
        );
      },
      { what: 'the decision' },
    );
  }

  const idle = () =>
    waitFor(
      async () =>
        !(await knex('rollouts')
          .whereNotIn('state', finalRolloutStates)
          .first()),
      { what: 'all rollouts to end' },
    );

  const runs = () => portal.cluster.workload('web').image.split('@')[1];

  it('follows one tag to each new digest, A, B and A again', async () => {
    portal.registry.push('shop/web:main', A);
    const { id } = await save(sameTag);
    await idle();
    expect(runs()).toBe(A);
    for (const digest of [B, A]) {
      expect((await push('shop/web:main', digest)).outcome).toBe('deployed');
      await idle();
      expect(runs()).toBe(digest);
    }
    expect((await announce('shop/web:main')).outcome).toBe('unchanged');
    expect((await push('shop/web:other', C)).outcome).toBe('ignored');
    expect(portal.cluster.applied.map(({ image }) => image)).toEqual(
      [A, B, A].map(digest => `registry.test/shop/web:main@${digest}`),
    );
    const accepted = (await decisions(id)).filter(
      ({ outcome }) => outcome === 'accepted',
    );
    expect(accepted).toHaveLength(3);
    expect(new Set(accepted.map(({ rolloutId }) => rolloutId)).size).toBe(3);
  });

  it('ends at A when B is still queued, and B never runs', async () => {
    portal.registry.push('shop/web:main', A);
    await save(sameTag);
    await idle();
    let resume = () => {};
    const applied = portal.cluster.applied.length;
    portal.cluster.beforeEnd = () =>
      new Promise<void>(resolve => {
        resume = resolve;
      });
    await push('shop/web:main', C);
    await waitFor(async () => portal.cluster.applied.length > applied, {
      what: 'C to be applied',
    });
    await push('shop/web:main', B);
    await push('shop/web:main', A);
    portal.cluster.beforeEnd = undefined;
    resume();
    await idle();
    expect(runs()).toBe(A);
    expect(
      (await rollouts()).map(({ image, state }) => [image.digest, state]),
    ).toEqual([
      [A, 'succeeded'],
      [B, 'superseded'],
      [C, 'succeeded'],
      [A, 'succeeded'],
    ]);
  });

  it('takes higher versions only, in whatever order they come', async () => {
    portal.cluster.change('web', {
      image: `registry.test/shop/web:1.2.0@${A}`,
    });
    portal.registry.push('shop/web:1.2.0', A);
    const { id } = await save({ kind: 'semver', range: '^1' });
    expect((await push('shop/web:1.10.0', B)).outcome).toBe('deployed');
    for (const tag of ['1.9.0', '2.0.0', '1.11.0-rc.1', 'main']) {
      expect([tag, (await push(`shop/web:${tag}`, C)).outcome]).toEqual([
        tag,
        'ignored',
      ]);
    }
    await idle();
    expect(runs()).toBe(B);
    expect((await policy(id)).head).toEqual({ tag: '1.10.0', digest: B });
  });

  it('never goes back for a push that is heard late, nor ahead for a fast clock', async () => {
    await save({ kind: 'regex', pattern: 'build-.*' });
    const at = (minute: number) =>
      new Date(Date.now() - 3_600_000 + minute * 60_000).toISOString();
    expect((await push('shop/web:build-b', B, at(2))).outcome).toBe('deployed');
    const late = await push('shop/web:build-a', A, at(1));
    expect(late.reason.message).toContain('Not taken');
    await idle();
    expect(runs()).toBe(B);

    const ahead = '2999-01-01T00:00:00Z';
    expect((await push('shop/web:build-c', C, ahead)).outcome).toBe('deployed');
    await idle();
    const next = digestOf('d');
    expect((await push('shop/web:build-d', next)).outcome).toBe('deployed');
    await idle();
    expect(runs()).toBe(next);
  });

  it('waits for a registry that is down, then decides once', async () => {
    portal.registry.push('shop/web:main', A);
    const { id } = await save(sameTag);
    await idle();
    portal.registry.push('shop/web:main', B);
    portal.registry.failure = unreachable;
    const { body } = await portal.announce(['shop/web:main']);
    await waitFor(
      async () => {
        const event = await knex('image_events')
          .where({ delivery_id: body.deliveryId })
          .first();
        return (
          event.outcome === 'waiting' &&
          JSON.parse(event.reason).code === 'registry-failed'
        );
      },
      { what: 'the event to wait' },
    );
    portal.registry.failure = undefined;
    expect((await settled(body.deliveryId)).outcome).toBe('deployed');
    await idle();
    expect(runs()).toBe(B);
    expect(await decisions(id)).toHaveLength(2);
  });

  it('gives up a tag that the registry does not know', async () => {
    const { body } = await portal.announce(['shop/web:nowhere']);
    const end = waitFor(
      async () => {
        await knex('image_events').update({
          next_attempt_at: databaseNow(knex, -1),
        });
        const event = await knex('image_events')
          .where({ delivery_id: body.deliveryId })
          .first();
        return event.outcome === 'failed' && JSON.parse(event.reason).code;
      },
      { what: 'the end' },
    );
    expect(await end).toBe('tag-not-found');
    expect(portal.registry.resolved).toHaveLength(4);
  });

  it('asks the registry once for 50 policies', async () => {
    portal.registry.push('shop/web:main', A);
    portal.entities.entities.push(
      ...Array.from({ length: 50 }, (_, index) => component(`c${index}`)),
    );
    for (let index = 0; index < 50; index++) {
      portal.cluster.add(`c${index}`, {
        image: `registry.test/shop/web:main@${A}`,
      });
      await save(sameTag, `c${index}`);
    }
    await idle();
    portal.registry.resolved.length = 0;
    const { reason } = await push('shop/web:main', B);
    expect(reason.params.count).toBe('50');
    expect(portal.registry.resolved).toEqual(['shop/web:main']);
    const rows = await knex('decisions')
      .select('policy_id', 'policy_version', 'tag_change_id')
      .where({ digest: B });
    expect(rows).toHaveLength(50);
  });

  it('does not believe an answer that was overtaken', async () => {
    portal.registry.push('shop/web:main', A);
    await save(sameTag);
    await idle();
    portal.registry.push('shop/web:main', B);
    portal.registry.beforeAnswer = async () => {
      // While this answer is on its way, the tag moves on and others see it.
      portal.registry.beforeAnswer = undefined;
      portal.registry.push('shop/web:main', C);
      await knex('tags').increment('generation', 1).update({ digest: C });
    };
    const { outcome } = await announce('shop/web:main');
    expect(outcome).toBe('unchanged');
    expect(await knex('tags').pluck('digest')).toEqual([C]);
  });

  it('tells every policy of a change that saving another one discovered', async () => {
    portal.registry.push('shop/web:main', A);
    await save(sameTag);
    await idle();
    portal.registry.push('shop/web:main', B);
    portal.entities.entities.push(component('cart'));
    portal.cluster.add('cart');
    await save(sameTag, 'cart');
    await idle();
    expect(portal.cluster.workload('cart').image).toContain(B);
    expect(runs()).toBe(B);
    expect((await announce('shop/web:main')).outcome).toBe('unchanged');
  });

  it('decides nothing while the tags are read, and misses nothing of then', async () => {
    portal.cluster.change('web', {
      image: `registry.test/shop/web:1.0.0@${A}`,
    });
    portal.registry.push('shop/web:1.0.0', A);
    portal.registry.push('shop/web:1.5.0', B);
    const seen: unknown[] = [];
    portal.registry.beforeListing = async () => {
      portal.registry.beforeListing = undefined;
      seen.push(await push('shop/web:1.1.0', C));
      seen.push(await push('shop/web:1.6.0', digestOf('d')));
    };
    const { id } = await save({ kind: 'semver', range: '^1' });
    await idle();
    expect(seen).toMatchObject([
      { outcome: 'ignored' },
      { outcome: 'ignored' },
    ]);
    expect((await policy(id)).head.tag).toBe('1.6.0');
    expect(portal.cluster.applied.map(({ image }) => image)).toEqual([
      `registry.test/shop/web:1.6.0@${digestOf('d')}`,
    ]);
  });

  it('keeps going when the rule of one policy is no rule any more', async () => {
    portal.entities.entities.push(component('bad'));
    portal.cluster.add('bad');
    const bad = await save({ kind: 'regex', pattern: 'x' }, 'bad');
    await knex('policies')
      .where({ id: bad.id })
      .update({ rule: '{"kind":"regex","pattern":"("}', version: 2 });
    await save(sameTag);
    expect((await push('shop/web:main', A)).outcome).toBe('deployed');
    await idle();
    expect(runs()).toBe(A);
    expect(await decisions(bad.id)).toMatchObject([
      { outcome: 'blocked', reason: { code: 'rule-invalid-pattern' } },
    ]);
  });

  it('blocks when the listing is not whole, and catches up later', async () => {
    portal.cluster.change('web', {
      image: `registry.test/shop/web:1.0.0@${A}`,
    });
    portal.registry.push('shop/web:1.0.0', A);
    portal.registry.cut = 'the registry cut it';
    const saved = await save({ kind: 'semver', range: '^1' });
    expect(saved.blocked.code).toBe('listing-incomplete');
    expect((await push('shop/web:1.1.0', B)).reason.message).toContain(
      'could not be read whole',
    );
    expect(await decisions(saved.id)).toMatchObject([{ outcome: 'blocked' }]);
    portal.registry.cut = undefined;
    const { body } = await portal.call(
      'PATCH',
      `/policies/${saved.id}`,
      as('owner'),
      {
        version: 1,
      },
    );
    expect(body.blocked).toBeUndefined();
    await idle();
    expect(runs()).toBe(B);
  });

  it('blocks while what runs cannot be compared, until a version is deployed', async () => {
    portal.registry.push('shop/web:1.0.0', A);
    portal.cluster.change('web', { image: `registry.test/shop/web:main@${C}` });
    portal.registry.push('shop/web:main', C);
    const saved = await save({ kind: 'semver', range: '^1' });
    expect(saved.blocked.code).toBe('running-not-ordered');
    expect((await push('shop/web:1.1.0', B)).outcome).toBe('ignored');
    expect((await policy(saved.id)).head.tag).toBe('1.1.0');

    await deploy('1.1.0');
    await idle();
    expect((await policy(saved.id)).blocked).toBeUndefined();
    expect(await holds()).toEqual([]);
    expect((await push('shop/web:1.2.0', digestOf('d'))).outcome).toBe(
      'deployed',
    );
  });

  async function deploy(tag: string) {
    const { status, body, text } = await portal.call(
      'POST',
      '/rollouts',
      as('owner'),
      {
        entityRef: 'component:default/web',
        target: target(),
        image: { registryId: 'local', repository: 'shop/web', tag },
      },
    );
    expect({ status, text }).toMatchObject({ status: 202 });
    return body;
  }

  it('is held by a person’s other choice, and goes on when that is lifted', async () => {
    portal.registry.push('shop/web:main', A);
    portal.registry.push('shop/web:fix', C);
    const { id } = await save(sameTag);
    await idle();
    await deploy('fix');
    await idle();
    const [hold] = await holds();
    expect(hold).toMatchObject({ author: 'user:default/owner' });
    portal.signals.length = 0;
    expect((await push('shop/web:main', B)).outcome).toBe('ignored');
    await waitFor(
      async () =>
        portal.signals.some(
          signal => signal.topic === 'policy' && signal.id === id,
        ),
      { what: 'the live update of the policy' },
    );
    expect((await decisions(id))[0]).toMatchObject({
      outcome: 'recorded',
      reason: { code: 'would-deploy-held', params: { tag: 'main' } },
    });
    expect(runs()).toBe(C);

    expect(
      (await portal.call('DELETE', `/holds/${hold.id}`, as('owner'))).status,
    ).toBe(204);
    await idle();
    expect(runs()).toBe(B);
  });

  it('lifts the hold when what a person deploys serves, and the policy would', async () => {
    portal.registry.push('shop/web:main', A);
    portal.registry.push('shop/web:fix', C);
    await save(sameTag);
    await idle();
    await deploy('fix');
    await idle();
    expect(await holds()).toHaveLength(1);
    portal.cluster.broken.add(A);
    await deploy('main');
    await idle();
    expect((await rollouts())[0].state).toBe('failed');
    expect(await holds()).toHaveLength(1);
    portal.cluster.broken.clear();
    await deploy('main');
    await idle();
    expect(await holds()).toEqual([]);
    expect(runs()).toBe(A);
  });

  it('does not repeat a digest that failed, until a person deploys it', async () => {
    portal.registry.push('shop/web:main', A);
    const { id } = await save(sameTag);
    await idle();
    portal.cluster.broken.add(B);
    await push('shop/web:main', B);
    await idle();
    expect((await rollouts())[0].state).toBe('failed');
    await push('shop/web:main', A);
    await idle();
    expect((await push('shop/web:main', B)).outcome).toBe('ignored');
    expect((await decisions(id))[0].reason.code).toBe('digest-failed-before');
    portal.cluster.broken.clear();
    await deploy('main');
    await idle();
    expect(runs()).toBe(B);
    expect(await knex('blocked_digests')).toEqual([]);
  });

  it('blocks when its author may not deploy any more', async () => {
    const { id } = await save(sameTag);
    const { entities } = portal.entities;
    portal.entities.entities = entities.map(entity =>
      entity.metadata.name === 'owner' ? { ...entity, relations: [] } : entity,
    );
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6_000);
    expect((await push('shop/web:main', A)).outcome).toBe('ignored');
    now.mockRestore();
    expect((await decisions(id))[0].reason.code).toBe('author-may-not');
  });

  it('runs nothing of a policy that was deleted, switched off or changed meanwhile', async () => {
    portal.registry.push('shop/web:main', A);
    const { id } = await save(sameTag);
    await idle();
    const queueOne = async (digest: string) => {
      let resume = () => {};
      portal.cluster.beforeEnd = () =>
        new Promise<void>(resolve => {
          resume = resolve;
        });
      const applied = portal.cluster.applied.length;
      await deploy('main');
      await waitFor(async () => portal.cluster.applied.length > applied, {
        what: 'the person’s to be applied',
      });
      await push('shop/web:main', digest);
      expect((await rollouts())[0]).toMatchObject({
        cause: 'policy',
        state: 'queued',
      });
      return async () => {
        portal.cluster.beforeEnd = undefined;
        resume();
        await idle();
      };
    };
    let finish = await queueOne(B);
    await portal.call('PATCH', `/policies/${id}`, as('owner'), {
      version: 1,
      enabled: false,
    });
    await finish();
    expect((await rollouts())[0]).toMatchObject({
      state: 'cancelled',
      reason: { code: 'policy-gone' },
    });
    expect(runs()).toBe(A);

    await portal.call('PATCH', `/policies/${id}`, as('owner'), {
      version: 2,
      enabled: true,
    });
    await idle();
    expect(runs()).toBe(B);
    finish = await queueOne(C);
    await portal.call('PATCH', `/policies/${id}`, as('owner'), {
      version: 3,
      rule: { kind: 'same-tag', tag: 'stable' },
    });
    await finish();
    expect((await rollouts())[0]).toMatchObject({
      state: 'cancelled',
      reason: { code: 'policy-changed' },
    });
    expect(runs()).toBe(B);

    await portal.call('DELETE', `/policies/${id}`, as('owner'));
    expect((await push('shop/web:stable', A)).reason.code).toBe('no-policy');
    expect(await knex('targets').pluck('target_key')).toEqual([keyOf('web')]);
  });

  it('says why after a resume that could not ask the registry, and goes on by itself', async () => {
    portal.registry.push('shop/web:main', A);
    portal.registry.push('shop/web:fix', C);
    const { id } = await save(sameTag);
    await idle();
    await deploy('fix');
    await idle();
    const [hold] = await holds();
    portal.registry.failure = unreachable;
    await portal.call('DELETE', `/holds/${hold.id}`, as('owner'));
    expect((await policy(id)).blocked.code).toBe('listing-incomplete');
    portal.registry.failure = undefined;
    await portal.scheduler.triggerTask('image-registry-read-listings-again');
    await idle();
    expect((await policy(id)).blocked).toBeUndefined();
    expect(runs()).toBe(A);
  });
});

describe.each(eachDatabase())('grants in auto deploy, $name', database => {
  it('block a repository that was taken from the component', async () => {
    const knex = await database.create();
    const portal = await startPortal({ knex, entities: [component('web')] });
    portal.cluster.add('web');
    const wish = (repository: string) => ({
      entityRef: 'component:default/web',
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository },
      rule: sameTag,
    });
    const made = await portal.call(
      'POST',
      '/policies',
      as('owner'),
      wish('shop/web'),
    );
    expect(made.status).toBe(201);
    await knex('registries').update({
      grants: JSON.stringify([
        { to: { owners: ['group:default/team-other'] } },
      ]),
    });
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6_000);
    portal.registry.push('shop/web:main', A);
    await portal.announce(['shop/web:main']);
    const blocked = await waitFor(
      async () => knex('decisions').where({ outcome: 'blocked' }).first(),
      { what: 'the decision' },
    );
    now.mockRestore();
    expect(JSON.parse(blocked.reason).code).toBe('not-granted');
    await portal.stop();
  });
});
