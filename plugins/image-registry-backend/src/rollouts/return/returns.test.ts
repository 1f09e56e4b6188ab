import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { digestOf, eachDatabase, waitFor } from '../../testing';
import { as, Caller } from '../../testing/people';
import { component, Portal, startPortal } from '../../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const secret = 'p4ss-w0rd-of-the-registry';

/** What people see and do after a failure, through the whole plugin. */
describe.each(eachDatabase())('failures by REST, $name', database => {
  let knex: Knex;
  let portal: Portal;

  beforeEach(async () => {
    knex = await database.create();
    portal = await startPortal({ knex, entities: [component('web')] });
    portal.cluster.add('web', { image: `registry.test/shop/web:old@${C}` });
    portal.registry.push('shop/web:old', C);
    portal.registry.push('shop/web:good', A);
    portal.registry.push('shop/web:bad', B);
    portal.cluster.broken.add(B);
    portal.cluster.left = {
      logs: [
        {
          pod: 'web-1',
          container: 'web',
          previous: false,
          text: `Authorization: Bearer ${secret}\nREDIS_URL is not set\n`,
        },
      ],
      events: [],
      pullMessages: [],
      truncated: false,
    };
    await portal.call('POST', '/environments', as('admin'), {
      name: 'production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
      protection: { health: { rollBack: true } },
    });
  });

  afterEach(() => portal.stop());

  const read = (path: string, caller: Caller = 'owner') =>
    portal.call('GET', path, as(caller));
  const ended = (id: string): Promise<Rollout> =>
    waitFor(
      async () => {
        const { body } = await read(`/rollouts/${id}`);
        return body.finishedAt !== undefined && body;
      },
      { what: `the end of ${id}` },
    );
  const deploy = async (tag: string): Promise<Rollout> => {
    const { body } = await portal.call('POST', '/rollouts', as('owner'), {
      entityRef: 'component:default/web',
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository: 'shop/web', tag },
    });
    return ended(body.id);
  };
  const rollBack = (id: string, body = {}) =>
    portal.call('POST', `/rollouts/${id}/rollback`, as('owner'), body);

  it('are returned, told, held, and not tried again but by a person', async () => {
    await deploy('good');
    const failed = await deploy('bad');
    expect(failed).toMatchObject({
      state: 'rolled-back',
      failure: { code: 'image-pull' },
      reason: { code: 'returned', params: { image: 'good' } },
      returnTo: { digest: A, tag: 'good' },
      hasEvidence: true,
    });
    const { body: listed } = await read(
      '/rollouts?entityRef=component:default/web',
    );
    expect(listed.items.map((item: Rollout) => item.hasEvidence)).toEqual([
      true,
      undefined,
    ]);
    const { body: targets } = await read(
      '/targets?entityRef=component:default/web',
    );
    expect(targets.items).toMatchObject([
      {
        digest: A,
        desiredDigest: A,
        hold: { because: { code: 'held-after-return' } },
      },
    ]);
    expect(portal.notifications.map(({ payload }) => payload.title)).toEqual([
      'Rolled back: web bad in production',
    ]);

    portal.cluster.broken.clear();
    const { body: retried } = await portal.call(
      'POST',
      `/rollouts/${failed.id}/retry`,
      as('owner'),
      {},
    );
    expect((await ended(retried.id)).state).toBe('succeeded');
    expect(await knex('blocked_digests')).toEqual([]);
  });

  it('leave evidence without secrets, for who may read the logs', async () => {
    const { id } = await deploy('bad');
    const { status, body, text } = await read(`/rollouts/${id}/evidence`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      rolloutId: id,
      logs: [{ text: 'Authorization: Bearer ***\nREDIS_URL is not set\n' }],
    });
    expect(text).not.toContain(secret);
    expect((await read(`/rollouts/${id}/evidence`, 'nobody')).status).toBe(401);
    const { id: fine } = await deploy('good');
    for (const none of [`${fine}`, 'no-such-rollout']) {
      expect((await read(`/rollouts/${none}/evidence`)).status).toBe(404);
    }
  });

  it('are returned by hand to the newest that exists', async () => {
    const first = await deploy('good');
    expect((await read(`/rollouts/${first.id}/returns`)).body).toMatchObject({
      previous: { digest: C, tag: 'old' },
      there: 'yes',
    });
    portal.registry.push('shop/web:next', digestOf('d'));
    const second = await deploy('next');
    const returns = async () =>
      (await read(`/rollouts/${second.id}/returns`)).body;
    expect(await returns()).toMatchObject({
      previous: { digest: A },
      there: 'yes',
    });
    portal.registry.remove('shop/web:good');
    const offer = await returns();
    expect(offer).toMatchObject({ there: 'no', offered: { digest: C } });

    const refused = await rollBack(second.id);
    expect([refused.status, refused.body.error.message]).toEqual([
      409,
      expect.stringContaining(`still exists is old (${C})`),
    ]);
    const never = await rollBack(second.id, { digest: B });
    expect([never.status, never.body.error.message]).toEqual([
      409,
      expect.stringContaining('was not healthy here'),
    ]);
    const { status, body } = await rollBack(second.id, { digest: C });
    expect(status).toBe(202);
    expect(await ended(body.id)).toMatchObject({
      state: 'succeeded',
      cause: 'rollback',
      image: { digest: C },
    });

    portal.registry.remove('shop/web:old');
    expect(await returns()).toMatchObject({
      there: 'no',
      reason: { code: 'no-image-to-return-to' },
    });
  });
});
