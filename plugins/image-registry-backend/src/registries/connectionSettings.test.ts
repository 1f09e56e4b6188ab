import { rootCertificates } from 'node:tls';
import {
  RegistryConnection,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { createDistributionProvider } from '../providers';
import { sqlite } from '../testing';
import { testRegistries } from '../testing/registries';

const database = sqlite();
let knex: Knex;

beforeEach(async () => {
  knex = await database.create();
});

const remote = {
  name: 'company',
  provider: 'two-ways',
  address: 'https://registry.example.test',
};
const keys = { accessKey: 'AK1', secretKey: 'hush-hush' };
const pullLogin = { username: 'puller', password: 'pull-secret' };

/** A kind with two ways to sign in that keeps what it is connected with. */
async function start() {
  const connections: RegistryConnection[] = [];
  const plain = createDistributionProvider();
  const field = (name: string, method: string) => ({
    name,
    method,
    in: 'credentials' as const,
    type: 'secret' as const,
    label: name,
    required: true,
  });
  const provider: RegistryProvider = {
    ...plain,
    descriptor: {
      ...plain.descriptor,
      id: 'two-ways',
      form: {
        addressPlaceholder: 'registry.example.test',
        anonymous: false,
        methods: [
          { id: 'keys', label: 'Access keys' },
          { id: 'password', label: 'Docker password' },
          {
            id: 'ambient',
            label: 'Identity of the backend',
            ownIdentity: true,
          },
        ],
        fields: [
          field('accessKey', 'keys'),
          field('secretKey', 'keys'),
          field('password', 'password'),
        ],
      },
    },
    connect(connection) {
      connections.push(connection);
      return plain.connect(connection);
    },
  };
  const room = await testRegistries({ knex, providers: [provider] });
  return { ...room.registries, authorized: room.authorized, connections };
}

describe('sign-in methods', () => {
  it.each([
    { credentials: keys },
    { options: { signIn: 'keys' }, credentials: keys },
    { options: { signIn: 'password' }, credentials: { password: 'x' } },
    // A method without fields needs no credentials.
    { options: { signIn: 'ambient' } },
  ])('takes %j', async input => {
    const { editor } = await start();
    const created = await editor.create({ ...remote, ...input });
    expect(created.options).toEqual(input.options ?? {});
  });

  it.each([
    [{ options: { signIn: 'keys' }, credentials: {} }, 'accessKey: is needed'],
    [
      { options: { signIn: 'password' }, credentials: keys },
      'unknown field credentials.accessKey',
    ],
    [
      { options: { signIn: 'smoke' }, credentials: keys },
      'options.signIn: must be one of keys, password, ambient',
    ],
  ])('refuses %j', async (input, refusal) => {
    const { editor } = await start();
    await expect(editor.create({ ...remote, ...input })).rejects.toThrow(
      refusal,
    );
  });
});

describe("the backend's own identity", () => {
  const own = { ...remote, options: { signIn: 'ambient' } };

  it.each([
    [{ proxy: 'http://attacker.example.test:3128' }, 'proxy'],
    [{ tls: { verify: false } }, 'tls.verify'],
    [{ tls: { verify: true, caCertificate: rootCertificates[0] } }, 'tls.ca'],
  ])('is not shown to who stands in between: %j', async (between, field) => {
    const { editor, checks } = await start();
    const refusal = `Invalid body: ${field}`;
    await expect(editor.create({ ...own, ...between })).rejects.toThrow(
      refusal,
    );
    await expect(checks.unsaved({ ...own, ...between })).rejects.toThrow(
      refusal,
    );
    const { id } = await editor.create(own);
    await expect(editor.update(id, { version: 1, ...between })).rejects.toThrow(
      refusal,
    );
  });
});

describe('changes at the same moment', () => {
  it('never bring new credentials to the old address', async () => {
    const { editor, service, connections } = await start();
    const { id } = await editor.create({ ...remote, credentials: keys });
    const client = service.client(id);
    await editor.update(id, {
      version: 1,
      address: 'https://other.example.test',
      credentials: { ...keys, secretKey: 'of-the-other' },
    });
    await client.catch(() => undefined);
    await service.client(id);
    for (const { address, credentials } of connections) {
      expect([address, credentials?.secretKey]).toEqual(
        address === remote.address
          ? [remote.address, keys.secretKey]
          : ['https://other.example.test', 'of-the-other'],
      );
    }
  });

  it('are refused when they know an older state', async () => {
    const { editor } = await start();
    const { id } = await editor.create({ ...remote, credentials: keys });
    await editor.update(id, { version: 1, name: 'renamed' });
    await expect(
      editor.update(id, { version: 1, name: 'again' }),
    ).rejects.toThrow('changed or deleted meanwhile');
    await expect(
      editor.update(id, { version: 3, name: 'again' }),
    ).rejects.toThrow('changed or deleted meanwhile');
  });
});

describe('the login for clusters', () => {
  it('is kept apart, encrypted, and given to the client', async () => {
    const { editor, service, connections } = await start();
    const registry = await editor.create({
      ...remote,
      credentials: keys,
      pullCredentials: pullLogin,
    });
    expect(registry).toMatchObject({
      hasCredentials: true,
      hasPullCredentials: true,
      pullWithManage: false,
    });
    expect(JSON.stringify(registry)).not.toContain('secret');
    const rows = await knex('registry_credentials').select();
    expect(rows.map(row => row.purpose).sort()).toEqual(['manage', 'pull']);
    expect(JSON.stringify(rows)).not.toContain(pullLogin.password);

    const client = await service.client(registry.id);
    expect(connections[0]).toMatchObject({
      credentials: keys,
      pullCredentials: pullLogin,
    });
    expect(await client.pullCredential?.()).toEqual({
      ...pullLogin,
      from: 'pull',
    });
  });

  it('is removed by {}, and does not move to another address', async () => {
    const { editor } = await start();
    const { id } = await editor.create({
      ...remote,
      options: { signIn: 'ambient' },
      pullCredentials: pullLogin,
    });
    const move = {
      version: 1,
      address: 'https://evil.example.test',
    };
    await expect(editor.update(id, move)).rejects.toThrow(
      'pullCredentials: changing the address needs the credentials again',
    );
    const without = await editor.update(id, { ...move, pullCredentials: {} });
    expect(without.hasPullCredentials).toBe(false);
  });
});

describe('the proxy of a registry', () => {
  it.each([
    ['http://proxy.example.test:3128', 'http://proxy.example.test:3128'],
    ['https://proxy.example.test/', 'https://proxy.example.test'],
  ])('%s is stored', async (proxy, stored) => {
    const { editor } = await start();
    const created = await editor.create({
      ...remote,
      credentials: keys,
      proxy,
    });
    expect(created.proxy).toBe(stored);
    const removed = await editor.update(created.id, {
      version: 1,
      proxy: null,
      credentials: keys,
    });
    expect(removed.proxy).toBeUndefined();
  });

  it.each([
    ['proxy.example.test:3128', 'write it as http://host:port'],
    ['socks5://proxy.example.test', 'write it as http://host:port'],
    ['http://proxy.example.test/path', 'a proxy has no path'],
    ['http://ada:pw@proxy.example.test:3128', 'contains credentials'],
    ['http://169.254.169.254', '169.254.169.254'],
  ])('%s is refused', async (proxy, sentence) => {
    const { editor } = await start();
    await expect(
      editor.create({ ...remote, credentials: keys, proxy }),
    ).rejects.toThrow(sentence);
  });

  it('needs the credentials again when it changes', async () => {
    const { editor } = await start();
    const { id } = await editor.create({ ...remote, credentials: keys });
    const proxy = 'http://evil.example.test:3128';
    await expect(editor.update(id, { version: 1, proxy })).rejects.toThrow(
      'changing the proxy needs the credentials again',
    );
  });
});
