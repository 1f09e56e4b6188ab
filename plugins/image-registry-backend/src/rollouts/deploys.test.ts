import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { digestOf, eachDatabase, waitFor } from '../testing';
import { as, Caller } from '../testing/people';
import { component, Portal, startPortal, user } from '../testing/startPortal';

const [A, B] = ['a', 'b'].map(digestOf);

/** What people ask for by REST, through the whole plugin. */
describe.each(eachDatabase())('deploys by people, $name', database => {
  let knex: Knex;
  let portal: Portal;

  beforeEach(async () => {
    knex = await database.create();
    portal = await startPortal({ knex, entities: [component('web')] });
    portal.cluster.add('web', { image: `registry.test/shop/web:old@${B}` });
    portal.registry.push('shop/web:main', A);
    portal.registry.push('shop/web:old', B);
  });

  afterEach(() => portal.stop());

  const wish = (change: object = {}) => ({
    entityRef: 'component:default/web',
    target: portal.cluster.workload('web').ref,
    image: {
      registryId: 'local',
      repository: 'shop/web',
      tag: 'main',
      ...change,
    },
  });

  const deploy = (
    body: object = wish(),
    headers: Record<string, string> = {},
    caller: Caller = 'owner',
  ) => portal.call('POST', '/rollouts', { ...as(caller), ...headers }, body);

  const act = (id: string, verb: string) =>
    portal.call('POST', `/rollouts/${id}/${verb}`, as('owner'), {});

  const get = async (id: string): Promise<Rollout> =>
    (await portal.call('GET', `/rollouts/${id}`, as('owner'))).body;

  const ended = async (id: string) =>
    waitFor(
      async () => {
        const rollout = await get(id);
        return rollout.finishedAt !== undefined && rollout;
      },
      { what: `the end of ${id}` },
    );

  const runs = () => portal.cluster.workload('web').image.split('@')[1];

  it('never runs two at a time, keeps all in the history, ends with the last', async () => {
    let inside = 0;
    let most = 0;
    portal.cluster.beforeApply = async () => {
      most = Math.max(most, ++inside);
      await new Promise(resolve => setTimeout(resolve, 5));
      inside--;
    };
    const digests = Array.from({ length: 8 }, (_, index) =>
      digestOf(String.fromCharCode(99 + index)),
    );
    digests.forEach((digest, index) =>
      portal.registry.push(`shop/web:v${index}`, digest),
    );
    const answers = await Promise.all(
      digests.map((_, index) =>
        deploy(
          wish({ tag: `v${index}` }),
          {},
          index % 2 ? 'owner' : 'second-owner',
        ),
      ),
    );
    const all: Rollout[] = answers.map(({ body }) => body);
    await Promise.all(all.map(({ id }) => ended(id)));
    const last = all.reduce((a, b) => (a.sequence > b.sequence ? a : b));
    expect(most).toBe(1);
    expect(runs()).toBe(last.image.digest);
    const listed = await portal.call('GET', '/rollouts', as('owner'));
    expect(listed.body.items).toHaveLength(8);
    const sequences = portal.cluster.applied.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  });

  it('answers the same rollout to the same key, and refuses it for another wish', async () => {
    const key = { 'idempotency-key': 'press-once' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => deploy(wish(), key)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set([202]),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await knex('rollouts')).toHaveLength(1);
    const other = await deploy(wish({ tag: 'old' }), key);
    expect(other.status).toBe(409);
    const colleague = await deploy(wish(), key, 'second-owner');
    expect(colleague.status).toBe(202);
    expect(colleague.body.id).not.toBe(answers[0].body.id);
    expect((await deploy(wish(), { 'idempotency-key': 'short' })).status).toBe(
      400,
    );
  });

  it('answers no key to who may not deploy any more', async () => {
    const key = { 'idempotency-key': 'press-once' };
    expect((await deploy(wish(), key)).status).toBe(202);
    portal.entities.entities = [
      user('owner', 'group:default/team-shop'),
      component('web', { owner: 'group:default/team-other' }),
    ];
    const again = await deploy(wish(), key);
    expect(again.status).toBe(403);
    expect(again.body.id).toBe(undefined);
  });

  it('returns to what ran before, and again', async () => {
    const first = await ended((await deploy()).body.id);
    expect(first).toMatchObject({
      state: 'succeeded',
      previous: { digest: B, tag: 'old' },
    });
    const { status, body } = await act(first.id, 'rollback');
    expect(status).toBe(202);
    const back = await ended(body.id);
    expect(back).toMatchObject({
      cause: 'rollback',
      originId: first.id,
      image: { digest: B },
      previous: { digest: A },
    });
    expect(runs()).toBe(B);
    await ended((await act(back.id, 'rollback')).body.id);
    expect(runs()).toBe(A);
    const again = await ended((await act(first.id, 'retry')).body.id);
    expect(again).toMatchObject({ cause: 'retry', image: { digest: A } });
  });

  it('cannot return to what it does not know, or what is gone', async () => {
    portal.cluster.change('web', { image: 'registry.test/shop/web:old' });
    const unknown = await ended((await deploy()).body.id);
    const refused = await act(unknown.id, 'rollback');
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('not known which image ran before');

    const next = await ended((await deploy(wish({ tag: 'old' }))).body.id);
    portal.registry.push('shop/web:main', B);
    const gone = await act(next.id, 'rollback');
    expect(gone.status).toBe(409);
    expect(gone.text).toContain('not in its registry any more');
  });

  it('returns although the registry is down', async () => {
    const first = await ended((await deploy()).body.id);
    portal.registry.failure = new RegistryError('unreachable', 'No answer');
    const { status, body } = await act(first.id, 'rollback');
    expect(status).toBe(202);
    expect((await ended(body.id)).state).toBe('succeeded');
    expect(runs()).toBe(B);
    expect((await deploy()).status).toBe(503);
  });

  it('returns although the registry was removed', async () => {
    const first = await ended((await deploy()).body.id);
    await knex('registries').delete();
    const { status, body } = await act(first.id, 'rollback');
    expect(status).toBe(202);
    expect((await ended(body.id)).state).toBe('succeeded');
    expect(portal.cluster.workload('web').image).toBe(
      `registry.test/shop/web:old@${B}`,
    );
    const again = await ended((await act(first.id, 'retry')).body.id);
    expect(again).toMatchObject({
      state: 'failed',
      reason: { code: 'registry-gone' },
    });
  });

  it('cancels only what has not begun', async () => {
    portal.cluster.down = new DriverError('cluster-unreachable', 'Away');
    expect((await deploy()).status).toBe(503);
    portal.cluster.down = undefined;
    let resume = () => {};
    portal.cluster.beforeEnd = () =>
      new Promise<void>(resolve => {
        resume = resolve;
      });
    const first = (await deploy()).body;
    await waitFor(async () => (await get(first.id)).state === 'progressing', {
      what: 'progress',
    });
    expect((await act(first.id, 'cancel')).status).toBe(409);
    portal.cluster.beforeEnd = undefined;
    resume();
    await ended(first.id);
    expect((await act(first.id, 'cancel')).status).toBe(409);

    portal.cluster.applyErrors.length = 0;
    const second = (await deploy(wish({ tag: 'old' }))).body;
    await ended(second.id);
    await knex('rollouts').where({ id: second.id }).update({
      state: 'waiting',
      finished_at: null,
      next_attempt_at: 8.64e15,
    });
    const cancelled = await act(second.id, 'cancel');
    expect(cancelled).toMatchObject({
      status: 200,
      body: { state: 'cancelled', reason: { code: 'cancelled' } },
    });
  });

  it.each([
    ['turned away', 'rate-limited', 'waiting', 'cancelled-unwritten'],
    ['not answered', 'server-error', 'applying', 'cancelled-unanswered'],
  ] as const)(
    'cancels what was %s, and says what is known',
    async (_, code, state, reason) => {
      const error = new DriverError(code, 'Not now', { retryAfterMs: 60_000 });
      portal.cluster.applyErrors.push(error);
      const { id } = (await deploy()).body;
      await waitFor(
        async () => {
          const rollout = await get(id);
          return rollout.state === state && rollout.reason;
        },
        { what: 'the failure' },
      );
      expect(await act(id, 'cancel')).toMatchObject({
        status: 200,
        body: { state: 'cancelled', reason: { code: reason } },
      });
      const next = (await deploy(wish({ tag: 'old' }))).body;
      expect((await ended(next.id)).state).toBe('succeeded');
    },
  );

  it('says that a tag was moved since it was seen', async () => {
    const moved = await deploy(wish({ digest: B }));
    expect(moved.status).toBe(409);
    expect(moved.text).toContain('was moved');
    const { status, body } = await deploy({
      ...wish({ digest: B }),
      allowMovedTag: true,
    });
    expect({ status, digest: body.image.digest }).toEqual({
      status: 202,
      digest: B,
    });
    expect((await deploy(wish({ tag: 'nowhere' }))).status).toBe(404);
  });

  it('asks for consent to take the field of others, once', async () => {
    portal.cluster.change('web', { owners: [{ manager: 'helm' }] });
    const refused = await deploy();
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('managed by helm');
    const { body } = await deploy({ ...wish(), consent: true });
    expect((await ended(body.id)).state).toBe('succeeded');
    expect(portal.cluster.applied[0].force).toBe(true);
    expect(portal.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'image-deploy',
        meta: expect.objectContaining({ consent: true }),
      }),
    );
  });

  it.each([
    ['an unknown field', { surprise: 1 }, /unknown field surprise/],
    [
      'no tag and no digest',
      { image: { registryId: 'local', repository: 'a' } },
      /tag or a digest/,
    ],
    ['U+0000', { reason: 'a\u0000b' }, /U\+0000/],
    [
      'a wrong digest',
      { image: { registryId: 'local', repository: 'a', digest: 'x' } },
      /image.digest/,
    ],
  ])('refuses %s by name', async (_, change, message) => {
    const { status, text } = await deploy({ ...wish(), ...change });
    expect(status).toBe(400);
    expect(text).toMatch(message);
  });

  it.each(['/rollouts?cursor=WyJhIl0', '/rollouts?from=x', '/rollouts/a%00'])(
    'answers 400 to %s',
    async path => {
      expect((await portal.call('GET', path, as('owner'))).status).toBe(400);
    },
  );
});
