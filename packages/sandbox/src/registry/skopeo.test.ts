import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pushImage } from './push/pushImage';
import { SandboxRegistry, startSandboxRegistry } from './SandboxRegistry';
import { seedImages } from './seed/seedImages';
import { skopeo, skopeoInstalled } from './testing/skopeo';

const PLATFORMS = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64' },
];
const suite = skopeoInstalled ? describe : describe.skip;
const reason = skopeoInstalled ? '' : ' (skipped: skopeo is not installed)';

suite(`the registry and skopeo${reason}`, () => {
  let registry: SandboxRegistry;
  let folder: string;
  let image: (name: string) => string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-skopeo-'));
    registry = await startSandboxRegistry();
    image = name => `docker://${registry.address}/${name}`;
  });

  afterEach(async () => {
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['one platform', [PLATFORMS[0]], 'oci'],
    ['an index', PLATFORMS, 'oci'],
    ['a Docker manifest', [PLATFORMS[0]], 'docker'],
    ['a Docker manifest list', PLATFORMS, 'docker'],
  ] as const)(
    'copies %s out and in again with its digest',
    async (_, platforms, format) => {
      const pushed = await pushImage(registry.url, {
        repository: 'team/app',
        tag: '1.0.0',
        platforms: [...platforms],
        format,
      });
      const disk = `dir:${folder}`;
      await skopeo(
        'copy',
        '--all',
        '--preserve-digests',
        '--src-tls-verify=false',
        image('team/app:1.0.0'),
        disk,
      );
      await skopeo(
        'copy',
        '--all',
        '--preserve-digests',
        '--dest-tls-verify=false',
        disk,
        image('team/copy:latest'),
      );
      expect(registry.content.getManifest('team/copy', 'latest')?.digest).toBe(
        pushed.digest,
      );
    },
  );

  it('copies a seed image with all platforms and attestations', async () => {
    seedImages(registry);
    await skopeo(
      'copy',
      '--all',
      '--preserve-digests',
      '--src-tls-verify=false',
      '--dest-tls-verify=false',
      image('demo/web:v1.3.0'),
      image('copied/web:v1.3.0'),
    );
    const digestOf = (repository: string) =>
      registry.content.getManifest(repository, 'v1.3.0')?.digest;
    expect(digestOf('copied/web')).toMatch(/^sha256:/);
    expect(digestOf('copied/web')).toBe(digestOf('demo/web'));
  });

  it('copies between two repositories', async () => {
    const pushed = await pushImage(registry.url, {
      repository: 'team/app',
      tag: '1.0.0',
    });
    await skopeo(
      'copy',
      '--src-tls-verify=false',
      '--dest-tls-verify=false',
      image('team/app:1.0.0'),
      image('team/other:1.0.0'),
    );
    expect(registry.content.getManifest('team/other', '1.0.0')?.digest).toBe(
      pushed.digest,
    );
  });

  it('lists tags and inspects', async () => {
    const pushed = await pushImage(registry.url, {
      repository: 'team/app',
      tag: '1.0.0',
      tags: ['latest'],
      labels: { owner: 'team' },
    });
    const listed = JSON.parse(
      await skopeo('list-tags', '--tls-verify=false', image('team/app')),
    );
    expect(listed.Tags).toEqual(['1.0.0', 'latest']);
    const inspected = JSON.parse(
      await skopeo('inspect', '--tls-verify=false', image('team/app:latest')),
    );
    expect(inspected).toMatchObject({
      Digest: pushed.digest,
      Architecture: 'amd64',
      Labels: { owner: 'team' },
    });
    expect(inspected.Layers).toHaveLength(3);
  });

  it('deletes by tag as skopeo does, by its digest', async () => {
    await pushImage(registry.url, { repository: 'team/app', tag: '1.0.0' });
    await skopeo('delete', '--tls-verify=false', image('team/app:1.0.0'));
    expect(registry.content.listTags('team/app')).toEqual([]);
  });

  it('signs in with Basic and with tokens', async () => {
    const users = [{ username: 'robot', password: 'secret' }];
    for (const mode of ['basic', 'token'] as const) {
      const guarded = await startSandboxRegistry({ access: { mode, users } });
      try {
        const name = `docker://${guarded.address}/team/app:1.0.0`;
        const pushed = await pushImage(guarded.url, {
          repository: 'team/app',
          tag: '1.0.0',
          ...users[0],
        });
        const inspect = (...more: string[]) =>
          skopeo('inspect', '--tls-verify=false', ...more, name);
        await expect(inspect('--creds', 'robot:wrong')).rejects.toThrow(
          /unauthorized|authentication required/i,
        );
        const answer = JSON.parse(await inspect('--creds', 'robot:secret'));
        expect(answer.Digest).toBe(pushed.digest);
      } finally {
        await guarded.stop();
      }
    }
  });
});
