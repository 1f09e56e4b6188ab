import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { PermissionsService } from '@backstage/backend-plugin-api';
import { pushImage, startSandboxRegistry } from '@slipway/sandbox';
import express from 'express';
import { Knex } from 'knex';
import request from 'supertest';
import { sqlite } from '../testing';
import {
  createImageRegistryConditionalDecision,
  imageRegistryConditions,
} from './permissions';
import { createRegistriesRouter } from './router';
import { builtInProviders } from '../providers';
import { testRegistries } from '../testing/registries';
import { component } from '../testing/startPortal';

type Sandbox = Awaited<ReturnType<typeof startSandboxRegistry>>;

const database = sqlite();
let knex: Knex;
const sandboxes: Sandbox[] = [];

async function sandbox(
  options?: Parameters<typeof startSandboxRegistry>[0],
): Promise<Sandbox> {
  const started = await startSandboxRegistry(options);
  sandboxes.push(started);
  return started;
}

async function start(
  options: Omit<Parameters<typeof testRegistries>[0], 'knex'> = {},
) {
  const room = await testRegistries({ knex, ...options });
  const auditor = mockServices.auditor.mock();
  const success = jest.fn(async () => undefined);
  const fail = jest.fn(async () => undefined);
  auditor.createEvent.mockResolvedValue({ success, fail });
  const app = express();
  app.use(createRegistriesRouter({ ...room, auditor }));
  app.use(mockErrorHandler());
  return { ...room, app: request(app), auditor, success, fail };
}

beforeEach(async () => {
  knex = await database.create();
});

afterEach(async () => {
  await Promise.all(sandboxes.splice(0).map(each => each.stop()));
});

const remote = {
  name: 'company',
  provider: 'distribution',
  address: 'https://registry.example.test',
};
const login = { username: 'ada', password: 'correct horse' };

describe('registries over REST', () => {
  it('adds, lists, reads, changes and deletes one', async () => {
    const { app, signals } = await start();
    const added = await app
      .post('/registries')
      .send({ ...remote, credentials: login })
      .expect(201);
    expect(added.body).toMatchObject({
      ...remote,
      tls: { verify: true },
      grants: [{ to: 'all' }],
      isDefault: true,
      source: 'database',
      hasCredentials: true,
      username: 'ada',
      status: { state: 'unknown' },
      version: 1,
      usedBy: 0,
      may: { update: true, delete: true, manageWebhooks: true },
    });
    const { id } = added.body;

    const listed = await app.get('/registries').expect(200);
    expect(listed.body).toEqual({ items: [added.body], totalItems: 1 });
    await app.get(`/registries/${id}`).expect(200, added.body);

    const changed = await app
      .patch(`/registries/${id}`)
      .send({ version: 1, name: 'Company' })
      .expect(200);
    expect(changed.body).toMatchObject({ name: 'Company', version: 2 });

    await app.delete(`/registries/${id}`).expect(204);
    await app.get(`/registries/${id}`).expect(404);
    expect(signals).toEqual(Array(3).fill({ topic: 'registry', id }));
  });

  it('never gives credentials back, and keeps them encrypted', async () => {
    const { app, auditor } = await start();
    const added = await app
      .post('/registries')
      .send({ ...remote, credentials: login });
    const listed = await app.get('/registries');
    const stored = await knex('registry_credentials').select();
    for (const text of [added, listed].map(response => response.text)) {
      expect(text).not.toContain(login.password);
    }
    expect(JSON.stringify(stored)).not.toContain(login.password);
    expect(stored).toHaveLength(1);
    expect(
      JSON.stringify(auditor.createEvent.mock.calls[0][0].meta),
    ).not.toContain(login.password);
  });

  it('records each write in the audit log, also a failed one', async () => {
    const { app, auditor, success, fail } = await start();
    await app.post('/registries').send(remote).expect(201);
    await app.post('/registries').send(remote).expect(409);
    expect(
      auditor.createEvent.mock.calls.map(([{ eventId, meta }]) => [
        eventId,
        meta?.queryType,
      ]),
    ).toEqual([
      ['registry-mutate', 'create'],
      ['registry-mutate', 'create'],
    ]);
    expect(success).toHaveBeenCalledTimes(1);
    expect(fail).toHaveBeenCalledTimes(1);
  });

  it.each([
    [{ ...remote, colour: 'red' }, 'unknown field colour'],
    [{ ...remote, name: '' }, 'name: '],
    [{ ...remote, provider: 'floppy' }, 'provider: "floppy" is not installed'],
    [
      { ...remote, credentials: { user: 'ada' } },
      'unknown field credentials.user',
    ],
    [
      { ...remote, credentials: { username: 'ada' } },
      'credentials.password: is needed',
    ],
    [
      { ...remote, options: { plainHttp: true } },
      'unknown field options.plainHttp',
    ],
    [
      { ...remote, address: 'https://ada:pw@registry.example.test' },
      'user name or password',
    ],
    [{ ...remote, address: 'file:///etc/passwd' }, 'file:'],
    [{ ...remote, address: 'http://169.254.169.254' }, '169.254.169.254'],
    [{ ...remote, address: 'https://metadata.google.internal' }, 'metadata'],
    [{ ...remote, address: 'http://[fe80::1]:5000' }, 'link-local'],
    [{ ...remote, pullAddress: '169.254.169.254' }, '169.254.169.254'],
    [
      { ...remote, tls: { verify: true, caCertificate: 'x' } },
      'tls.caCertificate',
    ],
    [{ ...remote, provider: 'docker-hub' }, 'is not Docker Hub'],
    [
      { ...remote, grants: [{ to: { owners: ['a b:c/d/e'] } }] },
      'grants[0].to.owners',
    ],
  ])('refuses %j', async (body, sentence) => {
    const { app } = await start();
    const response = await app.post('/registries').send(body);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(sentence);
    expect(await knex('registries').select()).toEqual([]);
  });

  it('asks for a yes before a password goes over plain http', async () => {
    const { app } = await start();
    const body = {
      ...remote,
      address: 'http://registry.example.test',
      credentials: login,
    };
    const refused = await app.post('/registries').send(body).expect(400);
    expect(refused.body.error.message).toContain('allowInsecureCredentials');
    await app
      .post('/registries')
      .send({ ...body, allowInsecureCredentials: true })
      .expect(201);
  });

  it.each([
    ['http://ghcr.io/acme', 'distribution', 'https://ghcr.io', 'acme'],
    [
      'registry.hub.docker.com',
      'docker-hub',
      'https://registry-1.docker.io',
      undefined,
    ],
    [
      'http://docker.io/acme',
      'docker-hub',
      'https://registry-1.docker.io',
      'acme',
    ],
  ])('stores %s as it is meant', async (address, provider, url, namespace) => {
    const { app } = await start();
    const { body } = await app
      .post('/registries')
      .send({ name: 'public', provider, address })
      .expect(201);
    expect(body.address).toBe(url);
    expect(body.namespace).toBe(namespace);
  });

  it('refuses a second registry of one name, in any case', async () => {
    const { app } = await start();
    await app.post('/registries').send(remote).expect(201);
    const { body } = await app
      .post('/registries')
      .send({ ...remote, name: 'COMPANY' })
      .expect(409);
    expect(body.error.message).toContain('"COMPANY" already');
  });

  it('refuses a stale change', async () => {
    const { app } = await start();
    const { body } = await app.post('/registries').send(remote);
    const change = (name: string) =>
      app.patch(`/registries/${body.id}`).send({ version: 1, name });
    await change('one').expect(200);
    await change('two').expect(409);
  });

  it.each([
    ['the address', { address: 'https://evil.example.test' }],
    ['the TLS settings', { tls: { verify: false } }],
    ['the pull address', { pullAddress: 'evil.example.test' }],
  ])(
    'does not take stored credentials along when %s changes',
    async (what, change) => {
      const { app } = await start();
      const { body } = await app
        .post('/registries')
        .send({ ...remote, credentials: login });
      const url = `/registries/${body.id}`;
      const refused = await app
        .patch(url)
        .send({ version: 1, ...change })
        .expect(400);
      expect(refused.body.error.message).toContain(
        `changing ${what} needs the credentials again`,
      );
      await app
        .patch(url)
        .send({ version: 1, ...change, credentials: login })
        .expect(200);
      const without = await app
        .patch(url)
        .send({ version: 2, address: remote.address, credentials: {} })
        .expect(200);
      expect(without.body.hasCredentials).toBe(false);
      expect(without.body).not.toHaveProperty('username');
    },
  );

  it('replaces the default and never leaves none', async () => {
    const { app } = await start();
    const first = (await app.post('/registries').send(remote)).body;
    const second = (
      await app
        .post('/registries')
        .send({ ...remote, name: 'second', isDefault: true })
        .expect(201)
    ).body;
    const defaults = async () =>
      (await app.get('/registries')).body.items
        .filter((each: { isDefault: boolean }) => each.isDefault)
        .map((each: { name: string }) => each.name);
    expect(await defaults()).toEqual(['second']);
    await app
      .patch(`/registries/${second.id}`)
      .send({ version: 1, isDefault: false })
      .expect(400);
    const refused = await app.delete(`/registries/${second.id}`).expect(409);
    expect(refused.body.error.message).toContain('is the default');
    await app
      .patch(`/registries/${first.id}`)
      .send({ version: 1, isDefault: true })
      .expect(200);
    expect(await defaults()).toEqual(['company']);
    await app.delete(`/registries/${second.id}`).expect(204);
    await app.delete(`/registries/${first.id}`).expect(204);
  });

  it('does not delete what is used, and says by what', async () => {
    const { app, registries } = await start();
    registries.service.addUsageSource(async () => [
      { kind: 'policy', id: '1', title: 'web in production' },
    ]);
    const { body } = await app.post('/registries').send(remote);
    expect(body.usedBy).toBe(1);
    const refused = await app.delete(`/registries/${body.id}`).expect(409);
    expect(refused.body.error.message).toBe(
      'company is in use by policy web in production',
    );
    const usages = await app.get(`/registries/${body.id}/usages`).expect(200);
    expect(usages.body.items).toEqual([
      { kind: 'policy', id: '1', title: 'web in production' },
    ]);
  });

  it('tells only of uses by components that the caller may see, and counts the others', async () => {
    const web = component('web');
    const secret = component('secret');
    const { app, registries } = await start({
      entities: [web, secret],
      permissions: {
        authorize: async requests =>
          requests.map(({ resourceRef }) => ({
            result:
              resourceRef === 'component:default/secret'
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async queries =>
          queries.map(() => ({ result: AuthorizeResult.ALLOW })),
      },
    });
    const use = (name: string) => ({
      kind: 'policy' as const,
      id: name,
      entityRef: `component:default/${name}`,
      title: `${name} in production`,
    });
    registries.service.addUsageSource(async () => [
      use('web'),
      use('secret'),
      use('gone'),
    ]);
    const { body } = await app.post('/registries').send(remote);
    const usages = await app.get(`/registries/${body.id}/usages`).expect(200);
    expect(usages.body).toEqual({ items: [use('web')], hidden: 2 });
  });

  it('pages', async () => {
    const { app } = await start();
    for (const name of ['c', 'a', 'b']) {
      await app
        .post('/registries')
        .send({ ...remote, name })
        .expect(201);
    }
    const first = await app.get('/registries?limit=2').expect(200);
    expect(first.body.totalItems).toBe(3);
    const { nextCursor } = first.body;
    const second = await app
      .get('/registries')
      .query({ limit: 2, cursor: nextCursor });
    expect(second.body).not.toHaveProperty('nextCursor');
    expect(
      [...first.body.items, ...second.body.items].map(each => each.name),
    ).toEqual(['a', 'b', 'c']);
    await app.get('/registries?cursor=nonsense').expect(400);
  });

  it('lists for a component what some grant lets it use', async () => {
    const { app } = await start({
      entities: ['web', 'bank'].map(name => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name, namespace: 'default' },
        relations: [
          { type: 'ownedBy', targetRef: `group:default/team-${name}` },
        ],
      })),
    });
    const add = (name: string, grants: object[]) =>
      app
        .post('/registries')
        .send({ ...remote, name, grants })
        .expect(201);
    await add('everybody', [{ to: 'all', repositories: ['public/*'] }]);
    await add('nobody', []);
    await add('web', [
      { to: { owners: ['team-bank'], systems: ['other'] } },
      { to: { owners: ['team-web'] }, repositories: ['apps/web'] },
    ]);
    const usable = async (query: object) => {
      const { body } = await app.get('/registries').query(query).expect(200);
      const names = body.items.map(({ name }: { name: string }) => name);
      return [names, body.totalItems];
    };
    const web = { entityRef: 'component:default/web' };
    expect(await usable({})).toEqual([['everybody', 'nobody', 'web'], 3]);
    expect(await usable(web)).toEqual([['everybody', 'web'], 2]);
    expect(await usable({ ...web, limit: 1 })).toEqual([['everybody'], 2]);
    expect(await usable({ entityRef: 'component:default/bank' })).toEqual([
      ['everybody'],
      1,
    ]);
    await app
      .get('/registries')
      .query({ entityRef: 'component:default/none' })
      .expect(404);
    await app.get('/registries').query({ entityRef: 'web' }).expect(400);
  });

  it('describes the providers', async () => {
    const { app } = await start();
    const { body } = await app.get('/providers').expect(200);
    expect(body.items.map((each: { id: string }) => each.id)).toEqual(
      builtInProviders().map(({ descriptor }) => descriptor.id),
    );
  });
});

describe('connection check over REST', () => {
  it('passes each step of a registry that works, and keeps the state', async () => {
    const { url } = await sandbox();
    await pushImage(url, { repository: 'apps/web', tag: 'v1' });
    const { app, signals } = await start();
    const { body } = await app
      .post('/registries')
      .send({ ...remote, address: url })
      .expect(201);
    signals.length = 0;
    const check = await app.post(`/registries/${body.id}/check`).expect(200);
    expect(check.body).toMatchObject({ ok: true, address: url });
    expect(check.body.steps.map((step: { name: string }) => step.name)).toEqual(
      ['address', 'tls', 'ping', 'authenticate', 'list', 'pull'],
    );
    const after = await app.get(`/registries/${body.id}`);
    expect(after.body.status).toEqual({
      state: 'connected',
      checkedAt: expect.any(String),
      steps: check.body.steps,
    });
    expect(signals).toEqual([{ topic: 'registry', id: body.id }]);
  });

  it('says that the password is wrong', async () => {
    const { url } = await sandbox({
      access: {
        mode: 'basic',
        users: [{ username: 'ada', password: 'right' }],
      },
    });
    const { app } = await start();
    const { body } = await app
      .post('/registries/check')
      .send({
        provider: 'distribution',
        address: url,
        credentials: { username: 'ada', password: 'wrong' },
      })
      .expect(200);
    expect(body.ok).toBe(false);
    const failed = body.steps.find(
      (step: { ok: boolean; skipped?: boolean }) => !step.ok && !step.skipped,
    );
    expect(failed).toMatchObject({
      name: 'authenticate',
      code: 'unauthenticated',
      hint: expect.stringMatching(/password/i),
    });
    expect(JSON.stringify(body)).not.toContain('wrong');
  });

  it('checks changes that are not saved, and sends stored credentials nowhere else', async () => {
    const access = {
      mode: 'basic' as const,
      users: [{ username: 'ada', password: 'right' }],
    };
    const [here, there] = [
      await sandbox({ access }),
      await sandbox({ access }),
    ];
    const { app } = await start();
    const credentials = { username: 'ada', password: 'right' };
    const { body: saved } = await app
      .post('/registries')
      .send({ ...remote, address: here.url, credentials })
      .expect(201);
    const check = (change: object) =>
      app.post(`/registries/${saved.id}/check`).send(change);

    const kept = await check({ namespace: 'apps' }).expect(200);
    expect(kept.body).toMatchObject({ ok: true, address: here.url });
    const refused = await check({ address: there.url }).expect(400);
    expect(refused.text).toContain('needs the credentials again');
    const moved = await check({ address: there.url, credentials }).expect(200);
    expect(moved.body).toMatchObject({ ok: true, address: there.url });
    const wrong = await check({
      credentials: { ...credentials, password: 'wrong' },
    }).expect(200);
    expect(wrong.body.ok).toBe(false);
    await check({ provider: 'harbor' }).expect(400);
    await check({ proxy: 'ftp://proxy' }).expect(400);

    const after = await app.get(`/registries/${saved.id}`).expect(200);
    expect(after.body).toEqual(saved);
  });

  it('says that a registry speaks plain http', async () => {
    const { url } = await sandbox();
    const { app } = await start();
    const { body } = await app
      .post('/registries/check')
      .send({
        provider: 'distribution',
        address: url.replace('http:', 'https:'),
      })
      .expect(200);
    expect(body.steps[1]).toMatchObject({
      name: 'tls',
      ok: false,
      code: 'protocol-mismatch',
      hint: expect.stringContaining('http://'),
    });
    expect(
      body.steps.slice(2).every((step: { skipped: boolean }) => step.skipped),
    ).toBe(true);
  });

  it('says that a name does not resolve and that nothing listens', async () => {
    const { app } = await start();
    const check = async (address: string) =>
      (
        await app
          .post('/registries/check')
          .send({ provider: 'distribution', address })
          .expect(200)
      ).body.steps;
    expect((await check('https://no-such-host.invalid'))[0]).toMatchObject({
      ok: false,
      code: 'name-not-found',
    });
    const { url, stop } = await startSandboxRegistry();
    await stop();
    expect((await check(url))[2]).toMatchObject({
      name: 'ping',
      ok: false,
      code: 'unreachable',
    });
  });
});

describe('who may do what with registries', () => {
  function policy(
    decide: (permission: {
      name: string;
      attributes: { action?: string };
    }) => 'allow' | 'deny' | 'company',
    id: () => string,
  ): PermissionsService {
    const answer = (permission: Parameters<typeof decide>[0]) => {
      const decision = decide(permission);
      return decision === 'company'
        ? createImageRegistryConditionalDecision(
            createPermission({
              name: permission.name,
              attributes: {},
              resourceType: 'image-registry',
            }),
            imageRegistryConditions.hasId({ ids: [id()] }),
          )
        : {
            result:
              decision === 'allow'
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
          };
    };
    return {
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result:
            decide(permission) === 'allow'
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
        })),
      authorizeConditional: async requests =>
        requests.map(({ permission }) => answer(permission)),
    };
  }

  it('hides what may not be read, and refuses what may not be changed', async () => {
    let id = '';
    const everybody = await start();
    const visible = (await everybody.app.post('/registries').send(remote)).body;
    const hidden = (
      await everybody.app
        .post('/registries')
        .send({ ...remote, name: 'hidden' })
    ).body;
    id = visible.id;
    const { app } = await start({
      permissions: policy(
        ({ attributes }) => (attributes.action === 'read' ? 'company' : 'deny'),
        () => id,
      ),
    });

    const listed = await app.get('/registries').expect(200);
    expect(listed.body.items.map((each: { id: string }) => each.id)).toEqual([
      visible.id,
    ]);
    expect(listed.body.totalItems).toBe(1);
    expect(listed.body.items[0].may).toEqual({
      update: false,
      delete: false,
      manageWebhooks: false,
    });
    await app.get(`/registries/${visible.id}`).expect(200);
    await app.get(`/registries/${hidden.id}`).expect(404);
    await app.get(`/registries/${hidden.id}/usages`).expect(404);
    await app.post('/registries').send(remote).expect(403);
    await app.post('/registries/check').send(remote).expect(403);
    for (const target of [visible.id, hidden.id, 'unknown']) {
      await app.patch(`/registries/${target}`).send({ version: 1 }).expect(403);
      await app.delete(`/registries/${target}`).expect(403);
      await app.post(`/registries/${target}/check`).expect(403);
    }
  });

  it('asks everybody to sign in', async () => {
    const { app } = await start();
    const nobody = mockCredentials.none.header();
    for (const path of ['/providers', '/registries', '/registries/x']) {
      await app.get(path).set('authorization', nobody).expect(401);
    }
  });

  it('lets no unrestricted service token change anything', async () => {
    const { app } = await start();
    const service = mockCredentials.service.header();
    await app.get('/registries').set('authorization', service).expect(200);
    await app
      .post('/registries')
      .set('authorization', service)
      .send(remote)
      .expect(403);
    await app.delete('/registries/x').set('authorization', service).expect(403);
  });
});
