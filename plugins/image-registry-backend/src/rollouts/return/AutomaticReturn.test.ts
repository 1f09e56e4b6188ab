import { HealthRule } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  REGISTRY_REFUSES_FOR_NOW,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import {
  digestOf,
  eachDatabase,
  keyOf,
  newRollout,
  waitFor,
} from '../../testing';
import { FakeCluster } from '../../testing/FakeCluster';
import { rolloutRoom } from '../../testing/rolloutRoom';
import { StoredRollout } from '../StoredRollout';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map(digestOf);
const tables = [
  'rollout_evidence',
  'rollout_events',
  'rollouts',
  'holds',
  'blocked_digests',
  'targets',
  'environments',
];

describe.each(eachDatabase())('automatic return, $name', database => {
  let knex: Knex;
  let cluster: FakeCluster;
  let room: ReturnType<typeof rolloutRoom>;

  beforeAll(async () => {
    knex = await database.create();
  });

  const begin = () => {
    cluster = new FakeCluster();
    cluster.add('web', { runningDigest: D, runningDigests: [D] });
    room = rolloutRoom(knex, cluster);
  };

  beforeEach(async () => {
    for (const table of tables) {
      await knex(table).delete();
    }
    begin();
  });

  const protect = (health: HealthRule) =>
    room.environments.create({
      name: 'production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
      protection: { health },
    });
  const deploy = async (digest: string, change = {}) => {
    const { id } = await room.enqueue(newRollout({ digest, ...change }));
    return room.run(id);
  };
  const running = () => cluster.workload('web').image.split('@')[1];
  const blocked = () => knex('blocked_digests').pluck('digest');
  const holds = () => room.targetStore.listHolds();
  const desired = async () =>
    (await room.targetStore.get([keyOf('web')])).get(keyOf('web'))
      ?.desiredDigest;
  const steps = async ({ id }: StoredRollout) =>
    (await room.steps.of(id)).map(({ type }) => type);

  it('brings back what was healthy last, holds and blocks', async () => {
    await protect({ rollBack: true });
    cluster.broken.add(B);
    expect((await deploy(A)).state).toBe('succeeded');
    const waiting = newRollout({ digest: C, cause: 'policy' });
    const { id } = await room.enqueue(newRollout({ digest: B }));
    await room.rollouts.transaction(trx => room.queue.enqueue(trx, waiting));
    const failed = await room.run(id);
    expect(failed).toMatchObject({
      state: 'rolled-back',
      reason: { code: 'returned', params: { image: 'main' } },
      failure: { code: 'image-pull' },
      returnTo: { digest: A },
      finishedAt: expect.any(String),
    });
    expect(running()).toBe(A);
    expect(await desired()).toBe(A);
    expect(await blocked()).toEqual([B]);
    expect(await holds()).toMatchObject([
      { because: { code: 'held-after-return' }, author: undefined },
    ]);
    expect(await room.rollouts.get(waiting.id)).toMatchObject({
      state: 'cancelled',
      reason: { code: 'held-after-return' },
    });
    expect((await steps(failed)).filter(type => type !== 'progress')).toEqual([
      'queued',
      'applying',
      'progressing',
      'rolling-back',
      'return-written',
      'rolled-back',
    ]);
    const sequences = cluster.applied.map(({ sequence }) => sequence);
    expect(sequences.slice(-2)).toEqual([failed.sequence, failed.sequence]);
  });

  it('keeps the hold that a person had set', async () => {
    await protect({ rollBack: true });
    cluster.broken.add(B);
    await deploy(A);
    await knex.transaction(trx =>
      room.targetStore.hold(trx, {
        targetKey: keyOf('web'),
        entityRef: 'component:default/web',
        reason: 'Not now',
        author: 'user:default/owner',
      }),
    );
    expect((await deploy(B)).state).toBe('rolled-back');
    expect(await holds()).toMatchObject([{ reason: 'Not now' }]);
  });

  it('is not tried where it is not switched on', async () => {
    cluster.broken.add(B);
    await deploy(A);
    expect(await deploy(B)).toMatchObject({
      state: 'failed',
      reason: { code: 'image-pull' },
      failure: undefined,
    });
    expect(running()).toBe(B);
    expect(await holds()).toEqual([]);
  });

  it('returns to what ran in health before the portal came', async () => {
    await protect({ rollBack: true });
    cluster.broken.add(B);
    expect(await deploy(B)).toMatchObject({
      state: 'rolled-back',
      returnTo: { digest: D, reference: `registry.test/shop/web:old@${D}` },
    });
    expect(running()).toBe(D);
  });

  it.each([
    ['did not run in health', { health: 'Degraded' as const }],
    ['has no known digest', { runningDigest: undefined, runningDigests: [] }],
  ])('stays where it is when what ran before %s', async (_, change) => {
    await protect({ rollBack: true });
    cluster.change('web', change);
    cluster.broken.add(B);
    expect(await deploy(B)).toMatchObject({
      state: 'failed',
      failure: { code: 'image-pull' },
      reason: { code: 'nothing-to-return-to' },
    });
    expect(running()).toBe(B);
    expect(await holds()).toEqual([]);
    expect(await blocked()).toEqual([B]);
  });

  it('passes over what is gone from its registry, failed or never ran', async () => {
    await deploy(A);
    cluster.change('web', { health: 'Stopped' });
    await deploy(C);
    cluster.change('web', { health: 'Healthy' });
    const never = await deploy(C);
    expect(never.state).toBe('succeeded');
    await knex('rollouts')
      .where({ digest: C })
      .update({ healthy_at: null, previous_healthy: null });
    const { image } = newRollout({ digest: B });
    const good = async () => {
      const sequence = Number.MAX_SAFE_INTEGER;
      const last = { targetKey: keyOf('web'), sequence, image };
      return (await room.goodImages.newestBefore(last))?.digest;
    };
    expect(await good()).toBe(A);
    room.state.gone.add(A);
    expect(await good()).toBe(D);
    await knex('blocked_digests').insert({
      target_key: keyOf('web'),
      digest: D,
      rollout_id: 'r',
      created_at: 1,
    });
    expect(await good()).toBeUndefined();
  });

  it('passes over what was never watched to the end of its soak', async () => {
    await protect({ soakMs: 60_000, rollBack: true });
    const worker = room.worker();
    worker.start();
    const soaking = (id: string) =>
      waitFor(
        async () => (await room.rollouts.get(id)).reason?.code === 'soaking',
        { what: 'the soak' },
      );
    const first = await room.enqueue(newRollout({ digest: A }));
    await soaking(first.id);
    cluster.broken.add(B);
    const { id } = await room.enqueue(newRollout({ digest: B }));
    const failed = await waitFor(
      async () => {
        const rollout = await room.rollouts.get(id);
        return rollout.finishedAt !== undefined && rollout;
      },
      { what: 'the return' },
    );
    await worker.stop();
    expect(failed).toMatchObject({
      state: 'rolled-back',
      previous: { digest: A },
      returnTo: { digest: D },
    });
  });

  it('never returns a rollback', async () => {
    await protect({ rollBack: true });
    await deploy(A);
    cluster.broken.add(B);
    expect(await deploy(B, { cause: 'rollback' })).toMatchObject({
      state: 'failed',
      reason: { code: 'image-pull' },
      failure: undefined,
    });
    expect(running()).toBe(B);
  });

  it('says so when the return fails as well, and what is set then', async () => {
    await protect({ rollBack: true });
    await deploy(A);
    cluster.broken.add(A).add(B);
    expect(await deploy(B)).toMatchObject({
      state: 'failed',
      failure: { code: 'image-pull' },
      reason: {
        code: 'return-failed',
        params: { image: 'main', detail: 'Cannot pull the image' },
      },
    });
    expect(running()).toBe(A);
    expect(await desired()).toBe(A);
    expect(await holds()).toHaveLength(1);
  });

  it('says so when it cannot be written', async () => {
    await protect({ rollBack: true });
    await deploy(A);
    cluster.broken.add(B);
    cluster.beforeEnd = () => {
      cluster.applyErrors.push(new DriverError('forbidden', 'May not patch'));
      cluster.beforeEnd = undefined;
    };
    expect(await deploy(B)).toMatchObject({
      state: 'failed',
      reason: { code: 'return-failed', params: { detail: 'May not patch' } },
    });
    expect(running()).toBe(B);
    expect(await desired()).toBe(B);
    expect(await holds()).toHaveLength(1);
  });

  it('waits for a cluster that is away', async () => {
    await protect({ rollBack: true });
    await deploy(A);
    cluster.broken.add(B);
    cluster.beforeEnd = () => {
      const { length } = cluster.applyErrors;
      cluster.applyErrors[length] = new DriverError(
        'cluster-unreachable',
        'No route to host',
      );
      cluster.beforeEnd = undefined;
    };
    const failed = await deploy(B);
    expect(failed).toMatchObject({
      state: 'rolling-back',
      reason: { code: 'cluster-unreachable' },
    });
    await room.later();
    expect((await room.run(failed.id)).state).toBe('rolled-back');
    expect(running()).toBe(A);
  });

  it('does not write over what somebody else set meanwhile', async () => {
    await protect({ rollBack: true });
    await deploy(A);
    cluster.broken.add(B);
    const { id } = await room.enqueue(newRollout({ digest: B }));
    const ended = await room.run(id, (name, when) => {
      if (name === 'newestBefore' && when === 'after') {
        cluster.change('web', { image: 'else:where' });
      }
    });
    expect(ended).toMatchObject({
      state: 'failed',
      reason: { code: 'return-failed' },
    });
    expect(cluster.workload('web').image).toBe('else:where');
  });

  it('knows the image by its digest when a policy wrote a mirror', async () => {
    await protect({ rollBack: true });
    await deploy(A);
    cluster.broken.add(B);
    const { id } = await room.enqueue(newRollout({ digest: B }));
    const ended = await room.run(id, (name, when) => {
      if (name === 'newestBefore' && when === 'after') {
        cluster.change('web', { image: `mirror.test/hub/web@${B}` });
      }
    });
    expect(ended.state).toBe('rolled-back');
  });

  it('gives way to a person, who says what is held', async () => {
    await protect({ rollBack: true });
    await deploy(A);
    cluster.broken.add(B);
    const { id } = await room.enqueue(newRollout({ digest: B }));
    let person: StoredRollout | undefined;
    const interrupted = await room.run(id, async (name, when) => {
      if (name === 'apply' && when === 'after' && running() === A) {
        person ??= await room.enqueue(newRollout({ digest: C }));
      }
    });
    // Noticed by the renewal of the lease, or by who takes it next.
    expect(interrupted.interruptedBy ?? person?.id).toBe(person?.id);
    if (interrupted.state === 'rolling-back') {
      await room.later();
      await room.run(id);
    }
    expect((await room.run(person!.id)).state).toBe('succeeded');
    expect(running()).toBe(C);
    expect(await blocked()).toEqual([B]);
  });

  it('ends for a person in the middle, and goes on when that is cancelled', async () => {
    await protect({ rollBack: true });
    await deploy(A);
    cluster.broken.add(B);
    cluster.beforeEnd = () => {
      cluster.applyErrors.push(new DriverError('server-error', 'Try later'));
      cluster.beforeEnd = undefined;
    };
    const failed = await deploy(B);
    const person = await room.enqueue(newRollout({ digest: C }));
    await room.rollouts.transaction(async trx => {
      await room.targetStore.lock(trx, failed.targetKey);
      await room.queue.cancel(trx, person, { code: 'x', message: 'x' });
    });
    const again = await room.enqueue(newRollout({ digest: C }));
    await room.later();
    expect(await room.run(failed.id)).toMatchObject({
      state: 'failed',
      reason: { code: 'return-interrupted', params: { rollout: again.id } },
    });
    expect(await holds()).toEqual([]);
    expect((await room.run(again.id)).state).toBe('succeeded');
  });

  it('happens to what did not stay healthy', async () => {
    await deploy(A);
    await protect({ rollBack: true, soakMs: 60_000, restartBudget: 1 });
    const pod = { name: 'web-1', phase: 'Running', ready: true, current: true };
    cluster.looks.set(B, [
      { phase: 'progressing', pods: [] },
      {
        phase: 'complete',
        readyReplicas: 1,
        pods: [{ ...pod, restarts: 2 }],
      },
    ]);
    expect(await deploy(B)).toMatchObject({
      state: 'rolled-back',
      failure: { code: 'restart-budget-exceeded' },
    });
  });

  it('does not happen while a registry refuses for now', async () => {
    await protect({ rollBack: true, deadlineMs: 10_000 });
    await deploy(A);
    const reason = {
      code: REGISTRY_REFUSES_FOR_NOW,
      message: 'The registry holds the image back for now.',
      params: {
        cause: 'held-back',
        detail: '412: current image without vulnerability scanning',
      },
    };
    cluster.looks.set(B, [{ reason }]);
    cluster.beforeEnd = undefined;
    let seen: StoredRollout | undefined;
    const { id } = await room.enqueue(newRollout({ digest: B }));
    const done = await room.run(id, async (name, when) => {
      if (name === 'look' && when === 'after') {
        seen ??= await room.rollouts.get(id);
      }
    });
    expect(seen).toMatchObject({
      state: 'progressing',
      reason: {
        code: 'registry-scans',
        message: 'Waiting: Harbor is scanning',
      },
    });
    expect(done.state).toBe('succeeded');
    expect(await blocked()).toEqual([]);
    expect(await holds()).toEqual([]);
  });

  /**
   * Runs a rollout and kills it at one step after it has failed; undefined when
   * there is none.
   */
  async function killAt(id: string, point: number) {
    let passed = 0;
    let failed = false;
    return Promise.race([
      new Promise<string>(resolve => {
        room
          .run(id, (name, when) => {
            failed ||= name === 'newestBefore';
            if (!failed || ++passed !== point) {
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
          (await room.rollouts.get(id)).state === 'rolled-back' && {
            over: true,
          },
        { what: 'the end or the kill' },
      ).then(() => undefined),
    ]);
  }

  /** As another worker, unless it was over when it was killed. */
  const goOn = async (id: string) => {
    const { finishedAt } = await room.rollouts.get(id);
    return finishedAt ? room.rollouts.get(id) : room.run(id);
  };

  it('ends truthfully after a kill at any step', async () => {
    await protect({ rollBack: true });
    const points: string[] = [];
    for (let point = 1; ; point++) {
      for (const table of tables.filter(name => name !== 'environments')) {
        await knex(table).delete();
      }
      begin();
      await deploy(A);
      cluster.broken.add(B);
      const { id } = await room.enqueue(newRollout({ digest: B }));
      const where = await killAt(id, point);
      if (where === undefined) {
        break;
      }
      points.push(where);
      room.bury();
      await room.later();
      const ended = await goOn(id);
      expect([where, ended.state]).toEqual([where, 'rolled-back']);
      expect([where, running(), await desired()]).toEqual([where, A, A]);
      expect([where, await blocked()]).toEqual([where, [B]]);
      expect(await holds()).toHaveLength(1);
    }
    expect(points.length).toBeGreaterThan(12);
    expect(points).toContain('after apply');
  }, 120_000);
});
