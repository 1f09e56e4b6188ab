import { pullFromRegistry } from './pullFromRegistry';
import {
  AccessOptions,
  SandboxRegistry,
  startSandboxRegistry,
} from './registry';
import { buildImage } from './registry/images/buildImage';

const login = { username: 'robot', password: 'dummy' };
const wrong = { username: 'robot', password: 'old' };

describe('pullFromRegistry', () => {
  let registry: SandboxRegistry;

  const start = async (access: AccessOptions) => {
    registry = await startSandboxRegistry({ access });
    const image = buildImage({
      platform: { os: 'linux', architecture: 'amd64' },
      created: new Date(0),
      layers: [],
    });
    registry.store('team/app', image, ['1']);
  };
  const pull = (image: string, logins = [login]) =>
    pullFromRegistry(registry, `${registry.address}/${image}`, logins);
  afterEach(() => registry.stop());

  it.each<[string, AccessOptions]>([
    ['open', { mode: 'open' }],
    ['basic', { mode: 'basic', users: [login] }],
    ['token', { mode: 'token', users: [login] }],
  ])('finds the digest, %s', async (_, access) => {
    await start(access);
    expect(await pull('team/app:1')).toEqual({
      digest: registry.resolveDigest(`${registry.address}/team/app:1`),
    });
    expect(await pull('team/absent:1')).toBe('missing');
    expect(await pullFromRegistry(registry, 'other.example/a:1', [])).toBe(
      'unknown',
    );
  });

  it.each<[string, AccessOptions]>([
    ['basic', { mode: 'basic', users: [login] }],
    ['token', { mode: 'token', users: [login] }],
  ])('is denied without the right login, %s', async (_, access) => {
    await start(access);
    const denied = { refused: expect.stringContaining('pull access denied') };
    expect(await pull('team/app:1', [])).toEqual(denied);
    expect(await pull('team/app:1', [wrong])).toEqual(denied);
    expect(await pull('team/app:1', [wrong, login])).toHaveProperty('digest');
  });

  it('gives what anybody may pull', async () => {
    await start({ mode: 'token', users: [], anonymousActions: ['pull'] });
    expect(await pull('team/app:1', [])).toHaveProperty('digest');
  });

  it('tells of a registry that holds the image back, as Harbor does', async () => {
    await start({ mode: 'open' });
    registry.faults.add({
      path: '/manifests/',
      effect: { kind: 'status', status: 412 },
    });
    expect(await pull('team/app:1')).toEqual({
      refused: expect.stringMatching(
        /^unexpected status from HEAD request to .*: 412 Precondition Failed$/,
      ),
    });
  });
});
