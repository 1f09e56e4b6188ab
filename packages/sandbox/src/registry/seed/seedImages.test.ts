import { createHash, createPublicKey, verify } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { SANDBOX_SIGNING_KEY, signatureTag } from '../images/buildSignature';
import { ImageBundle } from '../images/ImageBundle';
import { SandboxRegistry, startSandboxRegistry } from '../SandboxRegistry';
import { MANY_TAGS } from './publicLibraries';
import { SeedEntry } from './SeedEntry';
import { seedImages } from './seedImages';

const sha256 = (bytes: Buffer) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function everyManifest(bundle: ImageBundle): ImageBundle[] {
  return [bundle, ...bundle.children.flatMap(everyManifest)];
}

describe('seedImages', () => {
  let registry: SandboxRegistry;
  let entries: SeedEntry[];

  beforeAll(async () => {
    registry = await startSandboxRegistry();
    entries = seedImages(registry);
  });

  afterAll(() => registry.stop());

  const find = (repository: string, tag: string) => {
    const entry = entries.find(
      each => each.repository === repository && each.tags.includes(tag),
    );
    if (!entry) {
      throw new Error(`no ${repository}:${tag} in the seed`);
    }
    return entry.bundle;
  };

  it('gives each content the digest and the size of its bytes', () => {
    const manifests = entries.flatMap(each => everyManifest(each.bundle));
    const contents = manifests.flatMap(each => [each.manifest, ...each.blobs]);
    const wrong = contents.filter(
      ({ descriptor, bytes }) =>
        descriptor.digest !== sha256(bytes) || descriptor.size !== bytes.length,
    );
    expect(contents.length).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  it('makes layers whose archives match the config', () => {
    const [image] = find('demo/web', 'v1.3.0').children;
    const [config, ...layers] = image.blobs;
    const { rootfs, history, created } = JSON.parse(config.bytes.toString());
    expect(layers.length).toBeGreaterThanOrEqual(2);
    expect(rootfs.diff_ids).toEqual(
      layers.map(each => sha256(gunzipSync(each.bytes))),
    );
    const making = history.filter(
      (each: { empty_layer?: boolean }) => !each.empty_layer,
    );
    expect(making).toHaveLength(layers.length);
    expect(created).toBe('2026-10-31T09:30:00.000Z');
  });

  it('holds the shapes that a client must tell apart', () => {
    const web = JSON.parse(
      find('demo/web', 'latest').manifest.bytes.toString(),
    );
    const platforms = web.manifests.map(
      (each: { platform: { os: string; architecture: string } }) =>
        `${each.platform.os}/${each.platform.architecture}`,
    );
    expect(platforms).toEqual([
      'linux/amd64',
      'linux/arm64',
      'unknown/unknown',
      'unknown/unknown',
    ]);
    const mediaType = (repository: string, tag: string) =>
      find(repository, tag).manifest.descriptor.mediaType;
    expect(mediaType('demo/worker', 'stable')).toBe(
      'application/vnd.oci.image.manifest.v1+json',
    );
    expect(mediaType('library/busybox', 'latest')).toBe(
      'application/vnd.docker.distribution.manifest.v2+json',
    );
    expect(find('charts/web', '0.3.1').blobs[0].descriptor.mediaType).toBe(
      'application/vnd.cncf.helm.config.v1+json',
    );
    expect(registry.content.listTags('demo/nightly')).toHaveLength(
      MANY_TAGS + 1,
    );
  });

  it('signs the current web image and lists its parts as a referrer', async () => {
    const { digest } = find('demo/web', 'latest').manifest.descriptor;
    const signature = find('demo/web', signatureTag(digest));
    const layer = JSON.parse(signature.manifest.bytes.toString()).layers[0];
    const payload = signature.blobs[1].bytes;
    expect(JSON.parse(payload.toString()).critical.image).toEqual({
      'docker-manifest-digest': digest,
    });
    const given = layer.annotations['dev.cosignproject.cosign/signature'];
    expect(
      verify(
        undefined,
        payload,
        createPublicKey(SANDBOX_SIGNING_KEY),
        Buffer.from(given, 'base64'),
      ),
    ).toBe(true);
    const answer = await fetch(
      `${registry.url}/v2/demo/web/referrers/${digest}`,
    );
    expect((await answer.json()).manifests).toMatchObject([
      { artifactType: 'application/spdx+json' },
    ]);
  });

  it('is the same, byte for byte, each time', () => {
    const again = seedImages({ store: () => undefined });
    const digests = (list: SeedEntry[]) =>
      list.map(each => each.bundle.manifest.descriptor.digest);
    expect(digests(again)).toEqual(digests(entries));
    // Changes only when the seed does: any machine must give this digest.
    expect(find('demo/web', 'v1.0.0').manifest.descriptor.digest).toBe(
      'sha256:cc72e6f6f276517b30015bdffeabc745d10c92dee7d06dce675ef2458379fa60',
    );
  });

  it('gives different images different digests', () => {
    const digests = entries.map(each => each.bundle.manifest.descriptor.digest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('spreads its images over months', () => {
    const created = entries
      .flatMap(each => everyManifest(each.bundle))
      .flatMap(each => each.blobs.slice(0, 1))
      .map(each => JSON.parse(each.bytes.toString()).created)
      .filter(each => typeof each === 'string')
      .sort();
    const days =
      (Date.parse(created[created.length - 1]) - Date.parse(created[0])) /
      86_400_000;
    expect(days).toBeGreaterThan(120);
  });
});
