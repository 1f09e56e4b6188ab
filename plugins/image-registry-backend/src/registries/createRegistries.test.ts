import { randomBytes } from 'node:crypto';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { pushImage, startSandboxRegistry } from '@slipway/sandbox';
import { Knex } from 'knex';
import { sqlite } from '../testing';
import { testKey, testRegistries } from '../testing/registries';

const database = sqlite();
let knex: Knex;

beforeEach(async () => {
  knex = await database.create();
});

const login = { username: 'ada', password: 'correct horse' };
const remote = {
  name: 'own',
  provider: 'distribution',
  address: 'https://registry.example.test',
};
const newKey = { id: 'new', secret: randomBytes(32).toString('base64') };

async function start(
  imageRegistry?: JsonObject,
  entities: Entity[] = [],
): Promise<Awaited<ReturnType<typeof testRegistries>>['registries']> {
  const room = await testRegistries({ knex, imageRegistry, entities });
  return room.registries;
}

function entity(
  kind: string,
  name: string,
  relations: Entity['relations'] = [],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    relations,
  };
}

describe('registries of app-config', () => {
  const registries = {
    company: {
      provider: 'harbor',
      address: 'harbor.example.test',
      namespace: 'apps',
      credentials: { username: 'robot$portal', password: 'hush' },
      grants: [{ to: { owners: ['Web'] } }],
      default: true,
      webhookEndpoints: {
        main: { secret: 'a-secret-of-sixteen', repositories: ['apps/**'] },
      },
    },
  };

  it('appear read-only, with their logins and endpoints', async () => {
    const { service, editor } = await start({ registries });
    expect(await service.get('company')).toMatchObject({
      name: 'company',
      address: 'https://harbor.example.test',
      source: 'config',
      isDefault: true,
      hasCredentials: true,
      username: 'robot$portal',
      grants: [{ to: { owners: ['group:default/web'] } }],
      tls: { verify: true },
    });
    expect(service.configuredEndpoints()).toEqual([
      {
        id: 'config-company-main',
        registryId: 'company',
        name: 'main',
        secret: 'a-secret-of-sixteen',
        repositories: ['apps/**'],
      },
    ]);
    expect(JSON.stringify(await knex('registries').select())).not.toContain(
      'hush',
    );
    expect(await knex('registry_credentials').select()).toEqual([]);
    await expect(
      editor.update('company', { version: 1, name: 'x' }),
    ).rejects.toThrow('imageRegistry.registries.company); change it there');
    await expect(editor.remove('company')).rejects.toThrow('app-config');
    await expect(editor.create({ ...remote, isDefault: true })).rejects.toThrow(
      'app-config makes company the default',
    );
  });

  it('stay as removed while something uses them, and no longer', async () => {
    await (await start({ registries })).start();
    const used = await start();
    used.service.addUsageSource(async () => [
      { kind: 'policy', id: '1', title: 'web' },
    ]);
    await used.start();
    expect((await used.service.get('company')).status.state).toBe('removed');
    await expect(used.service.client('company')).rejects.toThrow(
      'was removed from app-config',
    );
    expect(
      await used.service.findByImage('harbor.example.test/apps/web'),
    ).toBeUndefined();

    const unused = await start();
    await unused.start();
    expect(await unused.service.find('company')).toBeUndefined();
  });

  it('whose kind is not installed say so when they are used', async () => {
    const { service } = await start({
      registries: { odd: { provider: 'floppy', address: 'a.example.test' } },
    });
    await expect(service.client('odd')).rejects.toThrow(
      'of the kind "floppy", which is not installed',
    );
  });

  it.each([
    [{ 'bad id': { provider: 'harbor', address: 'a.test' } }, 'the id must be'],
    [{ a: { provider: 'harbor' } }, "'imageRegistry.registries.a.address'"],
    [
      { a: { provider: 'harbor', address: 'ftp://a.test' } },
      'imageRegistry.registries.a: An address begins with',
    ],
    [
      {
        a: { provider: 'harbor', address: 'a.test', grants: [{ to: 'some' }] },
      },
      'imageRegistry.registries.a.grants',
    ],
    [
      {
        a: {
          provider: 'harbor',
          address: 'a.test',
          webhookEndpoints: { push: { secret: 'fifteen-letters' } },
        },
      },
      'imageRegistry.registries.a.webhookEndpoints.push.secret: at least 16',
    ],
    [
      {
        a: { provider: 'harbor', address: 'a.test', name: 'Same' },
        b: { provider: 'harbor', address: 'b.test', name: 'same' },
      },
      'the name "same" is there twice',
    ],
    [
      {
        a: { provider: 'harbor', address: 'a.test', default: true },
        b: { provider: 'harbor', address: 'b.test', default: true },
      },
      'more than one registry is the default',
    ],
  ])('that are wrong stop the start: %j', async (wrong, sentence) => {
    await expect(start({ registries: wrong })).rejects.toThrow(sentence);
  });
});

describe('encryption keys', () => {
  it('lock a registry when they are missing, and nothing else', async () => {
    const before = await start();
    const { id } = await before.editor.create({
      ...remote,
      credentials: login,
    });
    const open = await before.editor.create({ ...remote, name: 'open' });

    const { service, editor } = await start({ encryption: { keys: [newKey] } });
    expect((await service.get(id)).status).toEqual({
      state: 'locked',
      message: expect.stringContaining('the key "test"'),
      because: expect.objectContaining({ code: 'registry-locked' }),
    });
    await expect(service.client(id)).rejects.toThrow('the key "test"');
    await expect(service.client(open.id)).resolves.toHaveProperty('resolve');
    const unlocked = await editor.update(id, {
      version: 1,
      credentials: login,
    });
    expect(unlocked.status.state).toBe('unknown');
    await expect(service.client(id)).resolves.toHaveProperty('resolve');
  });

  it('rotate: the background encrypts with the first one', async () => {
    const before = await start();
    const { id } = await before.editor.create({
      ...remote,
      credentials: login,
    });

    const rotated = await start({ encryption: { keys: [newKey, testKey] } });
    expect(await rotated.countOutdatedCredentials()).toBe(1);
    expect(await rotated.reencryptCredentials()).toEqual({
      changed: 1,
      locked: 0,
    });
    expect(await rotated.countOutdatedCredentials()).toBe(0);

    const after = await start({ encryption: { keys: [newKey] } });
    expect((await after.service.get(id)).status.state).toBe('unknown');
    await expect(after.service.client(id)).resolves.toHaveProperty('resolve');
  });

  it('that are missing while re-encrypting do not stop the others', async () => {
    const lost = { id: 'lost', secret: randomBytes(32).toString('base64') };
    const first = await start({ encryption: { keys: [lost] } });
    await first.editor.create({ ...remote, credentials: login });
    const second = await start();
    await second.editor.create({ ...remote, name: 'b', credentials: login });
    const rotated = await start({ encryption: { keys: [newKey, testKey] } });
    expect(await rotated.reencryptCredentials()).toEqual({
      changed: 1,
      locked: 1,
    });
  });

  it('must exist before credentials are stored', async () => {
    const { editor } = await start({ encryption: { keys: [] } });
    await expect(
      editor.create({ ...remote, credentials: login }),
    ).rejects.toThrow('Set imageRegistry.encryption.keys in app-config');
    await editor.create(remote);
  });
});

describe('what other rooms ask of registries', () => {
  it('which registry serves an image', async () => {
    const { service, editor } = await start();
    const add = (name: string, address: string, extra = {}) =>
      editor.create({ name, provider: 'distribution', address, ...extra });
    await add('root', 'https://registry.example.test');
    await add('deep', 'https://registry.example.test/team');
    await add('pulled', 'https://inside.example.test', {
      pullAddress: 'outside.example.test',
    });
    await editor.create({
      name: 'hub',
      provider: 'docker-hub',
      address: 'docker.io',
    });
    const served = async (image: string) => {
      const found = await service.findByImage(image);
      return found && [found.registry.name, found.repository, found.tag];
    };
    expect(await served('registry.example.test/apps/web:v1')).toEqual([
      'root',
      'apps/web',
      'v1',
    ]);
    expect(await served('registry.example.test/team/web:v1')).toEqual([
      'deep',
      'web',
      'v1',
    ]);
    expect(await served('outside.example.test/a')).toEqual([
      'pulled',
      'a',
      undefined,
    ]);
    expect(await served('nginx:1.27')).toEqual([
      'hub',
      'library/nginx',
      '1.27',
    ]);
    expect(await served('nobody.example.test/a')).toBeUndefined();
    expect(await served('NOT AN IMAGE')).toBeUndefined();

    const [deep] = (await service.list()).filter(each => each.name === 'deep');
    expect(service.pullReference(deep, { repository: 'web', tag: 'v1' })).toBe(
      'registry.example.test/team/web:v1',
    );
  });

  it('whether a component may use a repository', async () => {
    const web = entity('Component', 'web', [
      { type: 'ownedBy', targetRef: 'group:default/web' },
      { type: 'partOf', targetRef: 'system:default/shop' },
    ]);
    const registries = await start(undefined, [
      entity('System', 'shop', [
        { type: 'partOf', targetRef: 'domain:default/retail' },
      ]),
    ]);
    await registries.start();
    const { service, editor } = registries;
    const created = await editor.create(remote);
    const granted = (grants: typeof created.grants, repository = 'apps/web') =>
      service.isGranted({ ...created, grants }, repository, web);
    expect(granted([])).toBe(false);
    expect(granted([{ to: 'all' }])).toBe(true);
    expect(granted([{ to: 'all', repositories: ['other/*'] }])).toBe(false);
    expect(granted([{ to: { owners: ['group:default/web'] } }])).toBe(true);
    expect(granted([{ to: { owners: ['group:default/bank'] } }])).toBe(false);
    expect(granted([{ to: { systems: ['system:default/shop'] } }])).toBe(true);
    expect(granted([{ to: { domains: ['domain:default/retail'] } }])).toBe(
      true,
    );
    expect(granted([{ to: { domains: ['domain:default/bank'] } }])).toBe(false);
    expect(granted([{ to: { catalogNamespaces: ['default'] } }])).toBe(true);
    expect(
      granted([
        {
          to: {
            owners: ['group:default/web'],
            systems: ['system:default/other'],
          },
        },
      ]),
    ).toBe(false);
  });

  it('one client per version of the settings', async () => {
    const { service, editor } = await start();
    const { id } = await editor.create(remote);
    const first = await service.client(id);
    expect(await service.client(id)).toBe(first);
    await editor.update(id, { version: 1, address: 'https://b.example.test' });
    expect(await service.client(id)).not.toBe(first);
  });
});

describe('checks in the background', () => {
  it('keep the state of every registry', async () => {
    const sandbox = await startSandboxRegistry();
    try {
      await pushImage(sandbox.url, { repository: 'a/b', tag: 'v1' });
      const { service, editor, checks } = await start();
      const good = await editor.create({ ...remote, address: sandbox.url });
      const bad = await editor.create({
        ...remote,
        name: 'bad',
        address: 'https://no-such-host.invalid',
      });
      await checks.all(new AbortController().signal);
      expect((await service.get(good.id)).status.state).toBe('connected');
      expect((await service.get(bad.id)).status).toMatchObject({
        state: 'unreachable',
        message: expect.stringContaining('no-such-host.invalid'),
      });
    } finally {
      await sandbox.stop();
    }
  });
});
