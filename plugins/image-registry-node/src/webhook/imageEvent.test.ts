import { imageEvent } from './imageEvent';

const hex = 'b'.repeat(64);
const digest = `sha256:${hex}`;
const push = { kind: 'push', repository: 'team/app', tag: '1.0.0' } as const;

describe('imageEvent', () => {
  it('leaves out names that are none', () => {
    expect(
      imageEvent({
        kind: 'delete',
        repository: '../../admin',
        tag: 'no tag',
        digest: 'sha256:short',
      }),
    ).toEqual({ kind: 'delete' });
  });

  it('takes a digest in the place of the tag for the digest', () => {
    expect(imageEvent({ ...push, tag: digest })).toEqual({
      kind: 'push',
      repository: 'team/app',
      digest,
    });
  });

  it('knows no push of no repository', () => {
    expect(imageEvent({ ...push, repository: undefined }).kind).toBe('other');
  });

  it.each([
    [`sha256-${hex}.sig`, 'signature'],
    [`sha256-${hex}.att`, 'attestation'],
    [`sha256-${hex}.sbom`, 'sbom'],
    [`sha256-${hex}`, 'signature'],
    ['1.0.0', 'push'],
    ['sha256-short', 'push'],
  ])('tells by the tag %s that it is a %s', (tag, kind) => {
    expect(imageEvent({ ...push, tag }).kind).toBe(kind);
  });

  it.each([
    ['application/vnd.oci.image.manifest.v1+json', 'push'],
    ['application/vnd.oci.image.index.v1+json', 'push'],
    ['application/vnd.docker.distribution.manifest.v2+json', 'push'],
    ['application/vnd.docker.distribution.manifest.list.v2+json', 'push'],
    ['application/vnd.docker.container.image.v1+json', 'push'],
    ['application/vnd.oci.image.config.v1+json', 'push'],
    ['application/vnd.cncf.helm.config.v1+json', 'chart'],
    ['application/vnd.cncf.helm.chart.content.v1.tar+gzip', 'chart'],
    ['application/vnd.dev.cosign.simplesigning.v1+json', 'signature'],
    ['application/vnd.dev.sigstore.bundle.v0.3+json', 'signature'],
    ['application/vnd.cncf.notary.signature', 'signature'],
    ['application/vnd.in-toto+json', 'attestation'],
    ['application/vnd.dsse.envelope.v1+json', 'attestation'],
    ['application/spdx+json', 'sbom'],
    ['application/vnd.cyclonedx+json; version=1.5', 'sbom'],
    ['text/spdx', 'sbom'],
    ['application/vnd.goharbor.harbor.sbom.v1', 'sbom'],
    ['application/octet-stream', 'blob'],
    ['application/vnd.oci.image.layer.v1.tar+gzip', 'blob'],
    ['application/vnd.docker.image.rootfs.diff.tar.gzip', 'blob'],
    ['application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', 'blob'],
    ['application/vnd.oci.artifact.manifest.v1+json', 'other'],
    ['application/vnd.docker.plugin.v1+json', 'other'],
    ['application/vnd.docker.ai.model.config.v0.1+json', 'other'],
    ['application/vnd.example.unknown', 'other'],
  ])('tells by the media type %s that it is a %s', (mediaType, kind) => {
    expect(imageEvent({ ...push, mediaType }).kind).toBe(kind);
  });

  it('takes what an unknown type refers to for what that says', () => {
    const event = imageEvent({
      ...push,
      mediaType: 'application/vnd.oci.artifact.manifest.v1+json',
      relatedTypes: ['application/vnd.cncf.notary.signature'],
    });
    expect(event.kind).toBe('signature');
  });

  it('does not take an image for one of its layers', () => {
    const event = imageEvent({
      ...push,
      relatedTypes: [
        'application/vnd.oci.image.config.v1+json',
        'application/vnd.oci.image.layer.v1.tar+gzip',
      ],
    });
    expect(event.kind).toBe('push');
  });

  it('looks at what a manifest refers to as well', () => {
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const event = imageEvent({
      ...push,
      mediaType,
      relatedTypes: [
        'application/vnd.oci.image.config.v1+json',
        'application/vnd.dev.cosign.simplesigning.v1+json',
      ],
    });
    expect(event).toEqual({ ...push, kind: 'signature', mediaType });
  });

  it('lets a pull or delete of a signature be what it is', () => {
    expect(
      imageEvent({ ...push, kind: 'pull', tag: `sha256-${hex}.sig` }).kind,
    ).toBe('pull');
  });
});
