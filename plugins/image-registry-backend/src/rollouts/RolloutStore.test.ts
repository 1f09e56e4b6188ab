import {
  rolloutStateSchema,
  RolloutState,
  runningRolloutStates,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { databaseNow } from '../database';
import { TargetStore } from '../targets';
import {
  digestOf,
  eachDatabase,
  keyOf,
  newRollout,
  readPlans,
  sqlite,
} from '../testing';
import { GateStore } from './GateStore';
import { LostLeaseError } from './LostLeaseError';
import { isOpenRollout, isRunningRollout } from './openRollouts';
import { RolloutLeases } from './RolloutLeases';
import { RolloutSteps } from './RolloutSteps';
import { RolloutStore } from './RolloutStore';
import { NewRollout } from './StoredRollout';
import { isFinal, mayFollow } from './transitions';

const states = rolloutStateSchema.options;
const reason = { code: 'test', message: 'For a test' };

async function storesOn(knex: Knex) {
  const steps = RolloutSteps.create({ knex });
  const rollouts = RolloutStore.create({ knex, steps });
  const leases = RolloutLeases.create({ knex, rollouts, steps });
  const targets = TargetStore.create({ knex });
  return {
    knex,
    leases,
    rollouts,
    steps,
    targets,
    async insert(rollout: NewRollout = newRollout()) {
      await rollouts.transaction(trx => rollouts.insert(trx, rollout));
      return rollouts.get(rollout.id);
    },
    async lease(id: string, leaseMs = 10_000) {
      return rollouts.transaction(async trx => {
        const { targetKey } = await rollouts.get(id, trx);
        await targets.lock(trx, targetKey);
        return leases.take(trx, id, leaseMs);
      });
    },
    async move(
      rollout: { id: string; state: RolloutState },
      to: RolloutState,
      token?: string,
    ) {
      await rollouts.transaction(trx =>
        rollouts.transition(trx, rollout, to, { token, reason }),
      );
      return rollouts.get(rollout.id);
    },
    /** As if the lease had been taken long ago. */
    async expire(id: string) {
      await knex('rollouts')
        .where({ id })
        .update({ lease_until: databaseNow(knex, -1) });
    },
  };
}

describe.each(eachDatabase())('RolloutStore, $name', database => {
  let knex: Knex;
  let stores: Awaited<ReturnType<typeof storesOn>>;

  beforeAll(async () => {
    knex = await database.create();
  });

  beforeEach(async () => {
    await knex('rollouts').delete();
    await knex('rollout_events').delete();
    stores = await storesOn(knex);
  });

  it('allows exactly the transitions of the table, each a step', async () => {
    for (const from of states) {
      for (const to of states) {
        const { id } = await stores.insert();
        await knex('rollouts').where({ id }).update({ state: from });
        const answer = await stores.move({ id, state: from }, to).then(
          () => 'moved',
          error => error.message,
        );
        const { state } = await stores.rollouts.get(id);
        const types = (await stores.steps.of(id)).map(
          event => `${event.type} ${event.reason?.code}`,
        );
        expect({ from, to, answer, state, types }).toEqual({
          from,
          to,
          ...(mayFollow(from, to)
            ? {
                answer: 'moved',
                state: to,
                types: ['queued undefined', `${to} test`],
              }
            : {
                answer: `A rollout cannot go from ${from} to ${to}`,
                state: from,
                types: ['queued undefined'],
              }),
        });
        await knex('rollouts').delete();
      }
    }
  });

  it('keeps one step for each reason for which a rollout is tried again', async () => {
    const { id } = await stores.insert();
    const tryAgain = async (code: string, message: string) => {
      const { token } = (await stores.lease(id))!;
      await stores.leases.release(id, token, {
        failed: true,
        reason: { code, message },
      });
    };
    for (const round of [1, 2, 3]) {
      await tryAgain('away', `Cluster away, ${round}`);
      await tryAgain('busy', `Cluster busy, ${round}`);
    }
    await tryAgain('away', 'Cluster away, 4');
    const events = await stores.steps.of(id);
    expect(
      events.map(({ type, reason: why, times }) => [type, why?.message, times]),
    ).toEqual([
      ['queued', undefined, undefined],
      ['retry', 'Cluster busy, 3', 3],
      ['retry', 'Cluster away, 4', 4],
    ]);
    expect((await stores.rollouts.get(id)).attempts).toBe(7);
  });

  it('has no way out of a final state, and none around a step', () => {
    for (const from of states.filter(isFinal)) {
      expect(states.filter(to => mayFollow(from, to))).toEqual([]);
    }
    expect(mayFollow('queued', 'progressing')).toBe(false);
    expect(mayFollow('queued', 'succeeded')).toBe(false);
    expect(mayFollow('applying', 'succeeded')).toBe(false);
    const begun = ['progressing', 'rolling-back'] as const;
    for (const only of ['superseded', 'cancelled', 'rejected'] as const) {
      expect(begun.filter(from => mayFollow(from, only))).toEqual([]);
    }
  });

  it('moves on only what is in the state and lease that was read', async () => {
    const rollout = await stores.insert();
    const held = await stores.lease(rollout.id);
    await expect(
      stores.move(rollout, 'applying', 'somebody-elses-token'),
    ).rejects.toThrow(LostLeaseError);
    await stores.move(rollout, 'applying', held!.token);
    await expect(stores.move(rollout, 'applying', held!.token)).rejects.toThrow(
      LostLeaseError,
    );
    const events = await stores.steps.of(rollout.id);
    expect(events.map(event => event.type)).toEqual(['queued', 'applying']);
  });

  it('leases by the clock of the database, not of the process', async () => {
    const rollout = await stores.insert();
    const first = await stores.lease(rollout.id);
    expect(await stores.lease(rollout.id)).toBeUndefined();
    expect(await stores.leases.claimable(10)).toEqual([]);

    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
    expect(await stores.lease(rollout.id)).toBeUndefined();
    now.mockRestore();

    await stores.expire(rollout.id);
    expect(await stores.leases.claimable(10)).toHaveLength(1);
    const second = await stores.lease(rollout.id);
    expect(second!.token).not.toBe(first!.token);
    await expect(
      stores.leases.renew(rollout.id, first!.token, 1000),
    ).rejects.toThrow(LostLeaseError);
    await expect(
      stores.rollouts.transaction(trx =>
        stores.steps.recordProgress(trx, rollout.id, first!.token, {
          state: 'progressing',
          progress: {
            replicas: 1,
            updatedReplicas: 0,
            readyReplicas: 0,
            pods: [],
          },
        }),
      ),
    ).rejects.toThrow(LostLeaseError);
    await stores.leases.release(rollout.id, first!.token);
    expect(await stores.lease(rollout.id)).toBeUndefined();
    await stores.leases.renew(rollout.id, second!.token, 10_000);
    await stores.leases.release(rollout.id, second!.token);
    expect(await stores.lease(rollout.id)).toMatchObject({
      rollout: { id: rollout.id },
    });
  });

  it('waits as long as it was told, and counts failures', async () => {
    const rollout = await stores.insert();
    const held = await stores.lease(rollout.id);
    await stores.leases.release(rollout.id, held!.token, {
      retryInMs: 60_000,
      failed: true,
      reason,
    });
    expect(await stores.leases.claimable(10)).toEqual([]);
    const waiting = await stores.rollouts.get(rollout.id);
    expect(waiting).toMatchObject({ attempts: 1, reason });
    expect(Date.parse(waiting.nextAttemptAt!)).toBeGreaterThan(
      Date.now() + 50_000,
    );
    await knex('rollouts').update({ next_attempt_at: databaseNow(knex, -1) });
    expect(await stores.leases.claimable(10)).toHaveLength(1);
  });

  it('tells the holder that a person wants the target', async () => {
    const rollout = await stores.insert();
    const held = await stores.lease(rollout.id);
    await stores.move(rollout, 'applying', held!.token);
    expect(await stores.leases.renew(rollout.id, held!.token, 1000)).toEqual({
      interruptedBy: undefined,
    });
    await stores.rollouts.transaction(trx =>
      stores.rollouts.interrupt(trx, rollout.targetKey, 'the-next'),
    );
    expect(await stores.leases.renew(rollout.id, held!.token, 1000)).toEqual({
      interruptedBy: 'the-next',
    });
  });

  it('offers the oldest of each target, however many wait on one', async () => {
    for (let index = 0; index < 30; index++) {
      await stores.insert(newRollout({ name: 'crowded' }));
    }
    const other = await stores.insert(newRollout({ name: 'quiet' }));
    const offered = await stores.leases.claimable(2);
    expect(offered.map(each => each.targetKey)).toEqual([
      keyOf('crowded'),
      keyOf('quiet'),
    ]);

    const [first] = offered;
    const held = await stores.lease(first.id);
    await stores.move(held!.rollout, 'applying', held!.token);
    expect(await stores.leases.claimable(2)).toEqual([
      { id: other.id, targetKey: other.targetKey },
    ]);
    await stores.expire(first.id);
    expect((await stores.leases.claimable(2))[0].id).toBe(first.id);
  });

  it('does not let the automation overtake what a person asked for before', async () => {
    const person = await stores.insert(newRollout());
    const automatic = await stores.insert(newRollout({ cause: 'policy' }));
    await knex('rollouts')
      .where({ id: person.id })
      .update({ state: 'waiting', next_attempt_at: databaseNow(knex, -1) });
    expect(await stores.lease(automatic.id)).toBeUndefined();
    const later = await stores.insert(newRollout());
    expect(await stores.lease(later.id)).toMatchObject({
      rollout: { id: later.id },
    });
  });

  it('never has two workers on one target, over 400 claims', async () => {
    const targets = 8;
    const each = 50;
    for (let index = 0; index < targets * each; index++) {
      await stores.insert(newRollout({ name: `w${index % targets}` }));
    }
    const running = new Map<string, string>();
    const order = new Map<string, number[]>();
    let claims = 0;
    let overlaps = 0;

    const work = async (own: Awaited<ReturnType<typeof storesOn>>) => {
      for (;;) {
        const offered = await own.leases.claimable(20);
        if (offered.length === 0 && claims >= targets * each) {
          return;
        }
        for (const { id, targetKey } of offered) {
          const held = await own.lease(id);
          if (!held) {
            continue;
          }
          overlaps += running.has(targetKey) ? 1 : 0;
          running.set(targetKey, id);
          claims++;
          const sequences = order.get(targetKey) ?? [];
          order.set(targetKey, [...sequences, held.rollout.sequence]);
          const applying = await own.move(held.rollout, 'applying', held.token);
          const progressing = await own.move(
            applying,
            'progressing',
            held.token,
          );
          running.delete(targetKey);
          await own.move(progressing, 'succeeded', held.token);
        }
      }
    };
    const replicas =
      database.name === 'PostgreSQL'
        ? [database.reconnect(knex), database.reconnect(knex)]
        : [knex, knex];
    await Promise.all(
      replicas.map(async replica => work(await storesOn(replica))),
    );
    expect({ claims, overlaps }).toEqual({
      claims: targets * each,
      overlaps: 0,
    });
    for (const sequences of order.values()) {
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    }
  }, 120_000);

  it('is stopped by the database when two would run on a target', async () => {
    const [one, two] = [await stores.insert(), await stores.insert()];
    await stores.move(one, 'applying');
    await expect(stores.move(two, 'applying')).rejects.toThrow(/unique/i);
    expect((await stores.rollouts.get(two.id)).state).toBe('queued');
  });

  it('lists newest first, page by page, by each filter', async () => {
    for (let index = 0; index < 5; index++) {
      await stores.insert(
        newRollout({ name: `w${index % 2}`, environment: 'Production' }),
      );
    }
    const first = await stores.rollouts.list({ limit: 2 });
    const second = await stores.rollouts.list({
      limit: 2,
      cursor: first.nextCursor,
    });
    const third = await stores.rollouts.list({
      limit: 2,
      cursor: second.nextCursor,
    });
    const all = [first, second, third].flatMap(page => page.items);
    expect(all.map(item => item.sequence)).toEqual(
      [...all.map(item => item.sequence)].sort((a, b) => b - a),
    );
    expect(all).toHaveLength(5);
    expect(third.nextCursor).toBeUndefined();

    const count = async (
      filter: Parameters<RolloutStore['list']>[0],
    ): Promise<number> => (await stores.rollouts.list(filter)).items.length;
    expect(await count({ entityRef: 'component:default/w1' })).toBe(2);
    expect(await count({ entityRefs: ['component:default/w0'] })).toBe(3);
    expect(await count({ entityRefs: [] })).toBe(0);
    expect(await count({ targetKey: keyOf('w1') })).toBe(2);
    expect(await count({ state: 'succeeded' })).toBe(0);
    expect(await count({ environment: 'Production' })).toBe(5);
    expect(await count({ from: '2999-01-01T00:00:00Z' })).toBe(0);
    expect(await count({ to: '2999-01-01T00:00:00Z' })).toBe(5);
  });

  it.each(['W10', 'WyJhIl0', 'WzEuNV0', 'WzFlMzAwXQ'])(
    'refuses the made-up cursor %s',
    async cursor => {
      await expect(stores.rollouts.list({ cursor })).rejects.toThrow(
        /cursor: was not given/,
      );
    },
  );

  it('refuses a time that is none', async () => {
    await expect(stores.rollouts.list({ from: 'banana' })).rejects.toThrow(
      /from: must be a time/,
    );
  });

  it('keeps one look at the pods until its reason changes', async () => {
    const rollout = await stores.insert();
    const held = await stores.lease(rollout.id);
    const look = (readyReplicas: number, why?: typeof reason) =>
      stores.rollouts.transaction(trx =>
        stores.steps.recordProgress(trx, rollout.id, held!.token, {
          state: 'progressing',
          progress: {
            replicas: 3,
            updatedReplicas: 3,
            readyReplicas,
            pods: [],
          },
          reason: why,
        }),
      );
    await look(0);
    await look(1);
    await look(1, reason);
    await look(2, reason);
    const events = await stores.steps.of(rollout.id);
    expect(
      events.map(event => [event.type, event.progress?.readyReplicas]),
    ).toEqual([
      ['queued', undefined],
      ['progress', 1],
      ['progress', 2],
    ]);
  });

  it('knows the newest that counts, and the last that succeeded', async () => {
    const done = await stores.insert(newRollout({ digest: digestOf('1') }));
    await knex('rollouts')
      .where({ id: done.id })
      .update({ state: 'succeeded' });
    const next = await stores.insert(newRollout({ digest: digestOf('2') }));
    const newest = () =>
      stores.rollouts.transaction(trx =>
        stores.rollouts.newestEffective(trx, done.targetKey, 2),
      );
    expect((await newest()).map(({ id }) => id)).toEqual([next.id, done.id]);
    await stores.move(next, 'superseded');
    expect((await newest()).map(({ id }) => id)).toEqual([done.id]);
    const successes = await stores.rollouts.lastSuccesses([done.targetKey]);
    expect(successes.get(done.targetKey)!.id).toBe(done.id);
    expect(await stores.rollouts.open([done.targetKey])).toEqual([]);
  });
});

it('writes out which states are open, and which are under way', () => {
  const within = (names: readonly RolloutState[]) =>
    `rollouts.state IN (${names.map(name => `'${name}'`).join(', ')})`;
  expect(isOpenRollout()).toBe(within(states.filter(each => !isFinal(each))));
  expect(isRunningRollout()).toBe(within(runningRolloutStates));
});

describe.each([sqlite()])('Rollouts, indexes of $name', database => {
  it('finds work without reading the history', async () => {
    const knex = await database.create();
    const { insert, lease, leases, rollouts } = await storesOn(knex);
    const gates = GateStore.create({ knex });
    const { id, targetKey } = await insert();
    const reads = await readPlans(knex, async () => {
      await leases.claimable(10);
      await lease(id);
      await gates.makeDue({ registryId: 'local', repository: 'shop/web' });
      await gates.lapsed();
      await rollouts.open([targetKey]);
      await rollouts.countOpen();
      await rollouts.transaction(async trx => {
        await rollouts.ofTarget(trx, targetKey, ['queued', 'applying']);
        await rollouts.interrupt(trx, targetKey, id);
        await rollouts.passInterruption(trx, targetKey, {
          from: id,
          to: undefined,
        });
      });
      await rollouts.list({ asksForApproval: true });
      await rollouts.list({ state: 'queued' });
      await leases.releaseAllOnSqlite();
    });
    const ofRollouts = reads.filter(step =>
      /^\w+ (rollouts|next|busy)\b/.test(step),
    );
    const allowed =
      /rollouts_(open|open_of_target|one_at_a_time|id_unique)\b|PRIMARY KEY/;
    expect(ofRollouts.length).toBeGreaterThan(10);
    expect(ofRollouts.filter(step => !allowed.test(step))).toEqual([]);
  });
});
