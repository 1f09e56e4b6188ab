import { digestOf } from '../testing';
import { as, Caller } from '../testing/people';
import { protectedPortal } from '../testing/protectedPortal';

const [A, B] = ['a', 'b'].map(digestOf);
const owners = 'group:default/team-shop';
const never = {
  effect: 'deny' as const,
  from: { day: 'monday' as const, time: '00:00' },
  to: { day: 'monday' as const, time: '00:00' },
  timeZone: 'UTC',
};
const hourMs = 60 * 60 * 1000;

/** What an environment asks of deploys, through the whole plugin. */
describe('protection', () => {
  const room = protectedPortal();
  const {
    call,
    changeProtection,
    deploy,
    gate,
    protect,
    sleepLong,
    succeeds,
    until,
  } = room;

  it('waits for the end of a freeze, and goes on at once', async () => {
    const frozen = await room.portal.call('PUT', '/freeze', as('admin'), {
      reason: 'fair',
    });
    expect(frozen.body).toMatchObject({ author: 'user:default/admin' });
    const { body } = await deploy();
    const waiting = await until(body.id, 'waiting');
    expect(waiting.reason).toMatchObject({ code: 'portal-frozen' });
    expect((await call('GET', '/freeze', 'owner')).items).toHaveLength(1);
    await sleepLong(body.id);
    const lifted = await room.portal.call('DELETE', '/freeze', as('admin'));
    expect(lifted.status).toBe(204);
    await until(body.id, 'succeeded');
    const again = await room.portal.call('DELETE', '/freeze', as('admin'));
    expect(again.status).toBe(404);
    expect(room.portal.outcomes).toContain('freeze-mutate/put: success');
  });

  it('freezes one component, by its owners, until an end', async () => {
    const freeze = (caller: Caller, change: object = {}) =>
      room.portal.call('PUT', '/freeze', as(caller), {
        entityRef: 'component:default/web',
        reason: 'leak',
        ...change,
      });
    expect((await freeze('outsider')).status).toBe(403);
    expect(
      (await freeze('owner', { endsAt: '2020-01-01T00:00:00Z' })).status,
    ).toBe(400);
    const endsAt = new Date(Date.now() + hourMs).toISOString();
    expect((await freeze('owner', { endsAt })).body).toMatchObject({ endsAt });
    const { body } = await deploy();
    expect((await until(body.id, 'waiting')).reason?.code).toBe(
      'component-frozen',
    );
    const of = async (name: string) =>
      (
        await call(
          'GET',
          `/freeze?entityRef=component:default/${name}`,
          'owner',
        )
      ).items;
    expect([(await of('web')).length, (await of('api')).length]).toEqual([
      1, 0,
    ]);
    await room.knex('freezes').update({ ends_at: Date.now() - 1 });
    expect(await of('web')).toEqual([]);
    await sleepLong(body.id);
    await room.portal.scheduler.triggerTask(
      'image-registry-end-what-has-its-time',
    );
    await until(body.id, 'succeeded');
  });

  it('waits for a window, until the protection is another one', async () => {
    await protect({ windows: [never] });
    const { body } = await deploy();
    expect((await until(body.id, 'waiting')).reason?.code).toBe(
      'window-never-opens',
    );
    await sleepLong(body.id);
    await protect({ windows: [{ ...never, effect: 'allow' }] });
    await until(body.id, 'succeeded');
  });

  it('goes back to what was healthy past every gate, and nowhere else', async () => {
    await succeeds('a');
    const forward = await succeeds('b');
    await protect({
      approvals: { count: 1 },
      windows: [never],
      gates: { minimumAgeMs: hourMs, scan: { worst: 'none' } },
    });
    await call('PUT', '/freeze', 'admin', { reason: 'fair' });
    const back = await call(
      'POST',
      `/rollouts/${forward.id}/rollback`,
      'owner',
      {},
    );
    const done = await until(back.id, 'succeeded');
    expect(done.approval).toBe(undefined);
    for (const name of ['freeze', 'window', 'approval', 'age', 'scan']) {
      expect([name, gate(done, name)?.state]).toEqual([name, 'skipped']);
    }
    expect(done.events.map(({ reason }) => reason?.code)).toContain(
      'was-healthy-here',
    );
    const retried = await call(
      'POST',
      `/rollouts/${forward.id}/retry`,
      'owner',
      {},
    );
    expect((await until(retried.id, 'waiting')).reason?.code).toBe(
      'portal-frozen',
    );
  });

  it('lets who is on call deploy past the gates, and tells', async () => {
    await protect({
      approvals: { count: 1 },
      gates: { signature: { kind: 'any' } },
      emergencyGroup: 'group:default/team-other',
    });
    const emergency = { reason: 'the shop is down' };
    const refused = await deploy('a', 'owner', { emergency });
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('Only members of group:default/team-other'),
    ]);
    expect((await deploy('a', 'outsider')).status).toBe(403);
    const { status, body } = await deploy('a', 'outsider', { emergency });
    expect([status, body.emergency]).toEqual([202, emergency]);
    const done = await until(body.id, 'succeeded');
    expect(
      done.events.find(({ type }) => type === 'gates')?.reason,
    ).toMatchObject({
      code: 'emergency-deploy',
      params: { skipped: 'approval, signature', by: 'user:default/outsider' },
    });
    expect(room.portal.notifications).toMatchObject([
      {
        recipients: { entityRef: [owners] },
        payload: {
          severity: 'critical',
          link: '/catalog/default/component/web/deploy',
        },
      },
    ]);
    await protect({ approvals: { count: 1 } });
    expect((await deploy('b', 'outsider', { emergency })).text).toContain(
      'production names no group',
    );
  });

  it('says in a dry run what will be asked', async () => {
    await protect({
      approvals: { count: 1 },
      windows: [never],
      gates: { scan: { worst: 'low' } },
    });
    room.portal.registry.scans.set(A, {
      status: 'finished',
      severity: 'critical',
    });
    const { body } = await deploy('a', 'owner', { dryRun: true });
    expect(
      body.checks
        .filter(({ name }: { name: string }) => name === 'protection')
        .map((check: { ok: boolean; reason: { code: string } }) => [
          check.ok,
          check.reason.code,
        ]),
    ).toEqual([
      [true, 'window-never-opens'],
      [true, 'waits-for-approval'],
      [false, 'scan-too-severe'],
    ]);
    expect(await room.knex('rollouts')).toEqual([]);
    room.portal.registry.scans.clear();
  });

  it('waits for a scan and a signature, and hears of them', async () => {
    await protect({
      gates: { scan: { worst: 'low' }, signature: { kind: 'cosign' } },
    });
    room.portal.registry.scans.set(A, { status: 'pending' });
    const { body } = await deploy();
    const waiting = await until(body.id, 'waiting');
    expect(waiting.reason?.code).toBe('scan-pending');
    expect(gate(waiting, 'signature')?.reason?.code).toBe('not-signed');
    await sleepLong(body.id);
    room.portal.registry.scans.set(A, { status: 'finished', severity: 'low' });
    room.portal.registry.signed.add(A);
    await room.portal.announce([`shop/web:${A.replace(':', '-')}.sig`]);
    await until(body.id, 'succeeded');
  });

  it('misses no scan that ends while it is being looked at', async () => {
    const { registry, cluster } = room.portal;
    await protect({ gates: { scan: { worst: 'low' } } });
    registry.scans.set(A, { status: 'pending' });
    const { body } = await deploy();
    await until(body.id, 'waiting');
    // Whatever it waits for by itself takes a minute.
    await room.knex('rollouts').update({ attempts: 10 });
    await sleepLong(body.id);
    const list = cluster.listTargets.bind(cluster);
    // The registry has been asked when the cluster is.
    jest.spyOn(cluster, 'listTargets').mockImplementationOnce(async query => {
      registry.scans.set(A, { status: 'finished' });
      await room.portal.announce([`shop/web:${A.replace(':', '-')}.sig`]);
      return list(query);
    });
    await room.portal.announce([`shop/web:${A.replace(':', '-')}.sig`]);
    const done = await until(body.id, 'succeeded');
    expect(gate(done, 'scan')?.state).toBe('passed');
  });

  it('rejects what is found to be bad', async () => {
    await protect({ gates: { scan: { worst: 'low' } } });
    room.portal.registry.scans.set(B, { status: 'finished', severity: 'high' });
    const { body } = await deploy('b');
    const rejected = await until(body.id, 'rejected');
    expect(rejected.reason?.code).toBe('scan-too-severe');
    expect(gate(rejected, 'scan')?.state).toBe('refused');
  });

  it('ends holds by themselves', async () => {
    const target = room.portal.cluster.workload('web').ref;
    const hold = (change: object) =>
      room.portal.call('POST', '/holds', as('owner'), {
        entityRef: 'component:default/web',
        target,
        reason: 'leak',
        ...change,
      });
    expect((await hold({ expiresAt: 'yesterday' })).status).toBe(400);
    const expiresAt = new Date(Date.now() + hourMs).toISOString();
    expect((await hold({ expiresAt })).body).toMatchObject({ expiresAt });
    expect((await hold({})).status).toBe(409);
    await room.knex('holds').update({ expires_at: Date.now() - 1 });
    const list = () =>
      call('GET', '/holds?entityRef=component:default/web', 'owner');
    expect((await list()).items).toEqual([]);
    await room.portal.scheduler.triggerTask(
      'image-registry-end-what-has-its-time',
    );
    expect(await room.knex('holds')).toEqual([]);
    expect((await hold({})).status).toBe(201);
  });

  it('takes no time zone that nobody knows', async () => {
    const { status, text } = await changeProtection({
      windows: [{ ...never, timeZone: 'Mars/Olympus' }],
    });
    expect([status, text]).toEqual([
      400,
      expect.stringContaining('protection.windows.0.timeZone'),
    ]);
  });
});
