import {
  DriverError,
  DriverErrorCode,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { databaseNow } from '../database';
import { digestOf, eachDatabase, keyOf, newRollout } from '../testing';
import { FakeCluster } from '../testing/FakeCluster';
import { rolloutRoom } from '../testing/rolloutRoom';

const [A, B] = ['a', 'b'].map(digestOf);
const key = keyOf('web');

/** Errors after which it is certain that nothing was written. */
const turnedAway: Array<[string, DriverError]> = [
  ['asked to wait', new DriverError('rate-limited', 'Too many requests')],
  ['not signed in', new DriverError('unauthenticated', 'Expired')],
  [
    'never sent',
    new DriverError('cluster-unreachable', 'Refused', { unsent: true }),
  ],
];
/** Errors after which the write may have taken effect. */
const unanswered: DriverErrorCode[] = ['cluster-unreachable', 'server-error'];

describe.each(eachDatabase())('a write that fails, $name', database => {
  let knex: Knex;
  let cluster: FakeCluster;
  let room: ReturnType<typeof rolloutRoom>;

  beforeAll(async () => {
    knex = await database.create();
  });

  beforeEach(async () => {
    for (const table of [
      'rollout_events',
      'rollouts',
      'holds',
      'freezes',
      'targets',
    ]) {
      await knex(table).delete();
    }
    cluster = new FakeCluster();
    cluster.add('web');
    room = rolloutRoom(knex, cluster);
  });

  const runAgain = async (id: string) => {
    await room.later();
    return room.run(id);
  };
  const hold = () =>
    knex.transaction(async trx => {
      await room.targetStore.lock(trx, key);
      await room.targetStore.hold(trx, {
        targetKey: key,
        entityRef: 'component:default/web',
        reason: 'Not now',
        author: 'user:default/owner',
      });
    });
  const desired = async () =>
    (await room.targetStore.get([key])).get(key)?.desiredDigest;
  const aMinuteLater = () =>
    knex('rollouts')
      .whereNotNull('write_lost_at')
      .update({ write_lost_at: databaseNow(knex, -61_000) });
  const written = () => cluster.applied.map(({ image }) => image.split('@')[1]);
  const unansweredRollout = async (
    change: Parameters<typeof newRollout>[0],
    code: DriverErrorCode = 'cluster-unreachable',
  ) => {
    cluster.applyErrors.push(new DriverError(code, 'No answer'));
    const { id } = await room.enqueue(newRollout(change));
    expect(await room.run(id)).toMatchObject({
      state: 'applying',
      reason: { code },
    });
    return id;
  };

  it.each(turnedAway)(
    'as it was %s is no beginning: what was set meanwhile counts',
    async (_, error) => {
      cluster.applyErrors.push(error);
      const { id } = await room.enqueue(newRollout({ cause: 'policy' }));
      expect(await room.run(id)).toMatchObject({
        state: 'waiting',
        reason: { code: error.code },
        startedAt: undefined,
      });
      expect(await desired()).toBeUndefined();
      await hold();
      expect(await runAgain(id)).toMatchObject({
        state: 'cancelled',
        reason: { code: 'held' },
      });
      expect(written()).toEqual([]);
    },
  );

  it.each(unanswered)(
    'without an answer (%s) keeps its target until the cluster was looked at',
    async code => {
      const id = await unansweredRollout({ cause: 'policy' }, code);
      const next = await room.enqueue(
        newRollout({ digest: B, cause: 'policy' }),
      );
      await room.later();
      await expect(room.run(next.id)).rejects.toThrow('It is not free');
      expect((await room.run(id)).state).toBe('superseded');
      expect((await room.run(next.id)).state).toBe('succeeded');
      expect(written()).toEqual([B]);
    },
  );

  it('without an answer asks the gates again, once the write cannot take effect any more', async () => {
    const id = await unansweredRollout({ cause: 'policy' });
    await hold();
    expect(await runAgain(id)).toMatchObject({
      state: 'waiting',
      reason: { code: 'held' },
    });
    await aMinuteLater();
    expect(await runAgain(id)).toMatchObject({
      state: 'cancelled',
      reason: { code: 'held' },
    });
    expect(written()).toEqual([]);
    expect(await desired()).toBeUndefined();
  });

  it('waits for the end of a freeze that began meanwhile', async () => {
    const id = await unansweredRollout({});
    await room.freezes.put({ reason: 'Audit', author: 'user:default/admin' });
    expect(await runAgain(id)).toMatchObject({
      state: 'waiting',
      reason: { code: 'portal-frozen' },
    });
    await knex('freezes').delete();
    expect((await runAgain(id)).state).toBe('succeeded');
    expect(written()).toEqual([A]);
  });

  it('that took effect is followed, whatever is set', async () => {
    cluster.lostAnswers.push(new DriverError('server-error', 'No answer'));
    const { id } = await room.enqueue(newRollout({ cause: 'policy' }));
    expect((await room.run(id)).state).toBe('applying');
    await hold();
    expect(await runAgain(id)).toMatchObject({ state: 'succeeded' });
    expect(await desired()).toBe(A);
  });

  it('that took effect after it went back is followed all the same', async () => {
    const id = await unansweredRollout({ cause: 'policy' });
    await hold();
    const { state, sequence, image } = await runAgain(id);
    expect(state).toBe('waiting');
    cluster.change('web', {
      image: image.reference,
      rolloutSequence: sequence,
    });
    expect(await runAgain(id)).toMatchObject({ state: 'succeeded' });
    expect(await desired()).toBe(A);
  });

  it('in whose middle its worker ended is not repeated under a hold', async () => {
    const { id } = await room.enqueue(newRollout({ cause: 'policy' }));
    await new Promise<void>(resolve => {
      cluster.beforeApply = () => {
        resolve();
        return new Promise<void>(() => {});
      };
      void room.run(id).catch(() => {});
    });
    room.bury();
    cluster.beforeApply = undefined;
    await hold();
    expect((await runAgain(id)).state).toBe('waiting');
    await aMinuteLater();
    expect(await runAgain(id)).toMatchObject({
      state: 'cancelled',
      reason: { code: 'held' },
    });
  });

  it('is recorded by nobody when it was cancelled on its way, and overwrites nothing', async () => {
    const id = await unansweredRollout({});
    let late: (() => void) | undefined;
    const onItsWay = new Promise<void>(resolve => {
      cluster.beforeApply = () =>
        new Promise<void>(go => {
          late = go;
          resolve();
        });
    });
    const retry = runAgain(id);
    await onItsWay;
    cluster.beforeApply = undefined;
    const applying = await room.rollouts.get(id);
    await room.rollouts.transaction(async trx => {
      await room.targetStore.lock(trx, key);
      const reason = { code: 'cancelled', message: 'Cancelled' };
      await room.queue.cancel(trx, applying, reason);
    });
    const next = await room.enqueue(newRollout({ digest: B }));
    expect((await room.run(next.id)).state).toBe('succeeded');
    late!();
    expect((await retry).state).toBe('cancelled');
    expect(written()).toEqual([B]);
    expect(cluster.workload('web').image).toContain(B);
  });

  it.each([
    ['was lost', 'applyErrors'],
    ['was lost, and it took effect', 'lostAnswers'],
  ] as const)(
    'goes on after a kill at any step when its answer %s',
    async (_, errors) => {
      const points: string[] = [];
      // What is kept is the same on both; PostgreSQL takes its time.
      const stride = database.name === 'SQLite' ? 1 : 5;
      for (let point = 1, over = false; !over; point += stride) {
        await knex('rollout_events').delete();
        await knex('rollouts').delete();
        await knex('targets').delete();
        cluster = new FakeCluster();
        cluster.add('web');
        const own = rolloutRoom(knex, cluster);
        room = own;
        cluster[errors].push(new DriverError('server-error', 'No answer'));
        const { id } = await room.enqueue(newRollout());
        await room.run(id);
        await room.later();
        let passed = 0;
        const killed = new Promise<boolean>(resolve => {
          const run = own.run(id, (name, when) => {
            if (++passed !== point) {
              return undefined;
            }
            points.push(`${when} ${name}`);
            resolve(true);
            return new Promise<void>(() => {});
          });
          run.then(() => resolve(false), resolve);
        });
        over = !(await killed);
        room.bury();
        const left = await room.rollouts.get(id);
        const last = left.finishedAt ? left : await runAgain(id);
        expect([points.at(-1), last.state]).toEqual([
          points.at(-1),
          'succeeded',
        ]);
        expect([...new Set(written())]).toEqual([A]);
        expect(await desired()).toBe(A);
      }
      expect(points.length).toBeGreaterThan(15 / stride);
    },
  );

  it('of the image that runs already may be its own: it is written again', async () => {
    cluster.change('web', { image: newRollout().image.reference });
    const id = await unansweredRollout({ cause: 'policy' });
    await hold();
    expect((await runAgain(id)).state).toBe('succeeded');
  });

  it('ends for a person who deployed something else', async () => {
    const id = await unansweredRollout({});
    const next = await room.enqueue(newRollout({ digest: B }));
    expect(await runAgain(id)).toMatchObject({
      state: 'failed',
      reason: { code: 'interrupted' },
    });
    expect((await room.run(next.id)).state).toBe('succeeded');
  });

  it('again and again leaves no longer history, and waits longer', async () => {
    const { id } = await room.enqueue(newRollout());
    const lengths = new Set<number>();
    for (let round = 0; round < 8; round++) {
      cluster.applyErrors.push(turnedAway[0][1]);
      await runAgain(id);
      lengths.add((await room.steps.of(id)).length);
    }
    const { nextAttemptAt } = await room.rollouts.get(id);
    expect(Date.parse(nextAttemptAt!) - Date.now()).toBeGreaterThan(20_000);
    expect([...lengths]).toEqual([3]);
    const steps = await room.steps.of(id);
    expect(steps.map(({ type, times }) => [type, times])).toEqual([
      ['queued', undefined],
      ['applying', 8],
      ['retry', 8],
    ]);
    expect((await runAgain(id)).state).toBe('succeeded');
  });
});
