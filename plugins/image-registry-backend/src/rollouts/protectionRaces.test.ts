import { RolloutState } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { Access, Actor } from '../access';
import { digestOf, eachDatabase, keyOf, newRollout } from '../testing';
import { FakeCluster } from '../testing/FakeCluster';
import { rolloutRoom } from '../testing/rolloutRoom';
import { component } from '../testing/startPortal';
import { Approvals } from './Approvals';
import { ApprovalStore } from './ApprovalStore';
import { ProtectionAdmission } from './ProtectionAdmission';

const team = 'group:default/team-shop';
const digest = digestOf('a');

function person(name: string): Actor {
  return {
    kind: 'user',
    ref: `user:default/${name}`,
    ownershipEntityRefs: [`user:default/${name}`, team],
  } as Actor;
}

/** Everybody may read; who may approve is what is tested here. */
const access = {
  mayOnEntity: async () => true,
  requireEntity: async () => component('web'),
} as unknown as Access;

describe.each(eachDatabase())('protection under way, $name', database => {
  let knex: Knex;
  let cluster: FakeCluster;
  let room: ReturnType<typeof rolloutRoom>;
  let approvals: Approvals;

  beforeAll(async () => {
    knex = await database.create();
  });

  beforeEach(async () => {
    for (const table of ['rollouts', 'approvals', 'environments', 'freezes']) {
      await knex(table).delete();
    }
    cluster = new FakeCluster();
    cluster.add('web');
    room = rolloutRoom(knex, cluster);
    const store = ApprovalStore.create({ knex });
    approvals = new Approvals({ ...room, access, approvals: store });
    room.queue.setAdmission(
      new ProtectionAdmission({ ...room, approvals: store }),
    );
  });

  const protect = (count: number) =>
    room.environments.create({
      name: 'production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
      protection: { approvals: { count } },
    });
  const ask = (change: Parameters<typeof newRollout>[0] = {}) =>
    room.enqueue(newRollout({ owners: [team], ...change }));
  /** As the worker asks for the automation. */
  const askAutomatic = async (change: { digest?: string } = {}) => {
    const rollout = await ask({ ...change, cause: 'policy' });
    await knex.transaction(trx =>
      ApprovalStore.create({ knex }).ask(
        trx,
        rollout.id,
        { required: 1, approvers: [team], notBy: rollout.author },
        60_000,
      ),
    );
    return rollout;
  };
  const stateOf = async (id: string): Promise<RolloutState> =>
    (await room.rollouts.get(id)).state;
  const settled = (promises: Array<Promise<unknown>>) =>
    Promise.allSettled(promises).then(all => all.map(({ status }) => status));

  it('counts each of two who approve at once', async () => {
    await protect(2);
    const { id } = await ask();
    expect(
      await settled([
        approvals.approve(person('bob'), id, { digest }),
        approvals.approve(person('eve'), id, { digest }),
      ]),
    ).toEqual(['fulfilled', 'fulfilled']);
    expect((await room.run(id)).state).toBe('succeeded');
  });

  it('counts one who approves twice at once one time', async () => {
    await protect(2);
    const { id } = await ask();
    const both = await settled(
      [1, 2].map(() => approvals.approve(person('bob'), id, { digest })),
    );
    expect(both.sort()).toEqual(['fulfilled', 'rejected']);
    expect((await room.rollouts.get(id)).approval?.given).toHaveLength(1);
    expect((await room.run(id)).state).toBe('waiting');
  });

  it('either supersedes what is being approved, or waits behind it', async () => {
    await protect(1);
    const older = await askAutomatic();
    const [approved, [newer]] = await Promise.all([
      settled([approvals.approve(person('bob'), older.id, { digest })]),
      Promise.all([askAutomatic({ digest: digestOf('b') })]),
    ]);
    const stands = approved[0] === 'fulfilled';
    expect(await stateOf(older.id)).toBe(stands ? 'queued' : 'superseded');
    const tried = await room.run(newer.id);
    expect(tried.reason?.code).toBe(
      stands ? 'waits-behind' : 'waits-for-approval',
    );
    expect(tried.state).toBe('waiting');
  });

  it('supersedes what nobody has approved yet', async () => {
    await protect(1);
    const older = await askAutomatic();
    await askAutomatic({ digest: digestOf('b') });
    expect(await stateOf(older.id)).toBe('superseded');
    await expect(
      approvals.approve(person('bob'), older.id, { digest }),
    ).rejects.toThrow(/this rollout is superseded/);
  });

  it('lets nothing overtake what somebody has approved, but what saves', async () => {
    await protect(1);
    const approved = await askAutomatic();
    await approvals.approve(person('bob'), approved.id, { digest });
    const newer = await ask({ digest: digestOf('b') });
    expect(await stateOf(approved.id)).toBe('queued');
    const waiting = await room.run(newer.id);
    expect([waiting.state, waiting.gates[0].reason?.code]).toEqual([
      'waiting',
      'waits-behind',
    ]);
    const emergency = await ask({
      digest: digestOf('c'),
      emergency: { reason: 'the shop is down' },
    });
    expect((await room.run(emergency.id)).state).toBe('succeeded');
    expect((await room.rollouts.get(newer.id)).nextAttemptAt).toBe(undefined);
    expect((await room.run(newer.id)).state).toBe('cancelled');
    expect((await room.run(approved.id)).state).toBe('superseded');
  });

  it('passes an interruption on to what may begin, not to what waits', async () => {
    const running = await ask();
    await knex('rollouts')
      .where({ id: running.id })
      .update({ state: 'progressing' });
    await room.freezes.put({ reason: 'fair', author: 'user:default/admin' });
    const waits = await ask({ digest: digestOf('b') });
    const endsFor = async () =>
      (await room.rollouts.get(running.id)).interruptedBy;
    const cancelEmergency = async () => {
      const { id, targetKey } = await ask({
        digest: digestOf('c'),
        emergency: { reason: 'the shop is down' },
      });
      expect(await endsFor()).toBe(id);
      await room.rollouts.transaction(async trx => {
        await room.targetStore.lock(trx, targetKey);
        await room.queue.cancel(trx, await room.rollouts.get(id, trx), {
          code: 'cancelled',
          message: 'Cancelled',
        });
      });
    };
    expect(await endsFor()).toBe(undefined);
    await cancelEmergency();
    expect(await endsFor()).toBe(undefined);
    await room.freezes.lift(undefined);
    await cancelEmergency();
    expect(await endsFor()).toBe(waits.id);
  });

  it('asks the registry again for what it told after it was asked', async () => {
    await room.environments.create({
      name: 'production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
      protection: { gates: { scan: { worst: 'low' } } },
    });
    const { id } = await ask();
    const of = { registryId: 'local', repository: 'shop/web' };
    const evidence = async () => ({
      readAt: new Date().toISOString(),
      registry: 'Local',
      news: await room.imageNews.count(of),
      scan: { state: 'told' as const, value: { status: 'finished' as const } },
    });
    const outdated = await evidence();
    await room.imageNews.add(of);
    await room.gateStore.setEvidence(id, outdated);
    const waiting = await room.run(id);
    expect([waiting.state, waiting.reason?.code]).toEqual([
      'waiting',
      'evidence-outdated',
    ]);
    expect(Date.parse(waiting.nextAttemptAt!)).toBeLessThanOrEqual(Date.now());
    await room.gateStore.setEvidence(id, await evidence());
    expect((await room.run(id)).state).toBe('succeeded');
  });

  it('applies nothing after a freeze was set, however it falls', async () => {
    const { id } = await ask();
    let set: Promise<unknown> | undefined;
    const ran = await room.run(id, (name, when) => {
      if (name === 'transaction' && when === 'before') {
        set ??= room.freezes
          .put({ reason: 'fair', author: 'user:default/admin' })
          .then(async () => {
            const { state } = await room.rollouts.get(id);
            return state;
          });
      }
    });
    const stateWhenSet = await set;
    expect(['waiting', 'succeeded']).toContain(ran.state);
    expect([ran.state, stateWhenSet]).not.toEqual(['succeeded', 'queued']);
    const late = await ask({ digest: digestOf('b') });
    expect((await room.run(late.id)).reason?.code).toBe('portal-frozen');
    expect(cluster.applied).toHaveLength(ran.state === 'succeeded' ? 1 : 0);
  });

  it('keeps the deadline of the first question', async () => {
    await protect(1);
    const { id, approval, targetKey } = await ask();
    await knex.transaction(trx =>
      ApprovalStore.create({ knex }).ask(
        trx,
        id,
        { required: 3, approvers: ['group:default/sre'], notBy: 'x' },
        1,
      ),
    );
    expect((await room.rollouts.get(id)).approval).toEqual({
      ...approval,
      required: 3,
      approvers: ['group:default/sre'],
      notBy: 'x',
    });
    expect(targetKey).toBe(keyOf('web'));
  });

  it('keeps one freeze of each scope, and tells those in force', async () => {
    const put = (entityRef: string | undefined, endsInMs?: number) =>
      room.freezes.put({
        entityRef,
        reason: 'fair',
        author: 'user:default/admin',
        endsAt:
          endsInMs === undefined
            ? undefined
            : new Date(Date.now() + endsInMs).toISOString(),
      });
    const web = 'component:default/web';
    const ended: Array<string | undefined> = [];
    room.freezes.onEnd(async entityRef => {
      ended.push(entityRef);
    });
    await put(web, -1);
    await put(web, 60_000);
    await put('component:default/api');
    await put(undefined);
    const refs = (items: Array<{ entityRef?: string }>) =>
      items.map(({ entityRef }) => entityRef);
    expect(refs(await room.freezes.of(web))).toEqual([undefined, web]);
    expect(await room.freezes.list()).toHaveLength(3);
    await knex('freezes').where({ scope: web }).update({ ends_at: 1 });
    expect(refs(await room.freezes.of(web))).toEqual([undefined]);
    expect(refs(await room.freezes.removeEnded())).toEqual([web]);
    await room.freezes.lift(undefined);
    await expect(room.freezes.lift(undefined)).rejects.toThrow(/not frozen/);
    expect(ended).toEqual([web, undefined]);
  });
});
