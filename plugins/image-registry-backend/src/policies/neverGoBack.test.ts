import { digestOf, sqlite, waitFor } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

describe('auto deploy never goes back', () => {
  const database = sqlite();
  let portal: Portal;

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web'), component('cart')],
    });
  });

  afterEach(() => portal.stop());

  const save = (rule: object, name = 'web') =>
    portal.call('POST', '/policies', as('owner'), {
      entityRef: `component:default/${name}`,
      target: portal.cluster.workload(name).ref,
      image: { registryId: 'local', repository: 'shop/web' },
      rule,
    });

  async function announce(image: string) {
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

  it('to an old tag that is pushed again unchanged', async () => {
    portal.registry.push('shop/web:main-1', digestOf('a'));
    portal.registry.push('shop/web:main-2', digestOf('b'));
    portal.cluster.add('web', {
      image: 'registry.test/shop/web:main-2',
      runningDigests: [digestOf('b')],
    });
    await save({ kind: 'regex', pattern: 'main-\\d+' });

    expect(await announce('shop/web:main-1')).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await portal.knex('rollouts')).toEqual([]);
  });

  it('but takes an old tag that means something new', async () => {
    portal.registry.push('shop/web:main-1', digestOf('a'));
    portal.registry.push('shop/web:main-2', digestOf('b'));
    portal.cluster.add('web', { image: 'registry.test/shop/web:main-2' });
    await save({ kind: 'regex', pattern: 'main-\\d+' });

    portal.registry.push('shop/web:main-1', digestOf('c'));
    expect(await announce('shop/web:main-1')).toMatchObject({
      outcome: 'deployed',
    });
  });

  it('to tags beyond those that it asks about', async () => {
    portal.registry.tellsDigests = false;
    for (let build = 1; build <= 305; build++) {
      portal.registry.push(`shop/web:main-${build}`, digestOf('a'));
    }
    portal.cluster.add('web', { image: 'registry.test/shop/web:main-305' });
    await save({ kind: 'regex', pattern: 'main-\\d+' });
    const unasked = await portal.knex('tags').where({ digest: '' });
    expect(unasked).toHaveLength(5);

    const [{ tag }] = unasked;
    expect(await announce(`shop/web:${tag}`)).toMatchObject({
      outcome: 'unchanged',
      reason: { code: 'tag-first-seen' },
    });
    portal.registry.push(`shop/web:${tag}`, digestOf('b'));
    expect(await announce(`shop/web:${tag}`)).toMatchObject({
      outcome: 'deployed',
    });
  });

  it('and leaves the pushes that others wait for to them', async () => {
    portal.registry.tellsDigests = false;
    for (const tag of ['aaa', 'aab-1', 'aab-2']) {
      portal.registry.push(`shop/web:${tag}`, digestOf('a'));
    }
    for (let build = 1; build <= 305; build++) {
      portal.registry.push(`shop/web:main-${build}`, digestOf('a'));
    }
    for (const name of ['web', 'cart']) {
      portal.cluster.add(name, {
        image: `registry.test/shop/web:${name === 'web' ? 'main-305' : 'aaa'}`,
        runningDigests: [digestOf('a')],
      });
    }
    await save({ kind: 'same-tag', tag: 'aaa' }, 'cart');
    await save({ kind: 'regex', pattern: '[a-z]+(-\\d+)?' });
    const unasked = await portal.knex('tags').where({ digest: '' });
    expect(unasked.map(({ tag }) => tag)).not.toContain('aaa');

    portal.registry.push('shop/web:aaa', digestOf('b'));
    expect(await announce('shop/web:aaa')).toMatchObject({
      outcome: 'deployed',
    });
  });

  it('by a version range, when something newer runs', async () => {
    portal.registry.push('shop/web:v1.9.0', digestOf('a'));
    portal.cluster.add('web', { image: 'registry.test/shop/web:v2.0.0' });
    const { body } = await save({ kind: 'semver', range: '^1' });

    expect(body.blocked).toMatchObject({ code: 'running-newer' });
    expect(await portal.knex('rollouts')).toEqual([]);
  });
});
