import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { digestOf, eachDatabase, keyOf, newRollout, waitFor } from '../testing';
import { FakeCluster } from '../testing/FakeCluster';
import { rolloutRoom } from '../testing/rolloutRoom';
import { StoredRollout } from './StoredRollout';

const [A, B] = ['a', 'b'].map(digestOf);
const down = () => new DriverError('cluster-unreachable', 'No route to host');

describe.each(eachDatabase())('RolloutRunner, $name', database => {
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
      'blocked_digests',
      'targets',
    ]) {
      await knex(table).delete();
    }
    cluster = new FakeCluster();
    cluster.add('web');
    room = rolloutRoom(knex, cluster);
  });

  const steps = async (id: string) =>
    (await room.steps.of(id)).map(({ type }) => type);

  it('applies the digest and follows it to its end, each step a row', async () => {
    const { id, image } = await room.enqueue(newRollout());
    const done = await room.run(id);
    expect(done).toMatchObject({
      state: 'succeeded',
      previous: { reference: 'registry.test/shop/web:old' },
    });
    expect(await steps(id)).toEqual([
      'queued',
      'applying',
      'progressing',
      'progress',
      'succeeded',
    ]);
    expect(cluster.workload('web').image).toBe(image.reference);
    const record = (await room.targetStore.get([keyOf('web')])).get(
      keyOf('web'),
    )!;
    expect(record).toMatchObject({ desiredDigest: A });
    expect(record.appliedAt! >= done.startedAt!).toBe(true);
  });

  it('ends failed with the cluster’s reason, and blocks the digest', async () => {
    cluster.broken.add(A);
    const { id } = await room.enqueue(newRollout());
    expect(await room.run(id)).toMatchObject({
      state: 'failed',
      reason: { code: 'image-pull' },
    });
    const automatic = await room.enqueue(newRollout({ cause: 'policy' }));
    expect(await room.run(automatic.id)).toMatchObject({
      state: 'cancelled',
      reason: { code: 'digest-failed-before' },
    });
    cluster.broken.clear();
    const person = await room.enqueue(newRollout());
    expect((await room.run(person.id)).state).toBe('succeeded');
    expect(await knex('blocked_digests')).toEqual([]);
  });

  it('reads again what changed in between, up to a limit', async () => {
    const stale = () => new DriverError('stale', 'Changed meanwhile');
    cluster.applyErrors.push(stale(), stale(), stale());
    const { id } = await room.enqueue(newRollout());
    expect((await room.run(id)).state).toBe('succeeded');

    cluster.applyErrors.push(stale(), stale(), stale(), stale(), stale());
    const second = await room.enqueue(newRollout({ digest: B }));
    expect(await room.run(second.id)).toMatchObject({
      state: 'waiting',
      reason: { code: 'stale' },
    });
    await room.later();
    expect((await room.run(second.id)).state).toBe('succeeded');
  });

  it('takes a field of others with consent only, the automation never twice', async () => {
    const helm = { manager: 'helm' };
    cluster.change('web', { owners: [helm] });
    const first = await room.enqueue(newRollout());
    expect(await room.run(first.id)).toMatchObject({
      state: 'failed',
      reason: { code: 'needs-consent' },
    });
    expect(cluster.applied).toEqual([]);

    await room.targetStore.consent(
      keyOf('web'),
      'user:default/owner',
      cluster.workload('web').uid,
    );
    const second = await room.enqueue(newRollout({ cause: 'policy' }));
    expect((await room.run(second.id)).state).toBe('succeeded');
    expect(cluster.applied.map(({ force }) => force)).toEqual([true]);

    cluster.change('web', { owners: [helm], image: 'registry.test/x:y' });
    const third = await room.enqueue(
      newRollout({ cause: 'policy', digest: B }),
    );
    expect(await room.run(third.id)).toMatchObject({
      state: 'failed',
      reason: { code: 'contested' },
    });
    expect(cluster.applied).toHaveLength(1);
  });

  it.each([
    ['bound to a workload', 'uid-web'],
    ['from before it was bound', null],
  ])('asks again for a consent %s that was made anew', async (_, uid) => {
    const helm = { manager: 'helm' };
    const key = keyOf('web');
    await room.targetStore.consent(key, 'user:default/owner', 'uid-web');
    await knex('targets').update({ consent_uid: uid });
    cluster.change('web', { owners: [helm] });
    const first = await room.enqueue(newRollout());
    expect((await room.run(first.id)).state).toBe('succeeded');
    cluster.change('web', { owners: [helm], uid: 'uid-of-another' });
    const second = await room.enqueue(newRollout({ digest: B }));
    expect(await room.run(second.id)).toMatchObject({
      state: 'failed',
      reason: { code: 'needs-consent' },
    });
    expect(cluster.applied).toHaveLength(1);
  });

  it('fails on a conflict that appeared after it looked', async () => {
    cluster.applyErrors.push(
      new DriverError('field-conflict', 'helm owns the image field'),
    );
    const { id } = await room.enqueue(newRollout());
    expect(await room.run(id)).toMatchObject({
      state: 'failed',
      reason: { code: 'field-conflict' },
    });
  });

  it.each([
    ['person', 'cancelled'],
    ['policy', 'superseded'],
  ] as const)(
    'never goes back to an older rollout of a %s',
    async (cause, state) => {
      const older = await room.enqueue(newRollout({ cause }));
      await knex('rollouts').update({ state: 'waiting' });
      const newer = newRollout({ digest: B });
      await room.rollouts.transaction(trx => room.rollouts.insert(trx, newer));
      expect((await room.run(newer.id)).state).toBe('succeeded');
      expect(await room.run(older.id)).toMatchObject({
        state,
        reason: { code: 'superseded' },
      });
      expect(cluster.applied.map(({ image }) => image.split('@')[1])).toEqual([
        B,
      ]);
    },
  );

  it('is refused by the cluster when a newer one was written', async () => {
    const { id } = await room.enqueue(newRollout());
    const newer = await room.enqueue(newRollout({ name: 'newer' }));
    cluster.change('web', { rolloutSequence: newer.sequence });
    expect(await room.run(id)).toMatchObject({
      state: 'failed',
      reason: { code: 'superseded' },
    });
    expect(cluster.applied).toEqual([]);
  });

  it('is not refused for what another portal has written', async () => {
    const { id, sequence } = await room.enqueue(newRollout());
    cluster.change('web', { rolloutSequence: sequence + 100 });
    expect((await room.run(id)).state).toBe('succeeded');
    expect(cluster.applied).toHaveLength(1);
  });

  it('waits while the cluster or the catalog is down, then goes on', async () => {
    cluster.down = down();
    const { id } = await room.enqueue(newRollout());
    expect(await room.run(id)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      reason: { code: 'cluster-unreachable' },
    });
    await room.later();
    expect(await room.run(id)).toMatchObject({ state: 'waiting', attempts: 2 });
    cluster.down = undefined;
    room.state.catalogDown = true;
    await room.later();
    expect(await room.run(id)).toMatchObject({
      state: 'waiting',
      reason: { code: 'catalog-unavailable' },
    });
    room.state.catalogDown = false;
    await room.later();
    expect(await room.run(id)).toMatchObject({ state: 'succeeded' });
  });

  it('keeps its target while the cluster is down in the middle', async () => {
    cluster.applyErrors.push(down());
    const { id } = await room.enqueue(newRollout());
    expect(await room.run(id)).toMatchObject({
      state: 'applying',
      reason: { code: 'cluster-unreachable' },
    });
    const other = await room.enqueue(newRollout({ cause: 'policy' }));
    await expect(room.run(other.id)).rejects.toThrow('It is not free');

    cluster.observeErrors.push(down());
    await room.later();
    expect((await room.run(id)).state).toBe('progressing');
    await room.later();
    expect((await room.run(id)).state).toBe('succeeded');
    expect(cluster.applied).toHaveLength(1);
  });

  it('ends when somebody else changed the image meanwhile', async () => {
    cluster.beforeEnd = () => cluster.change('web', { image: 'else:where' });
    const { id } = await room.enqueue(newRollout());
    expect(await room.run(id)).toMatchObject({
      state: 'failed',
      reason: { code: 'changed-outside' },
    });
    expect(await knex('blocked_digests')).toEqual([]);
  });

  const held = async () => (await knex('holds')).length > 0;

  it('reads the gates in the moment in which it takes the target', async () => {
    const { id } = await room.enqueue(newRollout({ cause: 'policy' }));
    const ended = await room.run(id, async (name, when) => {
      if (name === 'find' && when === 'after' && !(await held())) {
        await knex.transaction(trx =>
          room.targetStore.hold(trx, {
            targetKey: keyOf('web'),
            entityRef: 'component:default/web',
            reason: 'Not now',
            author: 'user:default/owner',
          }),
        );
      }
    });
    expect(ended).toMatchObject({
      state: 'cancelled',
      reason: { code: 'held' },
    });
    expect(cluster.applied).toEqual([]);
  });

  describe('that is to end for one that is cancelled', () => {
    const cancelled = { code: 'cancelled', message: 'Cancelled' };
    let first: StoredRollout;
    let person: StoredRollout;

    const cancel = ({ id, targetKey }: StoredRollout) =>
      room.rollouts.transaction(async trx => {
        await room.targetStore.lock(trx, targetKey);
        await room.queue.cancel(
          trx,
          await room.rollouts.get(id, trx),
          cancelled,
        );
      });

    /** Its cluster went away while it was watched. */
    beforeEach(async () => {
      first = await room.enqueue(newRollout());
      cluster.observeErrors.push(down());
      await room.run(first.id);
      await room.later();
    });

    it('goes on when it has not noticed', async () => {
      person = await room.enqueue(newRollout({ digest: B }));
      await cancel(person);
      expect((await room.run(first.id)).state).toBe('succeeded');
      expect((await room.rollouts.get(person.id)).state).toBe('cancelled');
    });

    it('goes on when it was about to end', async () => {
      person = await room.enqueue(newRollout({ digest: B }));
      let asked = false;
      const stopped = await room.run(first.id, async name => {
        if (name === 'transaction' && !asked) {
          asked = true;
          await cancel(person);
        }
      });
      expect([asked, stopped.state]).toEqual([true, 'progressing']);
      expect((await room.run(first.id)).state).toBe('succeeded');
    });

    it('ends for another person’s that still waits', async () => {
      const other = await room.enqueue(newRollout({ digest: digestOf('c') }));
      person = await room.enqueue(newRollout({ digest: B }));
      await cancel(person);
      expect(await room.run(first.id)).toMatchObject({
        state: 'failed',
        reason: { code: 'interrupted', params: { rollout: other.id } },
      });
    });
  });

  it('gives way to a person in the middle, who gives way to nobody', async () => {
    const worker = room.worker();
    let resume = () => {};
    cluster.beforeEnd = () =>
      new Promise<void>(resolve => {
        resume = resolve;
      });
    worker.start();
    const first = await room.enqueue(newRollout({ cause: 'policy' }));
    await waitFor(async () => cluster.applied.length === 1, { what: 'apply' });
    const queued = await room.enqueue(
      newRollout({ cause: 'policy', digest: digestOf('c') }),
    );
    const person = await room.enqueue(newRollout({ digest: B }));
    await waitFor(async () => cluster.applied.length === 2, {
      what: 'the person’s apply',
    });
    const later = await room.enqueue(
      newRollout({ cause: 'policy', digest: digestOf('d') }),
    );
    const state = async (id: string) => (await room.rollouts.get(id)).state;
    expect(await room.rollouts.get(first.id)).toMatchObject({
      state: 'failed',
      reason: { code: 'interrupted', params: { rollout: person.id } },
    });
    expect(await state(queued.id)).toBe('superseded');
    expect(await state(later.id)).toBe('queued');
    cluster.beforeEnd = undefined;
    resume();
    await waitFor(async () => (await state(later.id)) === 'succeeded', {
      what: 'the last',
    });
    expect(await state(person.id)).toBe('succeeded');
    await worker.stop();
  });

  it('gives its rollouts back when it stops', async () => {
    const worker = room.worker();
    cluster.beforeEnd = () => new Promise<void>(() => {});
    worker.start();
    const { id } = await room.enqueue(newRollout());
    await waitFor(
      async () => (await room.rollouts.get(id)).state === 'progressing',
      { what: 'progress' },
    );
    await worker.stop();
    cluster.beforeEnd = undefined;
    const next = room.worker();
    next.start();
    await waitFor(
      async () => (await room.rollouts.get(id)).state === 'succeeded',
      { what: 'the next worker' },
    );
    await next.stop();
    expect(cluster.applied).toHaveLength(1);
  });

  it('gives up what the portal itself cannot do, but not because a cluster was away', async () => {
    const { id } = await room.enqueue(newRollout());
    await knex('rollouts').update({ attempts: 500 });
    cluster.observeErrors.push(new Error('Bug'));
    const worker = room.worker();
    worker.start();
    await waitFor(async () => room.logger.error.mock.calls.length > 0, {
      what: 'the failure',
    });
    await waitFor(
      async () => {
        await room.later();
        room.queue.wake();
        return (await room.rollouts.get(id)).state === 'succeeded';
      },
      { what: 'the next attempt' },
    );
    const retries = (await steps(id)).filter(type => type === 'retry');
    expect(retries).toHaveLength(1);
    await worker.stop();
  });

  /** Runs a rollout and kills it at one step; undefined when there is none. */
  async function killAt(
    id: string,
    point: number,
  ): Promise<string | undefined> {
    let passed = 0;
    return Promise.race([
      new Promise<string>(resolve => {
        room
          .run(id, (name, when) => {
            if (++passed !== point) {
              return undefined;
            }
            resolve(`${when} ${name}`);
            return new Promise<void>(() => {});
          })
          .catch(() => {});
      }),
      waitFor(
        async () =>
          passed < point &&
          (await room.rollouts.get(id)).state === 'succeeded' && { over: true },
        { what: 'the end or the kill' },
      ).then(() => undefined),
    ]);
  }

  /** Lets another worker go on until a rollout has ended. */
  async function goOn(id: string): Promise<void> {
    await room.later();
    const worker = room.worker();
    worker.start();
    await waitFor(
      async () => (await room.rollouts.get(id)).finishedAt !== undefined,
      { what: 'the end after a kill' },
    );
    await worker.stop();
  }

  it('goes on after a kill at any step, applies in order and ends once', async () => {
    const points: string[] = [];
    for (let point = 1; ; point++) {
      await knex('rollout_events').delete();
      await knex('rollouts').delete();
      cluster = new FakeCluster();
      cluster.add('web');
      room = rolloutRoom(knex, cluster);
      const first = await room.enqueue(newRollout());
      const where = await killAt(first.id, point);
      if (where === undefined) {
        break;
      }
      points.push(where);
      room.bury();
      const second = await room.enqueue(
        newRollout({ digest: B, cause: 'policy' }),
      );
      await goOn(second.id);

      const kinds = (await steps(first.id)).filter(
        type => type !== 'progress' && type !== 'retry',
      );
      expect([where, ...kinds]).toEqual([
        where,
        'queued',
        'applying',
        'progressing',
        'succeeded',
      ]);
      const sequences = cluster.applied.map(({ sequence }) => sequence);
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
      expect(cluster.workload('web').image).toContain(B);
    }
    expect(points.length).toBeGreaterThan(15);
    expect(points).toContain('after apply');
  }, 120_000);
});
