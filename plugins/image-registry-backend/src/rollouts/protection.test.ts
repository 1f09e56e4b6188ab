import {
  Protection,
  RolloutDetails,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { digestOf, sqlite, waitFor } from '../testing';
import { as, Caller } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
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
  const database = sqlite();
  let knex: Knex;
  let portal: Portal;
  let environment: { id: string; version: number };

  beforeAll(async () => {
    knex = await database.create();
    portal = await startPortal({
      knex,
      entities: [component('web'), component('api')],
    });
    portal.registry.push('shop/web:a', A);
    portal.registry.push('shop/web:b', B);
    portal.registry.push('shop/web:c', C);
    environment = await call('POST', '/environments', 'admin', {
      name: 'production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
    });
  });

  beforeEach(async () => {
    for (const table of ['rollouts', 'freezes', 'holds', 'approvals']) {
      await knex(table).delete();
    }
    portal.cluster.add('web', { image: `registry.test/shop/web:old@${C}` });
    portal.notifications.length = 0;
    await protect({});
  });

  afterAll(() => portal.stop());

  async function call(
    method: string,
    path: string,
    caller: Caller,
    body?: unknown,
  ) {
    return (await portal.call(method, path, as(caller), body)).body;
  }

  async function protect(protection: Protection) {
    const answer = await portal.call(
      'PATCH',
      `/environments/${environment.id}`,
      as('admin'),
      { version: environment.version, protection },
    );
    expect(answer.status).toBe(200);
    environment = answer.body;
  }

  const wish = (tag: string, more: object = {}) => ({
    entityRef: 'component:default/web',
    target: portal.cluster.workload('web').ref,
    image: { registryId: 'local', repository: 'shop/web', tag },
    ...more,
  });
  const deploy = async (tag = 'a', caller: Caller = 'owner', more = {}) =>
    portal.call('POST', '/rollouts', as(caller), wish(tag, more));
  const get = (id: string): Promise<RolloutDetails> =>
    call('GET', `/rollouts/${id}`, 'owner');
  const until = (id: string, ...states: string[]) =>
    waitFor(
      async () => {
        const rollout = await get(id);
        return states.includes(rollout.state) && rollout;
      },
      { what: `${id} to be ${states}` },
    );
  const succeeds = async (tag: string) => {
    const { body } = await deploy(tag);
    return until(body.id, 'succeeded');
  };
  /** Nothing but a call wakes it up. */
  const sleepLong = (id: string) =>
    knex('rollouts')
      .where({ id })
      .update({ next_attempt_at: Date.now() + hourMs });
  const approve = (id: string, caller: Caller, digest = A) =>
    portal.call('POST', `/rollouts/${id}/approve`, as(caller), { digest });
  const gate = ({ gates }: RolloutDetails, name: string) =>
    gates.find(each => each.name === name);

  it('waits for as many approvals as are asked for, and asks the owners', async () => {
    await protect({ approvals: { count: 2 } });
    const { body } = await deploy('a', 'restricted-service');
    expect(body.approval).toMatchObject({
      required: 2,
      approvers: [owners],
      notBy: 'service:external:deployer',
      digest: A,
      given: [],
    });
    expect(portal.notifications).toMatchObject([
      {
        recipients: { entityRef: [owners] },
        payload: {
          severity: 'high',
          link: `/catalog/default/component/web/deploy?panel=approval&rollout=${body.id}`,
        },
      },
    ]);
    const waiting = await until(body.id, 'waiting');
    expect(waiting.reason?.code).toBe('waits-for-approval');
    expect(gate(waiting, 'approval')?.state).toBe('waiting');

    expect((await approve(body.id, 'outsider')).status).toBe(403);
    expect((await approve(body.id, 'restricted-service')).status).toBe(403);
    expect((await approve(body.id, 'owner', B)).status).toBe(409);
    expect((await approve(body.id, 'owner')).status).toBe(200);
    expect((await approve(body.id, 'owner')).status).toBe(409);
    await sleepLong(body.id);
    expect(
      (await approve(body.id, 'second-owner')).body.approval,
    ).toMatchObject({
      given: [
        { by: 'user:default/owner' },
        { by: 'user:default/second-owner' },
      ],
    });
    const done = await until(body.id, 'succeeded');
    expect(gate(done, 'approval')).toMatchObject({
      state: 'passed',
      reason: { code: 'approved' },
    });
    expect(done.events.filter(({ type }) => type === 'approved')).toHaveLength(
      2,
    );
    expect((await approve(body.id, 'owner')).status).toBe(409);
  });

  it('lets nobody approve what they asked for, and lists it for the others', async () => {
    await protect({ approvals: { count: 1 } });
    const { body } = await deploy();
    const refused = await approve(body.id, 'owner');
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('asked for it and cannot approve it'),
    ]);
    const listed = (caller: Caller, query = '') =>
      call('GET', `/approvals${query}`, caller);
    expect(await listed('second-owner', '?mine=true')).toMatchObject({
      items: [{ id: body.id, approvable: { ok: true } }],
    });
    for (const [caller, code] of [
      ['owner', 'approver-is-requester'],
      ['outsider', 'not-an-approver'],
    ] as const) {
      expect((await listed(caller, '?mine=true')).items).toEqual([]);
      expect((await listed(caller)).items).toMatchObject([
        { id: body.id, approvable: { ok: false, reason: { code } } },
      ]);
    }
    const rejected = await portal.call(
      'POST',
      `/rollouts/${body.id}/reject`,
      as('second-owner'),
      { reason: 'fair is on' },
    );
    expect(rejected.body).toMatchObject({
      state: 'rejected',
      reason: { code: 'rejected-by' },
      approval: { rejected: { by: 'user:default/second-owner' } },
    });
    expect((await listed('second-owner')).items).toEqual([]);
    expect(portal.outcomes).toContain('image-deploy/reject: success');
  });

  it('asks a named group, owners or not', async () => {
    await protect({
      approvals: { count: 1, group: 'group:default/team-other' },
    });
    const { body } = await deploy();
    expect((await approve(body.id, 'second-owner')).status).toBe(403);
    expect((await approve(body.id, 'outsider')).status).toBe(200);
    await until(body.id, 'succeeded');
  });

  it('rejects what nobody approved in time', async () => {
    await protect({ approvals: { count: 1 } });
    const { body } = await deploy();
    await knex('rollouts').update({ approval_deadline: Date.now() - 1 });
    expect((await approve(body.id, 'second-owner')).status).toBe(409);
    await portal.scheduler.triggerTask('image-registry-end-what-has-its-time');
    expect((await get(body.id)).reason?.code).toBe('approval-lapsed');
    expect((await get(body.id)).state).toBe('rejected');
  });

  it('waits for the end of a freeze, and goes on at once', async () => {
    const frozen = await portal.call('PUT', '/freeze', as('admin'), {
      reason: 'fair',
    });
    expect(frozen.body).toMatchObject({ author: 'user:default/admin' });
    const { body } = await deploy();
    const waiting = await until(body.id, 'waiting');
    expect(waiting.reason).toMatchObject({ code: 'portal-frozen' });
    expect((await call('GET', '/freeze', 'owner')).items).toHaveLength(1);
    await sleepLong(body.id);
    const lifted = await portal.call('DELETE', '/freeze', as('admin'));
    expect(lifted.status).toBe(204);
    await until(body.id, 'succeeded');
    const again = await portal.call('DELETE', '/freeze', as('admin'));
    expect(again.status).toBe(404);
    expect(portal.outcomes).toContain('freeze-mutate/put: success');
  });

  it('freezes one component, by its owners, until an end', async () => {
    const freeze = (caller: Caller, change: object = {}) =>
      portal.call('PUT', '/freeze', as(caller), {
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
    await knex('freezes').update({ ends_at: Date.now() - 1 });
    expect(await of('web')).toEqual([]);
    await sleepLong(body.id);
    await portal.scheduler.triggerTask('image-registry-end-what-has-its-time');
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
    expect(portal.notifications).toMatchObject([
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
    portal.registry.scans.set(A, { status: 'finished', severity: 'critical' });
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
    expect(await knex('rollouts')).toEqual([]);
    portal.registry.scans.clear();
  });

  it('waits for a scan and a signature, and hears of them', async () => {
    await protect({
      gates: { scan: { worst: 'low' }, signature: { kind: 'cosign' } },
    });
    portal.registry.scans.set(A, { status: 'pending' });
    const { body } = await deploy();
    const waiting = await until(body.id, 'waiting');
    expect(waiting.reason?.code).toBe('scan-pending');
    expect(gate(waiting, 'signature')?.reason?.code).toBe('not-signed');
    await sleepLong(body.id);
    portal.registry.scans.set(A, { status: 'finished', severity: 'low' });
    portal.registry.signed.add(A);
    await portal.announce([`shop/web:${A.replace(':', '-')}.sig`]);
    await until(body.id, 'succeeded');
  });

  it('rejects what is found to be bad', async () => {
    await protect({ gates: { scan: { worst: 'low' } } });
    portal.registry.scans.set(B, { status: 'finished', severity: 'high' });
    const { body } = await deploy('b');
    const rejected = await until(body.id, 'rejected');
    expect(rejected.reason?.code).toBe('scan-too-severe');
    expect(gate(rejected, 'scan')?.state).toBe('refused');
  });

  it('leaves what runs alone until what interrupts it may go', async () => {
    portal.cluster.beforeEnd = () => new Promise<void>(() => {});
    const running = await deploy('b');
    await until(running.body.id, 'progressing');
    await protect({ approvals: { count: 1 } });
    const asked = await deploy('c');
    expect(
      (await knex('rollouts').where({ id: running.body.id }))[0].interrupted_by,
    ).toBe(null);
    portal.cluster.beforeEnd = undefined;
    expect((await approve(asked.body.id, 'second-owner', C)).status).toBe(200);
    expect((await until(running.body.id, 'failed')).reason?.code).toBe(
      'interrupted',
    );
    await until(asked.body.id, 'succeeded');
  });

  it('ends holds by themselves', async () => {
    const target = portal.cluster.workload('web').ref;
    const hold = (change: object) =>
      portal.call('POST', '/holds', as('owner'), {
        entityRef: 'component:default/web',
        target,
        reason: 'leak',
        ...change,
      });
    expect((await hold({ expiresAt: 'yesterday' })).status).toBe(400);
    const expiresAt = new Date(Date.now() + hourMs).toISOString();
    expect((await hold({ expiresAt })).body).toMatchObject({ expiresAt });
    expect((await hold({})).status).toBe(409);
    await knex('holds').update({ expires_at: Date.now() - 1 });
    const list = () =>
      call('GET', '/holds?entityRef=component:default/web', 'owner');
    expect((await list()).items).toEqual([]);
    await portal.scheduler.triggerTask('image-registry-end-what-has-its-time');
    expect(await knex('holds')).toEqual([]);
    expect((await hold({})).status).toBe(201);
  });

  it('takes no time zone that nobody knows', async () => {
    const { status, text } = await portal.call(
      'PATCH',
      `/environments/${environment.id}`,
      as('admin'),
      {
        version: environment.version,
        protection: { windows: [{ ...never, timeZone: 'Mars/Olympus' }] },
      },
    );
    expect([status, text]).toEqual([
      400,
      expect.stringContaining('protection.windows.0.timeZone'),
    ]);
  });
});
