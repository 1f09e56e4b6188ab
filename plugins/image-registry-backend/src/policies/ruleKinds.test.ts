import { TagRule } from '@slipway/backstage-plugin-image-registry-common';
import { digestOf, keyOf, sqlite, waitFor } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const early = '2026-01-01T00:00:00.000Z';
const late = '2026-01-02T00:00:00.000Z';

/** Rules beyond one tag, expressions and versions, through the whole plugin. */
describe('auto deploy by other kinds of rules', () => {
  const database = sqlite();
  let portal: Portal;

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
  });

  afterEach(() => portal.stop());

  function runs(tag: string, digest: string) {
    portal.cluster.add('web', {
      image: `registry.test/shop/web:${tag}`,
      runningDigests: [digest],
    });
  }

  async function save(rule: TagRule) {
    const { body, status } = await portal.call(
      'POST',
      '/policies',
      as('owner'),
      {
        entityRef: 'component:default/web',
        target: portal.cluster.workload('web').ref,
        image: { registryId: 'local', repository: 'shop/web' },
        rule,
      },
    );
    expect(status).toBe(201);
    return body;
  }

  async function push(tag: string, digest: string) {
    const image = `shop/web:${tag}`;
    portal.registry.push(image, digest);
    const { body } = await portal.announce([image]);
    return waitFor(
      async () => {
        const event = await portal
          .knex('image_events')
          .where({ delivery_id: body.deliveryId })
          .first();
        return (
          !['pending', 'waiting'].includes(event.outcome) && {
            outcome: event.outcome,
            reason: JSON.parse(event.reason),
          }
        );
      },
      { what: 'the decision' },
    );
  }

  const deployed = async () =>
    (await portal.knex('rollouts').orderBy('sequence')).map(
      (row: { image: string }) => JSON.parse(row.image).tag,
    );

  it('deploys the highest build number, and never a lower one', async () => {
    portal.registry.push('shop/web:b-9', A);
    runs('b-9', A);
    const policy = await save({
      kind: 'numeric',
      key: { pattern: 'b-([0-9]+)' },
    });
    expect(policy).toMatchObject({ head: { tag: 'b-9' } });
    expect(await push('b-10', B)).toMatchObject({ outcome: 'deployed' });
    expect(await push('b-8', C)).toMatchObject({
      reason: { params: { why: 'b-8 comes before b-10' } },
    });
  });

  it('is blocked while what runs is newer, unless it may go back', async () => {
    portal.registry.push('shop/web:b-9', A);
    runs('b-10', B);
    const rule: TagRule = {
      kind: 'numeric',
      key: { pattern: 'b-([0-9]+)' },
    };
    const policy = await save(rule);
    expect(policy.blocked).toMatchObject({ code: 'running-newer' });
    const { body } = await portal.call(
      'PATCH',
      `/policies/${policy.id}`,
      as('owner'),
      { version: policy.version, rule: { ...rule, goBack: true } },
    );
    expect(body.blocked).toBeUndefined();
    expect(body.head).toMatchObject({ tag: 'b-9' });
  });

  it('looks platforms up, for the head and for a push', async () => {
    portal.registry.push('shop/web:1.0.0', A);
    portal.registry.push('shop/web:1.1.0', B);
    portal.registry.describe(A, { architectures: ['amd64', 'arm64'] });
    portal.registry.describe(B, { architectures: ['amd64'] });
    runs('1.0.0', A);
    const policy = await save({
      kind: 'semver',
      range: '^1',
      platforms: ['linux/arm64'],
    });
    expect(policy).toMatchObject({ head: { tag: '1.0.0' } });

    portal.registry.describe(C, { architectures: ['amd64'] });
    expect(await push('1.2.0', C)).toMatchObject({
      reason: { params: { why: 'Has no image for linux/arm64' } },
    });
  });

  it('compares build times that images tell', async () => {
    portal.registry.push('shop/web:x', A);
    portal.registry.describe(A, { createdAt: late });
    portal.registry.describe(B, { createdAt: early });
    runs('x', A);
    const unknown = await save({ kind: 'newest-created' });
    expect(unknown.blocked).toMatchObject({ code: 'created-times-unknown' });
    await portal
      .knex('policies')
      .where({ target_key: keyOf('web') })
      .update({ blocked: null, head_tag: 'x', head_digest: A });

    expect(await push('y', B)).toMatchObject({
      reason: { params: { why: 'y was built earlier than x' } },
    });
    await push('z', C);
    const { body } = await portal.call(
      'GET',
      `/decisions?policyId=${unknown.id}`,
      as('owner'),
    );
    expect(body.items[0]).toMatchObject({
      outcome: 'blocked',
      reason: { code: 'push-created-unknown' },
    });
  });

  it('previews them', async () => {
    portal.registry.push('shop/web:stable', A, early);
    portal.registry.push('shop/web:edge', B, late);
    portal.registry.push('shop/web:other', C, late);
    runs('stable', A);
    const { body } = await portal.call(
      'POST',
      '/policies/preview',
      as('owner'),
      {
        entityRef: 'component:default/web',
        image: { registryId: 'local', repository: 'shop/web' },
        rule: { kind: 'list', tags: ['stable', 'edge'] },
      },
    );
    expect(body).toMatchObject({
      selected: 'edge',
      totalItems: 3,
      candidates: [
        { tag: 'edge', rank: 1 },
        { tag: 'stable', rank: 2 },
        { tag: 'other', reason: { code: 'tag-is-not-listed' } },
      ],
    });
    expect(await deployed()).toEqual([]);
  });
});
