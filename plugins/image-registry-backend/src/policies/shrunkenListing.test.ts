import { digestOf, sqlite, waitFor } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';
import { CONFIRMED_AFTER_MS } from './RepositoryListings';

const [A, B] = ['a', 'b'].map(digestOf);

describe('a listing that lost most of its tags', () => {
  const database = sqlite();
  let portal: Portal;
  let id: string;

  const running = () => portal.cluster.workload('web').image;
  const policy = async () =>
    (await portal.call('GET', `/policies/${id}`, as('owner'))).body;
  const accept = () =>
    portal.call('POST', `/policies/${id}/accept-listing`, as('owner'));

  async function poll() {
    await portal.scheduler.triggerTask('image-registry-poll');
    await portal.knex('repository_polls').update({ due_at: 0 });
    await portal.scheduler.triggerTask('image-registry-poll');
  }

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    for (let minor = 0; minor < 30; minor++) {
      portal.registry.push(`shop/web:1.${minor}.0`, A);
    }
    portal.registry.push('shop/web:0.9.0', B);
    portal.cluster.add('web', {
      image: `registry.test/shop/web:1.29.0@${A}`,
      runningDigests: [A],
    });
    const { body } = await portal.call('POST', '/policies', as('owner'), {
      entityRef: 'component:default/web',
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository: 'shop/web' },
      rule: { kind: 'semver', range: '*', goBack: true },
    });
    id = body.id;
    for (let minor = 0; minor < 30; minor++) {
      portal.registry.remove(`shop/web:1.${minor}.0`);
    }
    await poll();
  });

  afterEach(() => portal.stop());

  it('decides nothing, keeps the head, and says so; a push waits too', async () => {
    await poll();
    expect(await policy()).toMatchObject({
      head: { tag: '1.29.0' },
      blocked: { code: 'listing-shrunk', params: { before: '31', now: '1' } },
    });
    portal.registry.push('shop/web:2.0.0', B);
    await portal.announce(['shop/web:2.0.0']);
    const decision = await waitFor(
      async () => portal.knex('decisions').where({ tag: '2.0.0' }).first(),
      { what: 'the decision' },
    );
    expect(decision.outcome).toBe('blocked');
    expect(running()).toContain('1.29.0');
  });

  it('is believed when a look some minutes later finds the same', async () => {
    await portal.knex('repository_listings').update({
      shrunk_at: Date.now() - CONFIRMED_AFTER_MS - 1000,
    });
    await portal.scheduler.triggerTask('image-registry-read-listings-again');
    await waitFor(async () => running().includes('0.9.0'), {
      what: 'the older image, because the rule goes back',
    });
    expect((await policy()).blocked).toBeUndefined();
  });

  it('is believed when a person says so, who may change the policy', async () => {
    const path = `/policies/${id}/accept-listing`;
    expect((await portal.call('POST', path, as('outsider'))).status).toBe(403);
    const { status, body } = await accept();
    expect({ status, head: body.head.tag }).toEqual({
      status: 200,
      head: '0.9.0',
    });
    expect((await accept()).status).toBe(409);
  });

  it('is forgotten when the tags are back', async () => {
    for (let minor = 0; minor < 30; minor++) {
      portal.registry.push(`shop/web:1.${minor}.0`, A);
    }
    await portal.scheduler.triggerTask('image-registry-read-listings-again');
    expect(await policy()).toMatchObject({ head: { tag: '1.29.0' } });
    expect((await policy()).blocked).toBeUndefined();
    expect((await accept()).status).toBe(409);
  });
});
