import { Hold, Rollout } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { digestOf, sqlite, waitFor } from '../../testing';
import { as } from '../../testing/people';
import { component, Portal, startPortal } from '../../testing/startPortal';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map(digestOf);

describe('a change outside the portal', () => {
  const database = sqlite();
  let portal: Portal;
  let policyId: string;

  const idle = () =>
    waitFor(
      async () =>
        (await portal.knex('rollouts').whereNull('finished_at')).length === 0,
      { what: 'all rollouts to end' },
    );

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    portal.cluster.add('web');
    portal.registry.push('shop/web:main', A);
    portal.registry.push('shop/web:other', D);
    const { body } = await portal.call('POST', '/policies', as('owner'), {
      entityRef: 'component:default/web',
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository: 'shop/web' },
      rule: { kind: 'same-tag', tag: 'main' },
    });
    policyId = body.id;
    await idle();
  });

  afterEach(() => portal.stop());

  const look = () => portal.scheduler.triggerTask('image-registry-drift');

  const rollouts = async (): Promise<Rollout[]> =>
    (await portal.call('GET', '/rollouts', as('owner'))).body.items;

  const holds = async (): Promise<Hold[]> =>
    (
      await portal.call(
        'GET',
        '/holds?entityRef=component:default/web',
        as('owner'),
      )
    ).body.items;

  function edit(image: string, digest?: string, manager = 'kubectl-edit') {
    portal.cluster.change('web', {
      image,
      runningDigest: digest,
      runningDigests: digest ? [digest] : [],
      owners: [
        { manager: 'backstage-image-registry', time: '2026-01-01T00:00:00Z' },
        { manager, time: '2026-01-02T00:00:00Z' },
      ],
    });
  }

  async function push(digest: string) {
    portal.registry.push('shop/web:main', digest);
    const { body } = await portal.announce(['shop/web:main']);
    await waitFor(
      async () =>
        (await portal
          .knex('image_events')
          .where({ delivery_id: body.deliveryId, outcome: 'pending' })
          .first()) === undefined,
      { what: 'the decision' },
    );
    await idle();
  }

  const decisions = async () =>
    (await portal.call('GET', `/decisions?policyId=${policyId}`, as('owner')))
      .body.items;

  it('holds auto deploy, once, and tells who did it; resuming deploys the candidate', async () => {
    const image = `registry.test/shop/web:other@${D}`;
    edit(image, D);
    await look();
    await look();
    expect(await holds()).toMatchObject([
      {
        reason: `kubectl-edit changed the image outside the portal to ${image}`,
        because: { code: 'changed-outside-by', params: { image } },
      },
    ]);
    expect(await rollouts()).toMatchObject([
      {
        cause: 'outside',
        author: 'kubectl-edit',
        state: 'succeeded',
        image: { digest: D, tag: 'other' },
        previous: { digest: A },
      },
      { cause: 'policy' },
    ]);
    await push(B);
    expect((await decisions())[0]).toMatchObject({
      outcome: 'recorded',
      reason: { code: 'would-deploy-held' },
    });
    expect(portal.cluster.workload('web').image).toBe(image);

    // A manager that keeps the field would have to be consented to.
    portal.cluster.change('web', {
      owners: [{ manager: 'backstage-image-registry' }],
    });
    const [{ id }] = await holds();
    await portal.call('DELETE', `/holds/${id}`, as('owner'));
    await idle();
    expect(portal.cluster.workload('web').image).toContain(B);
    await look();
    expect(await holds()).toEqual([]);
  });

  it('is noticed before something else is written over it', async () => {
    edit(`registry.test/shop/web:other@${D}`, D);
    await push(B);
    expect(
      (await rollouts()).map(({ cause, state }) => [cause, state]),
    ).toEqual([
      ['outside', 'succeeded'],
      ['policy', 'cancelled'],
      ['policy', 'succeeded'],
    ]);
    expect(await holds()).toHaveLength(1);
    expect(portal.cluster.workload('web').image).toContain(D);
  });

  it('is none when a deploy was cancelled whose answer was lost', async () => {
    const lost = new DriverError('server-error', 'No answer');
    portal.cluster.applyErrors.push(lost);
    const { body } = await portal.call('POST', '/rollouts', as('owner'), {
      entityRef: 'component:default/web',
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository: 'shop/web', tag: 'other' },
    });
    await waitFor(
      async () =>
        (
          await portal.knex('rollouts').where({ id: body.id }).first()
        ).reason !== null,
      { what: 'the lost answer' },
    );
    await portal.call('POST', `/rollouts/${body.id}/cancel`, as('owner'), {});
    await look();
    expect(
      (await rollouts()).map(({ cause, state }) => [cause, state]),
    ).toEqual([
      ['person', 'cancelled'],
      ['policy', 'succeeded'],
    ]);
  });

  it('is none when a write took effect that was given up', async () => {
    const busy = new DriverError('rate-limited', 'Later', {
      retryAfterMs: 600_000,
    });
    portal.cluster.applyErrors.push(busy);
    const { body } = await portal.call('POST', '/rollouts', as('owner'), {
      entityRef: 'component:default/web',
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository: 'shop/web', tag: 'other' },
    });
    const row = () => portal.knex('rollouts').where({ id: body.id }).first();
    await waitFor(async () => (await row()).state === 'waiting', {
      what: 'the refusal',
    });
    edit(body.image.reference, D, 'backstage-image-registry');
    await look();
    expect((await rollouts()).map(({ cause }) => cause)).toEqual([
      'person',
      'policy',
    ]);
  });

  it.each([
    {
      what: 'the tag given back by GitOps',
      image: 'registry.test/shop/web:old',
    },
    { what: 'an image of nobody knows where', image: 'elsewhere.test/x:1' },
  ])('is $what', async ({ image }) => {
    edit(image, C, 'argocd-controller');
    await look();
    expect(await holds()).toMatchObject([
      { because: { params: { manager: 'argocd-controller', image } } },
    ]);
  });

  it.each([
    {
      what: 'its digest under another tag',
      image: `registry.test/shop/web:v1@${A}`,
    },
    { what: 'one platform of it', image: `registry.test/shop/web@${A}-arm64` },
    {
      what: 'its tag, with pods of it',
      image: 'registry.test/shop/web:main',
      digest: A,
    },
    { what: 'its tag, without pods', image: 'registry.test/shop/web:main' },
  ])('is not $what', async ({ image, digest }) => {
    portal.registry.describe(A, { architectures: ['amd64', 'arm64'] });
    edit(image, digest);
    await look();
    expect(await holds()).toEqual([]);
    expect(await rollouts()).toHaveLength(1);
  });

  it('is no reason to hold when it is what the policy would deploy', async () => {
    portal.registry.push('shop/web:main', B);
    await portal.knex('policies').update({ head_digest: B });
    edit(`registry.test/shop/web:main@${B}`, B);
    await look();
    expect(await holds()).toEqual([]);
    expect((await rollouts())[0].cause).toBe('outside');
  });

  it('is no reason to hold when auto deploy is turned on afterwards', async () => {
    const patch = async (enabled: boolean) => {
      const { body } = await portal.call(
        'GET',
        `/policies/${policyId}`,
        as('owner'),
      );
      await portal.call('PATCH', `/policies/${policyId}`, as('owner'), {
        version: body.version,
        enabled,
      });
    };
    await patch(false);
    edit(`registry.test/shop/web:other@${D}`, D);
    portal.cluster.change('web', {
      owners: [{ manager: 'backstage-image-registry' }],
    });
    await patch(true);
    await idle();
    expect(await holds()).toEqual([]);
    expect((await rollouts()).map(({ cause }) => cause)).toEqual([
      'policy',
      'outside',
      'policy',
    ]);
    expect(portal.cluster.workload('web').image).toContain(A);
  });

  it('that starts what was stopped has it decided again, once', async () => {
    portal.cluster.change('web', { health: 'Stopped', replicas: 0 });
    await push(B);
    await look();
    expect((await rollouts())[0]).toMatchObject({
      state: 'cancelled',
      reason: { code: 'stopped' },
    });
    expect(portal.cluster.workload('web').image).toContain(A);

    portal.cluster.change('web', { health: 'Healthy', replicas: 1 });
    await look();
    await idle();
    await look();
    expect(portal.cluster.workload('web').image).toContain(B);
    expect(await rollouts()).toHaveLength(3);
  });

  it('cannot be told from what ran before the first deploy', async () => {
    await portal.knex('targets').update({ desired_digest: null });
    edit(`registry.test/shop/web:other@${D}`, D);
    await look();
    expect(await holds()).toEqual([]);
  });
});
