import { targetKey } from '@slipway/backstage-plugin-image-registry-common';
import { randomUUID } from 'node:crypto';
import { digestOf, sqlite } from '../testing';
import { FakePlaces } from '../testing/FakePlaces';
import { as, Caller, callers, ownershipPermissions } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const ref = 'component:default/web';
const missing = randomUUID();

/**
 * What each caller is answered, in the order of {@link callers}: admin, owner,
 * second owner, outsider, restricted service (deploys and reads deployments
 * only), unrestricted service, nobody.
 */
type Row = [
  method: string,
  path: string,
  body: unknown,
  answers: [number, number, number, number, number, number, number],
];

const everybody = [200, 200, 200, 200, 200, 200, 401] as Row[3];
const readers = [200, 200, 200, 200, 200, 200, 401] as Row[3];
const administrators = (ok: number) =>
  [ok, 403, 403, 403, 403, 403, 401] as Row[3];

describe('who may do what', () => {
  const database = sqlite();
  let portal: Portal;
  let hidden: string[] = [];
  const ids: Record<string, string> = {};

  async function prepare(options: {
    ownership?: 'policy';
    allowAll?: boolean;
  }) {
    const entities = [
      component('web'),
      component('cart', { owner: 'group:default/team-other' }),
      component('thief', {
        annotations: { 'backstage.io/kubernetes-id': 'web' },
      }),
      component('selector', {
        annotations: { 'backstage.io/kubernetes-label-selector': 'app=bank' },
      }),
    ];
    portal = await startPortal({
      knex: await database.create(),
      entities,
      imageRegistry: {
        administrators: ['group:default/admins'],
        ...(options.ownership && { ownership: options.ownership }),
      },
      ...(!options.allowAll && {
        permissions: ownershipPermissions(
          () => entities,
          () => hidden,
        ),
      }),
    });
    FakePlaces.give(portal.cluster);
    portal.cluster.add('web');
    portal.cluster.add('bank', {
      labels: { app: 'bank', 'backstage.io/kubernetes-id': 'bank' },
    });
    portal.registry.push('shop/web:main', digestOf('a'));
    hidden = [];
  }

  const target = () => portal.cluster.workload('web').ref;
  const deploy = () => ({
    entityRef: ref,
    target: target(),
    image: { registryId: 'local', repository: 'shop/web', tag: 'main' },
  });
  const policy = () => ({
    entityRef: ref,
    target: target(),
    image: { registryId: 'local', repository: 'shop/web' },
    rule: { kind: 'same-tag', tag: 'main' },
  });

  /** Makes what the rows name, as the administrator. */
  async function make() {
    const { knex, call } = portal;
    const admin = as('admin');
    for (const table of [
      'policies',
      'holds',
      'rollouts',
      'environments',
      'freezes',
    ]) {
      await knex(table).delete();
    }
    const made = async (path: string, body: unknown) => {
      const answer = await call('POST', path, admin, body);
      expect(answer).toMatchObject({ status: expect.any(Number) });
      return answer.body;
    };
    ids.policy = (await made('/policies', policy())).id;
    await knex('holds').delete();
    ids.rollout = (await made('/rollouts', deploy())).id;
    await knex('holds').delete();
    await knex('rollouts').update({
      state: 'succeeded',
      started_at: Date.now(),
      lease_token: null,
      previous: JSON.stringify({
        repository: 'shop/web',
        digest: digestOf('b'),
        reference: 'registry.test/shop/web:old',
      }),
    });
    ids.hold = (
      await made('/holds', { entityRef: ref, target: target(), reason: 'r' })
    ).id;
    ids.environment = (
      await made('/environments', {
        name: 'Production',
        places: [{ cluster: 'local', namespaces: ['prod'] }],
      })
    ).id;
    ids.endpoint = (
      await made('/registries/local/webhook-endpoints', { name: 'all' })
    ).endpoint.id;
    ids.own = (
      await made('/registries/local/webhook-endpoints', {
        name: 'own',
        entityRef: ref,
        repositories: ['shop/web'],
      })
    ).endpoint.id;
    ids.testPull = (
      await made(
        `/targets/${encodeURIComponent(targetKey(target()))}/test-pull`,
        { entityRef: ref },
      )
    ).id;
    const { body } = await portal.announce(['shop/web:other']);
    ids.delivery = body.deliveryId;
  }

  const rows: Array<() => Row> = [
    () => ['GET', '/clusters', undefined, everybody],
    () => ['GET', '/environments', undefined, everybody],
    () => [
      'POST',
      '/environments',
      { name: 'Test', places: [{ cluster: 'local', namespaces: ['test'] }] },
      administrators(201),
    ],
    () => [
      'PATCH',
      `/environments/${ids.environment}`,
      { version: 1, order: 5 },
      administrators(200),
    ],
    () => [
      'DELETE',
      `/environments/${ids.environment}`,
      undefined,
      administrators(204),
    ],
    () => ['GET', `/targets?entityRef=${ref}`, undefined, readers],
    () => [
      'GET',
      `/targets/${encodeURIComponent(
        targetKey(target()),
      )}/pods?entityRef=${ref}`,
      undefined,
      readers,
    ],
    () => [
      'GET',
      `/targets/${encodeURIComponent(
        targetKey(target()),
      )}/logs?entityRef=${ref}&pod=p`,
      undefined,
      readers,
    ],
    () => [
      'POST',
      `/targets/${encodeURIComponent(targetKey(target()))}/consent`,
      { entityRef: ref },
      [204, 204, 204, 403, 403, 403, 401],
    ],
    ...(['restart', 'stop', 'start'] as const).map(
      action => (): Row =>
        [
          'POST',
          `/targets/${encodeURIComponent(targetKey(target()))}/${action}`,
          { entityRef: ref },
          [200, 200, 200, 403, 403, 403, 401],
        ],
    ),
    () => [
      'GET',
      `/targets/${encodeURIComponent(
        targetKey(target()),
      )}/manifest?entityRef=${ref}`,
      undefined,
      readers,
    ],
    ...(['platforms', 'pull-access', 'settings'] as const).map(
      what => (): Row =>
        [
          'GET',
          `/targets/${encodeURIComponent(
            targetKey(target()),
          )}/${what}?entityRef=${ref}`,
          undefined,
          readers,
        ],
    ),
    () => [
      'POST',
      `/targets/${encodeURIComponent(targetKey(target()))}/test-pull`,
      { entityRef: ref },
      [202, 202, 202, 403, 202, 403, 401],
    ],
    () => ['GET', `/test-pulls/${ids.testPull}`, undefined, readers],
    () => [
      'DELETE',
      `/test-pulls/${ids.testPull}`,
      undefined,
      [204, 204, 204, 403, 204, 403, 401],
    ],
    () => [
      'GET',
      `/images/compare?registryId=local&repository=shop/web&from=${digestOf(
        'b',
      )}&to=${digestOf('a')}`,
      undefined,
      [200, 200, 200, 200, 404, 200, 401],
    ],
    () => ['POST', '/rollouts', deploy(), [202, 202, 202, 403, 202, 403, 401]],
    () => [
      'POST',
      '/rollouts',
      { ...deploy(), dryRun: true },
      [200, 200, 200, 403, 200, 403, 401],
    ],
    () => ['GET', '/rollouts', undefined, readers],
    () => ['GET', `/rollouts?entityRef=${ref}`, undefined, readers],
    () => ['GET', `/rollouts/${ids.rollout}`, undefined, readers],
    () => ['GET', `/rollouts/${ids.rollout}/returns`, undefined, readers],
    () => [
      'GET',
      `/rollouts/${ids.rollout}/evidence`,
      undefined,
      // It left nothing, which is told to who may read it.
      [404, 404, 404, 404, 404, 404, 401],
    ],
    () => [
      'GET',
      `/rollouts/${missing}`,
      undefined,
      [404, 404, 404, 404, 404, 404, 401],
    ],
    () => [
      'POST',
      `/rollouts/${ids.rollout}/retry`,
      {},
      [202, 202, 202, 403, 202, 403, 401],
    ],
    () => [
      'POST',
      `/rollouts/${ids.rollout}/rollback`,
      {},
      [202, 202, 202, 403, 403, 403, 401],
    ],
    () => [
      'POST',
      `/rollouts/${ids.rollout}/cancel`,
      {},
      [409, 409, 409, 403, 409, 403, 401],
    ],
    () => [
      'POST',
      `/rollouts/${ids.rollout}/approve`,
      { digest: digestOf('a') },
      // Nobody was asked, which is told to whoever may read it.
      [409, 409, 409, 409, 403, 403, 401],
    ],
    () => [
      'POST',
      `/rollouts/${ids.rollout}/reject`,
      { reason: 'no' },
      // Nobody was asked, which is told to whoever may read it.
      [409, 409, 409, 409, 403, 403, 401],
    ],
    () => ['GET', '/approvals', undefined, everybody],
    () => ['GET', '/freeze', undefined, everybody],
    () => ['GET', `/freeze?entityRef=${ref}`, undefined, readers],
    () => ['PUT', '/freeze', { reason: 'fair' }, administrators(200)],
    () => [
      'PUT',
      '/freeze',
      { reason: 'leak', entityRef: ref },
      [200, 200, 200, 403, 403, 403, 401],
    ],
    () => [
      'DELETE',
      `/freeze?entityRef=${ref}`,
      undefined,
      [404, 404, 404, 403, 403, 403, 401],
    ],
    () => ['GET', `/holds?entityRef=${ref}`, undefined, readers],
    () => [
      'POST',
      '/holds',
      { entityRef: ref, target: target(), reason: 'Again' },
      [409, 409, 409, 403, 403, 403, 401],
    ],
    () => [
      'DELETE',
      `/holds/${ids.hold}`,
      undefined,
      [204, 204, 204, 403, 403, 403, 401],
    ],
    () => ['GET', '/policies', undefined, readers],
    () => ['GET', `/policies?entityRef=${ref}`, undefined, readers],
    () => ['GET', `/policies/${ids.policy}`, undefined, readers],
    () => ['GET', `/decisions?policyId=${ids.policy}`, undefined, readers],
    () => [
      'POST',
      '/policies/preview',
      { entityRef: ref, image: policy().image, rule: policy().rule },
      readers,
    ],
    () => ['POST', '/policies', policy(), [409, 409, 409, 403, 403, 403, 401]],
    () => [
      'PATCH',
      `/policies/${ids.policy}`,
      { version: 1, enabled: false },
      [200, 200, 200, 403, 403, 403, 401],
    ],
    () => [
      'POST',
      `/policies/${ids.policy}/evaluate`,
      undefined,
      [200, 200, 200, 403, 403, 403, 401],
    ],
    () => [
      'DELETE',
      `/policies/${ids.policy}`,
      undefined,
      [204, 204, 204, 403, 403, 403, 401],
    ],
    () => [
      'GET',
      '/registries/local/webhook-endpoints',
      undefined,
      [200, 200, 200, 200, 404, 200, 401],
    ],
    () => [
      'POST',
      '/registries/local/webhook-endpoints',
      { name: 'new' },
      administrators(201),
    ],
    () => [
      'POST',
      '/registries/local/webhook-endpoints',
      { name: 'new', entityRef: ref, repositories: ['shop/web'] },
      [201, 201, 201, 403, 403, 403, 401],
    ],
    () => [
      'POST',
      `/webhook-endpoints/${ids.endpoint}/rotate`,
      {},
      administrators(200),
    ],
    () => [
      'POST',
      `/webhook-endpoints/${ids.own}/rotate`,
      {},
      [200, 200, 200, 403, 403, 403, 401],
    ],
    () => [
      'DELETE',
      `/webhook-endpoints/${ids.endpoint}`,
      undefined,
      administrators(204),
    ],
    () => [
      'DELETE',
      `/webhook-endpoints/${ids.own}`,
      undefined,
      [204, 204, 204, 403, 403, 403, 401],
    ],
    () => ['GET', '/deliveries', undefined, readers],
    () => [
      'GET',
      `/deliveries/${ids.delivery}`,
      undefined,
      [200, 200, 200, 200, 404, 200, 401],
    ],
    () => [
      'POST',
      `/deliveries/${ids.delivery}/replay`,
      undefined,
      administrators(202),
    ],
  ];

  describe('under a policy of ownership', () => {
    beforeAll(() => prepare({}));
    afterAll(() => portal.stop());

    it.each(rows.map((row, index) => [index, row] as const))(
      'row %d',
      async (_, row) => {
        const answers: string[] = [];
        const expected: string[] = [];
        for (const [index, caller] of callers.entries()) {
          // What is only read is still there for the next caller.
          if (index === 0 || row()[0] !== 'GET') {
            await make();
          }
          const [method, path, body, statuses] = row();
          const { status } = await portal.call(method, path, as(caller), body);
          answers.push(`${method} ${path} ${caller} ${status}`);
          expected.push(`${method} ${path} ${caller} ${statuses[index]}`);
        }
        expect(answers).toEqual(expected);
      },
      60_000,
    );

    it('answers 404 to who reads what is hidden, 403 to who changes it', async () => {
      await make();
      hidden = [ref];
      const ask = async (method: string, path: string, body?: unknown) =>
        (await portal.call(method, path, as('outsider'), body)).status;
      for (const path of [
        `/targets?entityRef=${ref}`,
        `/rollouts?entityRef=${ref}`,
        `/rollouts/${ids.rollout}`,
        `/policies/${ids.policy}`,
        `/policies?entityRef=${ref}`,
        `/decisions?policyId=${ids.policy}`,
        `/holds?entityRef=${ref}`,
      ]) {
        expect([path, await ask('GET', path)]).toEqual([path, 404]);
      }
      expect(await ask('POST', '/rollouts', deploy())).toBe(403);
      expect(await ask('DELETE', `/policies/${ids.policy}`)).toBe(403);
      expect(await ask('DELETE', `/holds/${ids.hold}`)).toBe(403);
      for (const path of ['/rollouts', '/policies']) {
        const { body } = await portal.call('GET', path, as('outsider'));
        expect(body.items).toEqual([]);
      }
      const mine = await portal.call('GET', '/rollouts', as('owner'));
      expect(mine.body.items).not.toEqual([]);
      hidden = [];
    });

    it.each(['thief', 'selector'])(
      'shows %s what its annotations point at, but lets nobody write it',
      async name => {
        const entityRef = `component:default/${name}`;
        const { body } = await portal.call(
          'GET',
          `/targets?entityRef=${entityRef}`,
          as('owner'),
        );
        expect(body.items).toMatchObject([
          {
            writable: {
              ok: false,
              reason: { code: 'not-confirmed-by-cluster' },
            },
          },
        ]);
        const wish = { ...deploy(), entityRef, target: body.items[0].ref };
        for (const caller of [
          'owner',
          'admin',
          'restricted-service',
        ] as const) {
          const { status } = await portal.call(
            'POST',
            '/rollouts',
            as(caller),
            wish,
          );
          expect([caller, status]).toEqual([caller, 403]);
        }
        const saved = await portal.call('POST', '/policies', as('owner'), {
          ...policy(),
          entityRef,
          target: wish.target,
        });
        expect(saved.status).toBe(403);
        expect(portal.cluster.workload('bank').image).toContain(':old');
      },
    );

    it('does not find a target that is not the component’s', async () => {
      const { status } = await portal.call('POST', '/rollouts', as('owner'), {
        ...deploy(),
        target: portal.cluster.workload('bank').ref,
      });
      expect(status).toBe(404);
    });

    it('writes where the environment lists the owner', async () => {
      await make();
      await portal.call('POST', '/environments', as('admin'), {
        name: 'Shop',
        places: [{ cluster: 'local', namespaces: ['shop'] }],
        owners: ['group:default/team-shop'],
      });
      const { body } = await portal.call(
        'GET',
        '/targets?entityRef=component:default/selector',
        as('owner'),
      );
      expect(body.items).toMatchObject([
        { environment: 'Shop', writable: { ok: true } },
      ]);
    });

    it('lists what an owner has', async () => {
      await make();
      const count = async (owner: string) =>
        (await portal.call('GET', `/rollouts?owner=${owner}`, as('owner'))).body
          .items.length;
      expect(await count('group:default/team-shop')).toBeGreaterThan(0);
      expect(await count('group:default/team-other')).toBe(0);
    });

    it('means the same component, however its reference is written', async () => {
      await make();
      const { status, body } = await portal.call(
        'POST',
        '/rollouts',
        as('owner'),
        { ...deploy(), entityRef: 'Component:default/web' },
      );
      expect(status).toBe(202);
      expect(body.entityRef).toBe(ref);
      const { body: listed } = await portal.call(
        'GET',
        '/rollouts?entityRef=COMPONENT:default/web',
        as('owner'),
      );
      expect(listed.items[0].id).toBe(body.id);
    });

    it('records each write with its end, and never a secret', async () => {
      await make();
      const { outcomes, auditor, call } = portal;
      outcomes.length = 0;
      auditor.createEvent.mockClear();
      const source = { registryId: 'local', repository: 'shop/web' };
      const fake = { provider: 'fake', address: 'https://registry.test' };
      const writes: Array<[string, string, unknown]> = [
        [
          'POST',
          '/environments',
          { name: 'E', places: [{ cluster: 'c', namespaces: ['n'] }] },
        ],
        ['PATCH', `/environments/${ids.environment}`, { version: 1 }],
        ['DELETE', `/environments/${ids.environment}`, undefined],
        ['POST', '/rollouts', deploy()],
        ['POST', `/rollouts/${ids.rollout}/retry`, {}],
        ['POST', `/rollouts/${ids.rollout}/rollback`, {}],
        ['POST', `/rollouts/${ids.rollout}/cancel`, {}],
        ['POST', `/rollouts/${ids.rollout}/approve`, { digest: 'd' }],
        ['POST', `/rollouts/${ids.rollout}/reject`, { reason: 'r' }],
        ['PUT', '/freeze', { reason: 'r' }],
        ['DELETE', '/freeze', undefined],
        ['DELETE', `/holds/${ids.hold}`, undefined],
        ['POST', '/holds', { entityRef: ref, target: target(), reason: 'r' }],
        ['PATCH', `/policies/${ids.policy}`, { version: 1 }],
        ['DELETE', `/policies/${ids.policy}`, undefined],
        ['POST', '/policies', policy()],
        [
          'POST',
          `/targets/${encodeURIComponent(targetKey(target()))}/consent`,
          { entityRef: ref },
        ],
        [
          'POST',
          `/targets/${encodeURIComponent(targetKey(target()))}/restart`,
          { entityRef: ref },
        ],
        ['POST', '/registries/local/webhook-endpoints', { name: 'n' }],
        ['POST', `/webhook-endpoints/${ids.endpoint}/rotate`, {}],
        [
          'POST',
          `/registries/local/webhook-endpoints/${ids.endpoint}/install`,
          {},
        ],
        ['DELETE', `/webhook-endpoints/${ids.endpoint}`, undefined],
        ['POST', `/deliveries/${ids.delivery}/replay`, undefined],
        [
          'PUT',
          '/components/sources',
          { entityRef: ref, sources: [{ image: source }] },
        ],
        ['DELETE', `/components/sources?entityRef=${ref}`, undefined],
        ['POST', '/registries', { name: 'n', ...fake }],
        ['POST', '/registries/check', fake],
        ['PATCH', '/registries/local', { version: 1 }],
        ['POST', '/registries/local/check', {}],
        ['DELETE', '/registries/local', undefined],
      ];
      const secrets: string[] = [];
      for (const [method, path, body] of writes) {
        const answer = await call(method, path, as('admin'), body);
        const before = outcomes.length;
        expect([method, path, outcomes[before - 1]]).toEqual([
          method,
          path,
          expect.stringMatching(answer.status < 300 ? /success$/ : /fail$/),
        ]);
        if (answer.body?.secret) {
          secrets.push(answer.body.secret);
        }
        await call(method, path, as('outsider'), body);
        expect(outcomes[outcomes.length - 1]).toMatch(/fail$/);
      }
      expect(outcomes).toHaveLength(2 * writes.length);
      expect(secrets).toHaveLength(2);
      const recorded = JSON.stringify(
        auditor.createEvent.mock.calls.map(([event]) => event.meta),
      );
      for (const secret of secrets) {
        expect(recorded).not.toContain(secret);
      }
    });

    it('does not audit the webhook route', async () => {
      portal.auditor.createEvent.mockClear();
      await portal.announce(['shop/web:main']);
      expect(portal.auditor.createEvent).not.toHaveBeenCalled();
    });
  });

  describe.each<
    [string, Parameters<typeof prepare>[0], Record<string, number>]
  >([
    [
      'where permissions allow everything',
      { allowAll: true },
      { owner: 202, outsider: 403, admin: 202, 'unrestricted-service': 403 },
    ],
    [
      'where the permission policy alone decides',
      { allowAll: true, ownership: 'policy' },
      { owner: 202, outsider: 202, admin: 202, 'unrestricted-service': 403 },
    ],
  ])('%s', (_, options, answers) => {
    beforeAll(() => prepare(options));
    afterAll(() => portal.stop());

    it.each(Object.entries(answers))(
      '%s is answered %d',
      async (who, status) => {
        const answer = await portal.call(
          'POST',
          '/rollouts',
          as(who as Caller),
          deploy(),
        );
        expect(answer.status).toBe(status);
        const saved = await portal.call(
          'POST',
          '/policies',
          as(who as Caller),
          policy(),
        );
        expect([201, 409].includes(saved.status)).toBe(status === 202);
      },
    );
  });
});
