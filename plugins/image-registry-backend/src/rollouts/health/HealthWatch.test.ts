import { HealthRule } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { digestOf, eachDatabase, newRollout, waitFor } from '../../testing';
import { FakeCluster } from '../../testing/FakeCluster';
import { rolloutRoom } from '../../testing/rolloutRoom';

const [A, B] = ['a', 'b'].map(digestOf);
const left = {
  logs: [
    {
      pod: 'web-1',
      container: 'web',
      previous: true,
      text: 'login with p4ss-w0rd-of-the-registry failed\n',
    },
  ],
  events: [],
  pullMessages: [],
  truncated: false,
};

describe.each(eachDatabase())('health rules, $name', database => {
  let knex: Knex;
  let cluster: FakeCluster;
  let room: ReturnType<typeof rolloutRoom>;

  beforeAll(async () => {
    knex = await database.create();
  });

  beforeEach(async () => {
    for (const table of [
      'rollout_evidence',
      'rollout_events',
      'rollouts',
      'blocked_digests',
      'targets',
      'environments',
    ]) {
      await knex(table).delete();
    }
    cluster = new FakeCluster();
    cluster.add('web');
    room = rolloutRoom(knex, cluster);
  });

  const protect = (health: HealthRule) =>
    room.environments.create({
      name: 'production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
      protection: { health },
    });
  const soaking = (id: string) =>
    waitFor(
      async () => {
        const rollout = await room.rollouts.get(id);
        return rollout.reason?.code === 'soaking' && rollout;
      },
      { what: 'the soak' },
    );

  it('succeeds when it stayed healthy for long enough, not before', async () => {
    await protect({ soakMs: 300 });
    const { id } = await room.enqueue(newRollout());
    const done = room.run(id);
    const seen = await soaking(id);
    expect(seen.state).toBe('progressing');
    const until = Date.parse(seen.reason!.params!.until);
    const { finishedAt, reason, state } = await done;
    expect([state, reason]).toEqual(['succeeded', undefined]);
    expect(Date.parse(finishedAt!)).toBeGreaterThanOrEqual(until);
    expect(await knex('rollouts').pluck('healthy_at')).not.toContain(null);
  });

  it('goes on watching after a kill, until the time that it told', async () => {
    await protect({ soakMs: 700 });
    const { id } = await room.enqueue(newRollout());
    const worker = room.worker();
    worker.start();
    const first = await soaking(id);
    await worker.stop();
    expect((await room.rollouts.get(id)).state).toBe('progressing');
    const next = room.worker();
    next.start();
    const until = await waitFor(
      async () => {
        const { state, finishedAt } = await room.rollouts.get(id);
        return state === 'succeeded' && Date.parse(finishedAt!);
      },
      { what: 'the end of the soak' },
    );
    await next.stop();
    expect(until).toBeGreaterThanOrEqual(
      Date.parse(first.reason!.params!.until),
    );
    expect(cluster.applied).toHaveLength(1);
  });

  it('does not take the places of those that are to begin', async () => {
    await protect({ soakMs: 60_000 });
    cluster.add('api');
    const worker = room.worker(10_000, 1);
    worker.start();
    const { id } = await room.enqueue(newRollout());
    await soaking(id);
    const other = await room.enqueue(newRollout({ name: 'api' }));
    expect(await soaking(other.id)).toMatchObject({ state: 'progressing' });
    await worker.stop();
  });

  it('ends for a person in the middle of the soak', async () => {
    await protect({ soakMs: 60_000 });
    const worker = room.worker();
    worker.start();
    const { id } = await room.enqueue(newRollout());
    await soaking(id);
    const person = await room.enqueue(newRollout({ digest: B }));
    await soaking(person.id);
    expect(await room.rollouts.get(id)).toMatchObject({
      state: 'failed',
      reason: { code: 'interrupted' },
    });
    await worker.stop();
    expect(await knex('blocked_digests')).toEqual([]);
  });

  it('fails at its deadline with what the pods still say, and keeps it', async () => {
    await protect({ deadlineMs: 10_000 });
    cluster.left = left;
    const reason = { code: 'replicas-not-ready', message: '0 of 1 are ready.' };
    cluster.looks.set(A, [{ reason }, { phase: 'progressing', reason }]);
    cluster.beforeEnd = async () => {
      // As if it had been watched for a long time.
      const { health } = await knex('rollouts').first('health');
      const since = JSON.parse(health).since - 20_000;
      await knex('rollouts').update({
        health: JSON.stringify({
          ...JSON.parse(health),
          since,
          unhealthySince: since,
        }),
      });
    };
    const { id } = await room.enqueue(newRollout());
    expect(await room.run(id)).toMatchObject({
      state: 'failed',
      reason: {
        code: 'health-deadline-exceeded',
        message: 'Not healthy within 10 s: 0 of 1 are ready.',
      },
    });
    expect(await knex('blocked_digests').pluck('digest')).toEqual([A]);
    expect(await room.evidenceStore.of(id)).toMatchObject({
      logs: [{ text: 'login with *** failed\n' }],
    });
  });

  it('fails without evidence when there is none to be had', async () => {
    cluster.broken.add(A);
    const { id } = await room.enqueue(newRollout());
    expect((await room.run(id)).state).toBe('failed');
    expect(await room.evidenceStore.of(id)).toBeUndefined();
  });

  it('does not count what was written to a stopped workload as healthy', async () => {
    cluster.change('web', { health: 'Stopped' });
    const { id, image, targetKey } = await room.enqueue(newRollout());
    expect((await room.run(id)).state).toBe('succeeded');
    expect(await room.gateStore.wasHealthy({ targetKey, image })).toBe(false);
    cluster.change('web', { health: 'Healthy' });
    const again = await room.enqueue(newRollout());
    await room.run(again.id);
    expect(await room.gateStore.wasHealthy({ targetKey, image })).toBe(true);
  });
});
