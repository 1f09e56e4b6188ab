import { TagRule } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { digestOf, eachDatabase, sqlite, waitFor } from '../../testing';
import { as } from '../../testing/people';
import { component, Portal, startPortal } from '../../testing/startPortal';
import { PollSchedule } from './PollSchedule';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map(digestOf);
const names = ['web', 'api', 'jobs'];

const numbered = (number: number) =>
  `sha256:${String(number).padStart(64, '0')}`;

async function portalOn(knex: Knex): Promise<Portal> {
  const portal = await startPortal({
    knex,
    entities: names.map(name => component(name)),
  });
  names.forEach(name =>
    portal.cluster.add(name, { image: 'registry.test/shop/web:1.0.0' }),
  );
  return portal;
}

function toolsFor(portal: Portal) {
  const { knex, registry } = portal;
  const rollouts = () => knex('rollouts').orderBy('sequence');
  return {
    rollouts,
    save: async (rule: TagRule, name = 'web') => {
      const { body, text, status } = await portal.call(
        'POST',
        '/policies',
        as('owner'),
        {
          entityRef: `component:default/${name}`,
          target: portal.cluster.workload(name).ref,
          image: { registryId: 'local', repository: 'shop/web' },
          rule,
        },
      );
      expect({ status, text }).toMatchObject({ status: 201 });
      return body.id as string;
    },
    /** Looks at all repositories now; answers what was asked. */
    poll: async () => {
      registry.listed.length = 0;
      registry.resolved.length = 0;
      await PollSchedule.create({ knex, intervalMs: 1000 }).plan();
      await knex('repository_polls').update({ due_at: 0 });
      await portal.scheduler.triggerTask('image-registry-poll');
      return {
        listed: registry.listed.length,
        asked: registry.resolved.map(image => image.split(':')[1]).sort(),
      };
    },
    polled: () => knex('repository_polls').first(),
    policy: async (id: string) =>
      (await portal.call('GET', `/policies/${id}`, as('owner'))).body,
    /** Waits until nothing is under way; the tags deployed so far. */
    deployed: async () => {
      await waitFor(
        async () =>
          (await rollouts()).every(({ finished_at }) => finished_at !== null),
        { what: 'all rollouts to end' },
      );
      return (await rollouts()).map(({ tag }) => tag);
    },
    announce: async (image: string) => {
      const { body } = await portal.announce([image]);
      await waitFor(
        async () => {
          const event = await knex('image_events')
            .where({ delivery_id: body.deliveryId })
            .first();
          return !['pending', 'waiting'].includes(event.outcome);
        },
        { what: 'the decision' },
      );
    },
  };
}

describe.each(eachDatabase())('polling, $name', database => {
  it('finds what webhooks missed, once, and a webhook that comes later decides nothing', async () => {
    const portal = await portalOn(await database.create());
    const { announce, deployed, poll, save } = toolsFor(portal);
    portal.registry.push('shop/web:main', A);
    await save({ kind: 'same-tag', tag: 'main' });
    expect(await deployed()).toEqual(['main']);

    portal.registry.push('shop/web:main', B);
    expect(await poll()).toEqual({ listed: 0, asked: ['main'] });
    await poll();
    await announce('shop/web:main');
    expect(await deployed()).toEqual(['main', 'main']);
    expect(
      await portal.knex('tag_changes').orderBy('sequence').pluck('source'),
    ).toEqual(['evaluation', 'poll']);

    portal.registry.push('shop/web:main', C);
    await announce('shop/web:main');
    await poll();
    expect(await deployed()).toHaveLength(3);
    await portal.stop();
  });
});

describe('polling', () => {
  const database = sqlite();
  let portal: Portal;
  let tools: ReturnType<typeof toolsFor>;

  beforeEach(async () => {
    portal = await portalOn(await database.create());
    tools = toolsFor(portal);
  });

  afterEach(() => portal.stop());

  it.each([true, false])(
    'lists a repository once for all its policies and asks only for what may be new; digests listed: %s',
    async tellsDigests => {
      const { registry } = portal;
      registry.tellsDigests = tellsDigests;
      for (let minor = 0; minor < 30; minor++) {
        registry.push(`shop/web:1.${minor}.0`, numbered(minor));
      }
      await tools.save({ kind: 'semver', range: '^1' }, 'web');
      await tools.save({ kind: 'semver', range: '~1.9' }, 'api');
      await tools.save({ kind: 'same-tag', tag: '1.3.0' }, 'jobs');
      await tools.deployed();
      const quiet = await tools.poll();
      expect(quiet).toEqual({
        listed: 1,
        asked: tellsDigests ? [] : ['1.29.0', '1.3.0', '1.9.0'],
      });

      registry.push('shop/web:1.30.0', A);
      registry.push('shop/web:1.9.5', B);
      registry.push('shop/web:0.9.0', C);
      const busy = await tools.poll();
      expect(busy.listed).toBe(1);
      expect(busy.asked).toEqual(expect.arrayContaining(['1.30.0', '1.9.5']));
      expect(busy.asked).not.toContain('0.9.0');
      expect((await tools.deployed()).slice(3).sort()).toEqual([
        '1.30.0',
        '1.9.5',
      ]);
    },
  );

  it('deploys nothing that ran before the policy was saved', async () => {
    portal.registry.push('shop/web:1.0.0', A);
    portal.cluster.change('web', {
      image: `registry.test/shop/web:1.0.0@${A}`,
      runningDigests: [A],
    });
    await tools.save({ kind: 'semver', range: '^1' });
    expect((await tools.poll()).asked).toEqual(['1.0.0']);
    expect(await tools.deployed()).toEqual([]);
  });

  it('takes the naturally last of those that it finds at once, when nobody tells of pushes', async () => {
    const { announce, deployed, poll, save } = tools;
    portal.registry.push('shop/web:build-98', numbered(98));
    await save({ kind: 'regex', pattern: 'build-[0-9]+' });
    await announce('shop/web:build-98');
    for (const number of [99, 100, 399]) {
      portal.registry.push(`shop/web:build-${number}`, numbered(number));
    }
    await poll();
    expect((await deployed()).at(-1)).toBe('build-399');
    await announce('shop/web:build-100');
    expect((await deployed()).at(-1)).toBe('build-399');
    portal.registry.push('shop/web:build-12', numbered(12));
    await announce('shop/web:build-12');
    expect((await deployed()).at(-1)).toBe('build-12');
  });

  it('asks for the naturally last of more tags than one look asks about', async () => {
    const { deployed, poll, save } = tools;
    portal.registry.push('shop/web:build-930', numbered(930));
    await save({ kind: 'regex', pattern: 'build-[0-9]+' });
    for (let number = 931; number <= 1010; number++) {
      portal.registry.push(`shop/web:build-${number}`, numbered(number));
    }
    await poll();
    expect((await deployed()).at(-1)).toBe('build-1010');
  });

  it('sees a tag that was moved where what comes later is newer', async () => {
    const { registry } = portal;
    registry.push('shop/web:main-1', A);
    registry.push('shop/web:main-2', B);
    portal.cluster.change('web', {
      image: `registry.test/shop/web:main-2@${B}`,
      runningDigests: [B],
    });
    await tools.save({ kind: 'regex', pattern: 'main-.*' });
    await tools.poll();
    expect(await tools.deployed()).toEqual([]);
    registry.push('shop/web:main-1', C);
    await tools.poll();
    expect(await tools.deployed()).toEqual(['main-1']);
    expect(await tools.poll()).toEqual({ listed: 1, asked: [] });
  });

  it('takes another head when it was deleted, and goes back nowhere', async () => {
    const { registry } = portal;
    registry.push('shop/web:1.0.0', A);
    registry.push('shop/web:1.1.0', B);
    const id = await tools.save({ kind: 'semver', range: '^1' });
    expect(await tools.deployed()).toEqual(['1.1.0']);
    registry.remove('shop/web:1.1.0');
    await tools.poll();
    expect(await tools.policy(id)).toMatchObject({
      head: { tag: '1.0.0' },
      blocked: { code: 'running-newer' },
    });
    expect(await tools.deployed()).toEqual(['1.1.0']);
  });

  it('corrects nothing by an incomplete listing, and comes back later each time', async () => {
    const { registry } = portal;
    registry.push('shop/web:1.0.0', A);
    registry.push('shop/web:1.1.0', B);
    const id = await tools.save({ kind: 'semver', range: '^1' });
    await tools.deployed();
    registry.remove('shop/web:1.1.0');
    registry.push('shop/web:1.2.0', C);
    registry.cut = 'page 2 was missing';
    await tools.poll();
    expect(await tools.polled()).toMatchObject({
      outcome: 'incomplete',
      failures: 1,
    });
    expect((await tools.policy(id)).head.tag).toBe('1.1.0');
    expect(await tools.deployed()).toEqual(['1.1.0']);
    registry.cut = undefined;
    await tools.poll();
    expect(await tools.polled()).toMatchObject({
      outcome: 'complete',
      failures: 0,
      reason: null,
    });
    expect(await tools.deployed()).toEqual(['1.1.0', '1.2.0']);
  });

  it('leaves a registry alone that answers 429', async () => {
    const { registry } = portal;
    registry.push('shop/web:main', A);
    await tools.save({ kind: 'same-tag', tag: 'main' });
    await tools.deployed();
    registry.push('shop/web:main', B);
    registry.failure = new RegistryError('rate-limited', 'Too many', {
      retryAfterMs: 3_600_000,
    });
    await tools.poll();
    const { due_at: due, outcome, reason } = await tools.polled();
    expect({ outcome, code: JSON.parse(reason).code }).toEqual({
      outcome: 'failed',
      code: 'registry-failed',
    });
    expect(Number(due) - Date.now()).toBeGreaterThan(3_000_000);
    registry.failure = undefined;
    registry.resolved.length = 0;
    await portal.scheduler.triggerTask('image-registry-poll');
    expect(registry.resolved).toEqual([]);
  });

  it('decides nothing on what a webhook observed while it looked', async () => {
    const { registry } = portal;
    registry.push('shop/web:main', A);
    await tools.save({ kind: 'same-tag', tag: 'main' });
    await tools.deployed();
    registry.push('shop/web:main', B);
    let paused = false;
    registry.beforeAnswer = async () => {
      if (!paused) {
        paused = true;
        registry.push('shop/web:main', D);
        await tools.announce('shop/web:main');
      }
    };
    await tools.poll();
    await tools.deployed();
    expect((await tools.rollouts()).map(({ digest }) => digest)).toEqual([
      A,
      D,
    ]);
  });

  it('takes no head for gone that came while it listed', async () => {
    const { registry } = portal;
    registry.push('shop/web:1.0.0', A);
    await tools.save({ kind: 'semver', range: '^1' });
    await tools.deployed();
    registry.beforeListing = async () => {
      registry.beforeListing = undefined;
      registry.push('shop/web:1.1.0', B);
      await tools.announce('shop/web:1.1.0');
    };
    await tools.poll();
    await tools.poll();
    expect(await tools.deployed()).toEqual(['1.0.0', '1.1.0']);
  });

  it('takes another head from tags that are read after the last push', async () => {
    const { cluster, registry } = portal;
    registry.push('shop/web:1.0.0', A);
    registry.push('shop/web:1.1.0', B);
    const id = await tools.save({ kind: 'semver', range: '^1' });
    await tools.deployed();
    registry.remove('shop/web:1.1.0');
    const listTargets = cluster.listTargets.bind(cluster);
    cluster.listTargets = async query => {
      cluster.listTargets = listTargets;
      const found = await listTargets(query);
      registry.push('shop/web:1.2.0', C);
      await tools.announce('shop/web:1.2.0');
      return found;
    };
    await tools.poll();
    expect(await tools.deployed()).toEqual(['1.1.0', '1.2.0']);
    const { head, blocked } = await tools.policy(id);
    expect([head.tag, blocked]).toEqual(['1.2.0', undefined]);
  });

  it('forgets repositories that no policy listens to', async () => {
    portal.registry.push('shop/web:main', A);
    const id = await tools.save({ kind: 'same-tag', tag: 'main' });
    await tools.deployed();
    await tools.poll();
    expect(await tools.polled()).toBeDefined();
    await portal.call('DELETE', `/policies/${id}`, as('owner'));
    expect(await tools.poll()).toEqual({ listed: 0, asked: [] });
    expect(await tools.polled()).toBeUndefined();
  });
});
