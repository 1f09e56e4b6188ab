import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventQueue, HeldEvent } from '../inbox';
import { RegistryService } from '../registries';
import { digestOf, eachDatabase, keyOf } from '../testing';
import { FakeCluster } from '../testing/FakeCluster';
import { FakeRegistry } from '../testing/FakeRegistry';
import { rolloutRoom } from '../testing/rolloutRoom';
import { Authority } from './Authority';
import { Decider } from './Decider';
import { DecisionStore } from './DecisionStore';
import { EventSettler } from './EventSettler';
import { PolicyLooks } from './PolicyLooks';
import { PolicyStore } from './PolicyStore';
import { RepositoryPoll } from './poll/RepositoryPoll';
import { RepositoryListings } from './RepositoryListings';
import { listAllTags } from './tagListing';
import { TagStore } from './TagStore';
import { ToldPushes } from './ToldPushes';

const of = { registryId: 'local', repository: 'shop/web' };
const key = keyOf('web');
/** An hour ago: when a registry was pushed to, long before anybody looked. */
const begin = Date.now() - 3_600_000;

interface Push {
  tag: string;
  digest: string;
  /** ISO 8601. */
  at: string;
  /** Whether its notification tells the digest. */
  tellsDigest: boolean;
}

/** What happens next: a push, a look, or the notification of some push. */
type Step = 'push' | 'poll' | number;

/** Everything between an observation and a rollout, with a registry beside. */
function deciding(knex: Knex) {
  const room = rolloutRoom(knex, new FakeCluster());
  const registry = new FakeRegistry();
  let meanwhile = async () => {};
  registry.tellsDigests = false;
  const client = registry.provider().connect({} as never);
  const registries = {
    client: async () => client,
    find: async () => ({ id: 'local' }),
    get: async () => ({ id: 'local' }),
    pullReference: (_: unknown, image: { tag: string; digest: string }) =>
      `registry.test/shop/web:${image.tag}@${image.digest}`,
  } as unknown as RegistryService;
  const logger = mockServices.logger.mock();
  const shared = {
    ...room,
    authority: { objection: async () => undefined } as unknown as Authority,
    decisions: DecisionStore.create({ knex }),
    events: { finish: async () => {} } as unknown as EventQueue,
    listings: {
      read: async () => {
        await meanwhile();
        return listAllTags(client, of.repository);
      },
    } as unknown as RepositoryListings,
    logger,
    looks: { again: async () => {} } as unknown as PolicyLooks,
    metrics: { decided: () => {}, settled: () => {} },
    notices: { wouldDeploy: async () => {} },
    policies: PolicyStore.create({ knex }),
    publish: () => {},
    registries,
    tags: TagStore.create({ knex }),
  };
  const decider = new Decider(shared);
  const toldPushes = new ToldPushes({ ...shared, decider });
  const settler = new EventSettler({ ...shared, decider, toldPushes });
  const poll = new RepositoryPoll({ ...shared, decider });
  let turn = 0;
  return {
    room,
    logger,
    policies: shared.policies,
    /** @param during - after the look has begun, before it reads the tags */
    poll: (during = async () => {}) => {
      meanwhile = during;
      return poll.poll(of, { turn: turn++ });
    },
    push: ({ tag, digest }: Push) => registry.push(`shop/web:${tag}`, digest),
    notify: (
      { tag, digest, at, tellsDigest }: Push,
      { forced } = { forced: false },
    ) =>
      settler.settle([
        {
          id: `${tag}-${at}`,
          ...of,
          tag,
          kind: 'push',
          digest: tellsDigest ? digest : undefined,
          occurredAt: forced ? undefined : at,
          receivedAt: new Date().toISOString(),
          attempts: 0,
          forced,
        } as unknown as HeldEvent,
      ]),
  };
}

describe.each(eachDatabase())('the newest push, $name', database => {
  let knex: Knex;
  let parts: ReturnType<typeof deciding>;

  beforeAll(async () => {
    knex = await database.create();
  });

  async function startAnew() {
    for (const table of [
      'rollout_events',
      'rollouts',
      'decisions',
      'tag_changes',
      'tags',
      'policies',
      'targets',
    ]) {
      await knex(table).delete();
    }
    await knex('policies').insert({
      id: 'p1',
      entity_ref: 'component:default/web',
      target_key: key,
      registry_id: 'local',
      repository: 'shop/web',
      rule: JSON.stringify({ kind: 'regex', pattern: '[a-z]+' }),
      enabled: true,
      mode: 'deploy',
      source: 'database',
      author: 'user:default/owner',
      created_at: 0,
      updated_at: 0,
      version: 1,
      gates: '{}',
      when_stopped: 'block',
    });
    parts = deciding(knex);
  }

  /** What the policy takes for the newest, and what is to run in the end. */
  async function outcome() {
    const { head } = await parts.policies.get('p1');
    const [newest] = await knex.transaction(trx =>
      parts.room.rollouts.newestEffective(trx, key, 1),
    );
    return [head?.tag, head?.digest, newest?.image.digest];
  }

  async function play(pushes: Push[], steps: Step[]) {
    await startAnew();
    const unheard: Push[] = [];
    let pushed = 0;
    const deliver = async (at: number) => {
      const [push] = unheard.splice(at % unheard.length, 1);
      await parts.notify(push);
    };
    const pushNext = () => {
      const push = pushes[pushed++];
      parts.push(push);
      unheard.push(push);
    };
    for (const step of steps) {
      if (step === 'poll') {
        await parts.poll();
      } else if (step === 'push' && pushed < pushes.length) {
        pushNext();
      } else if (typeof step === 'number' && unheard.length > 0) {
        await deliver(step);
      }
    }
    while (pushed < pushes.length) {
      pushNext();
    }
    while (unheard.length > 0) {
      await deliver(pushed);
    }
    expect(parts.logger.error).not.toHaveBeenCalled();
  }

  const pushesOf = (...tags: string[]): Push[] =>
    tags.map((tag, index) => ({
      tag,
      digest: digestOf(String.fromCharCode(97 + index)),
      at: new Date(begin + index * 60_000).toISOString(),
      tellsDigest: true,
    }));

  it.each<[string, string[], Step[]]>([
    [
      'a look found two at once, in the other order of their names',
      ['z', 'a'],
      ['push', 'push', 'poll'],
    ],
    [
      'the notification of the later one comes first',
      ['z', 'a'],
      ['push', 'push', 'poll', 1],
    ],
    [
      'a look found the earlier one and missed the later',
      ['z', 'a'],
      ['push', 'poll', 'push', 1],
    ],
    ['nobody looked', ['z', 'a'], ['push', 'push', 1, 0]],
    [
      'a tag was pushed again in between',
      ['z', 'a', 'z'],
      ['push', 'push', 'poll', 'push', 0],
    ],
    [
      'a tag went back to what it meant',
      ['z', 'a', 'b'],
      ['push', 'poll', 'push', 'poll', 'push', 2, 1, 0],
    ],
  ])('is the same when %s', async (_, tags, steps) => {
    const pushes = pushesOf(...tags);
    await play(pushes, steps);
    const { tag, digest } = pushes.at(-1)!;
    expect(await outcome()).toEqual([tag, digest, digest]);
  });

  it('goes back nowhere when a look found several that were pushed while it read', async () => {
    await startAnew();
    const pushes: Push[] = [];
    await parts.poll(async () => {
      for (const push of pushesOf('a', 'b', 'c')) {
        await sleep(5);
        pushes.push({ ...push, at: new Date().toISOString() });
        parts.push(push);
      }
    });
    await sleep(5);
    for (const push of pushes) {
      await parts.notify(push);
    }
    // Who was found last is asked first; the others may come beside it.
    const deployed = await knex('decisions')
      .where({ outcome: 'accepted' })
      .orderBy('sequence')
      .pluck('tag');
    expect(deployed).toEqual([...new Set(deployed)].sort());
    const { tag, digest } = pushes.at(-1)!;
    expect(await outcome()).toEqual([tag, digest, digest]);
  });

  it('is not what a person had decided again, whose notification is sent twice', async () => {
    const [older, newer] = pushesOf('z', 'a');
    await play([older, newer], ['push', 'push', 0, 0]);
    await parts.notify(older, { forced: true });
    expect((await outcome())[0]).toBe('z');
    await parts.notify(older);
    expect(await outcome()).toEqual(['z', older.digest, older.digest]);
  });

  it('is the same whoever comes first', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.constant<Step>('push') },
      { weight: 2, arbitrary: fc.constant<Step>('poll') },
      { weight: 3, arbitrary: fc.nat(5) as fc.Arbitrary<Step> },
    );
    const push = fc.record({
      tag: fc.constantFrom('a', 'm', 'z'),
      tellsDigest: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(push, { minLength: 2, maxLength: 5 }),
        fc.array(step, { minLength: 3, maxLength: 14 }),
        async (drawn, steps) => {
          const pushes = pushesOf(...drawn.map(({ tag }) => tag)).map(
            (each, index) => ({ ...each, ...drawn[index] }),
          );
          await play(pushes, steps);
          const { tag, digest } = pushes.at(-1)!;
          expect(await outcome()).toEqual([tag, digest, digest]);
        },
      ),
      { numRuns: database.name === 'SQLite' ? 25 : 3 },
    );
  });
});
