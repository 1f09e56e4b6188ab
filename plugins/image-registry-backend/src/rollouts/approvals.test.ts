import { digestOf } from '../testing';
import { as, Caller } from '../testing/people';
import { protectedPortal } from '../testing/protectedPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const owners = 'group:default/team-shop';

/** Who has to agree to a deploy, through the whole plugin. */
describe('approvals', () => {
  const room = protectedPortal();
  const { approve, call, deploy, gate, get, protect, sleepLong, until } = room;

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
    expect(room.portal.notifications).toMatchObject([
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
    const rejected = await room.portal.call(
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
    expect(room.portal.outcomes).toContain('image-deploy/reject: success');
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
    await room.knex('rollouts').update({ approval_deadline: Date.now() - 1 });
    expect((await approve(body.id, 'second-owner')).status).toBe(409);
    await room.portal.scheduler.triggerTask(
      'image-registry-end-what-has-its-time',
    );
    expect((await get(body.id)).reason?.code).toBe('approval-lapsed');
    expect((await get(body.id)).state).toBe('rejected');
  });

  it('leaves what runs alone until what interrupts it may go', async () => {
    room.portal.cluster.beforeEnd = () => new Promise<void>(() => {});
    const running = await deploy('b');
    await until(running.body.id, 'progressing');
    await protect({ approvals: { count: 1 } });
    const asked = await deploy('c');
    expect(
      (await room.knex('rollouts').where({ id: running.body.id }))[0]
        .interrupted_by,
    ).toBe(null);
    room.portal.cluster.beforeEnd = undefined;
    expect((await approve(asked.body.id, 'second-owner', C)).status).toBe(200);
    expect((await until(running.body.id, 'failed')).reason?.code).toBe(
      'interrupted',
    );
    await until(asked.body.id, 'succeeded');
  });
});
