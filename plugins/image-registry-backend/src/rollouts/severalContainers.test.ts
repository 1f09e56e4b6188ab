import {
  RolloutDetails,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { digestOf, eachDatabase, waitFor } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';
import { OutsideChanges } from './OutsideChanges';

const [A, B, C, D, E] = ['a', 'b', 'c', 'd', 'e'].map(digestOf);
const entityRef = 'component:default/web';
const image = (repository: string, tag: string) => ({
  registryId: 'local',
  repository,
  tag,
});

describe.each(eachDatabase())('several containers, $name', database => {
  let portal: Portal;

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    const { cluster, registry } = portal;
    cluster.add('web', { image: `registry.test/shop/web:old@${A}` });
    cluster.add('web', {
      container: 'migrate',
      init: true,
      image: `registry.test/shop/migrate:old@${B}`,
    });
    registry.push('shop/web:old', A);
    registry.push('shop/migrate:old', B);
    registry.push('shop/web:new', C);
    registry.push('shop/migrate:new', D);
  });

  afterEach(() => portal.stop());

  const target = () => portal.cluster.workload('web', 'web').ref;
  const wish = (change: object = {}) => ({
    entityRef,
    target: target(),
    image: image('shop/web', 'new'),
    others: [{ container: 'migrate', image: image('shop/migrate', 'new') }],
    ...change,
  });
  const deploy = (
    body: object = wish(),
    headers: Record<string, string> = {},
  ) => portal.call('POST', '/rollouts', { ...as('owner'), ...headers }, body);
  const get = async (id: string): Promise<RolloutDetails> =>
    (await portal.call('GET', `/rollouts/${id}`, as('owner'))).body;
  const ended = (id: string) =>
    waitFor(
      async () => {
        const rollout = await get(id);
        return rollout.finishedAt !== undefined && rollout;
      },
      { what: `the end of ${id}` },
    );
  const runs = () =>
    ['web', 'migrate'].map(
      container =>
        portal.cluster.workload('web', container).image.split('@')[1],
    );

  it('that were not written were changed by nobody', async () => {
    await ended((await deploy()).body.id);
    portal.registry.push('shop/migrate:newer', E);
    portal.cluster.applyErrors.push(new DriverError('invalid', 'Not so'));
    const others = [
      { container: 'migrate', image: image('shop/migrate', 'newer') },
    ];
    await ended((await deploy(wish({ others }))).body.id);
    const changes = OutsideChanges.create({ knex: portal.knex });
    const last = await portal.knex.transaction(trx =>
      changes.lastEnded(trx, targetKey({ ...target(), container: 'migrate' })),
    );
    expect(last).toMatchObject({
      state: 'failed',
      image: { digest: E },
      previous: { digest: D },
    });
  });

  it('change in one write, are told together, and return together', async () => {
    const { body: diff } = await deploy(wish({ dryRun: true }));
    expect(diff.changes.map(({ path }: { path: string }) => path)).toEqual([
      'web.image',
      'migrate.image',
    ]);
    expect(diff.checks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'exists', container: 'migrate' }),
      ]),
    );

    const rollout = await ended((await deploy()).body.id);
    expect(rollout).toMatchObject({
      state: 'succeeded',
      previous: { digest: A },
      others: [
        { container: 'migrate', image: { digest: D }, previous: { digest: B } },
      ],
    });
    expect(portal.cluster.applied).toHaveLength(1);
    expect(runs()).toEqual([C, D]);

    const { body: back } = await portal.call(
      'POST',
      `/rollouts/${rollout.id}/rollback`,
      as('owner'),
      {},
    );
    await ended(back.id);
    expect(runs()).toEqual([A, B]);
    const { body: again } = await portal.call(
      'POST',
      `/rollouts/${rollout.id}/retry`,
      as('owner'),
      {},
    );
    await ended(again.id);
    expect(runs()).toEqual([C, D]);
  });

  it('go back past a freeze to what was healthy here, and to nothing else', async () => {
    const freeze = (method: 'PUT' | 'DELETE') =>
      portal.call(method, '/freeze', as('admin'), { reason: 'Black Friday' });
    const rollBack = async (id: string): Promise<string> =>
      (await portal.call('POST', `/rollouts/${id}/rollback`, as('owner'), {}))
        .body.id;

    const first = await ended((await deploy()).body.id);
    await freeze('PUT');
    expect(await ended(await rollBack(first.id))).toMatchObject({
      state: 'succeeded',
    });
    expect(runs()).toEqual([A, B]);
    await freeze('DELETE');

    portal.registry.push('shop/migrate:hotfix', E);
    portal.cluster.add('web', {
      container: 'migrate',
      init: true,
      image: `registry.test/shop/migrate:hotfix@${E}`,
    });
    const second = await ended((await deploy()).body.id);
    expect(second.others?.[0].previous?.digest).toBe(E);
    await freeze('PUT');
    const back = await rollBack(second.id);
    const waiting = await waitFor(
      async () => {
        const rollout = await get(back);
        return rollout.state === 'waiting' && rollout;
      },
      { what: 'a rollback that waits' },
    );
    expect(waiting.gates).toContainEqual(
      expect.objectContaining({ name: 'freeze', state: 'waiting' }),
    );
    expect(runs()).toEqual([C, D]);
  });

  it('count for the idempotency key, and are refused when they cannot be', async () => {
    const key = { 'idempotency-key': 'press-once' };
    const first = await deploy(wish(), key);
    expect(first.status).toBe(202);
    expect((await deploy(wish(), key)).body.id).toBe(first.body.id);
    expect((await deploy(wish({ others: undefined }), key)).status).toBe(409);
    await ended(first.body.id);

    const twice = { container: 'web', image: image('shop/web', 'old') };
    expect((await deploy(wish({ others: [twice] }))).status).toBe(400);
    const unknown = { container: 'none', image: image('shop/web', 'old') };
    expect((await deploy(wish({ others: [unknown] }))).status).toBe(404);
  });

  it('are one rollout for everybody who wants one of them', async () => {
    let resume = () => {};
    portal.cluster.beforeEnd = () =>
      new Promise<void>(resolve => {
        resume = resolve;
      });
    const both = (await deploy()).body;
    await waitFor(async () => (await get(both.id)).state === 'progressing', {
      what: 'it to be written',
    });
    const { body } = await portal.call(
      'GET',
      `/targets?entityRef=${entityRef}`,
      as('owner'),
    );
    expect(
      body.items.map(
        ({ activeRolloutId }: { activeRolloutId?: string }) => activeRolloutId,
      ),
    ).toEqual([both.id, both.id]);

    // A person who deploys the other container ends the one under way.
    portal.cluster.beforeEnd = undefined;
    const one = await deploy({
      entityRef,
      target: { ...target(), container: 'migrate' },
      image: image('shop/migrate', 'old'),
    });
    expect((await ended(both.id)).reason).toMatchObject({
      code: 'interrupted',
    });
    resume();
    expect((await ended(one.body.id)).state).toBe('succeeded');
    expect(runs()).toEqual([C, B]);
  });
});
