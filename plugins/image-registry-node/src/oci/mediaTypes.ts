/** Media types of manifests, configs and what is attached to images. */
export const mediaTypes = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  dockerManifestList:
    'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerSchema1: 'application/vnd.docker.distribution.manifest.v1+json',
  dockerSchema1Signed:
    'application/vnd.docker.distribution.manifest.v1+prettyjws',
  helmConfig: 'application/vnd.cncf.helm.config.v1+json',
  cosignSignature: 'application/vnd.dev.cosign.simplesigning.v1+json',
  notationSignature: 'application/vnd.cncf.notary.signature',
  inToto: 'application/vnd.in-toto+json',
  dsse: 'application/vnd.dsse.envelope.v1+json',
} as const;

/**
 * Everything that we read, in one `Accept`: registries answer 404 for an
 * index when it is not listed. Schema 1 comes last, only to be recognised.
 */
export const manifestAccept = [
  mediaTypes.ociIndex,
  mediaTypes.dockerManifestList,
  mediaTypes.ociManifest,
  mediaTypes.dockerManifest,
  `${mediaTypes.dockerSchema1Signed};q=0.1`,
].join(', ');

/** Without parameters, in lower case. */
export function bareMediaType(value: string | undefined): string {
  return (value ?? '').split(';')[0].trim().toLowerCase();
}

export function isIndexType(mediaType: string): boolean {
  return (
    mediaType === mediaTypes.ociIndex ||
    mediaType === mediaTypes.dockerManifestList
  );
}

export function isImageConfigType(mediaType: string | undefined): boolean {
  return (
    mediaType === mediaTypes.ociConfig || mediaType === mediaTypes.dockerConfig
  );
}

export function isSchema1(mediaType: string): boolean {
  return (
    mediaType === mediaTypes.dockerSchema1 ||
    mediaType === mediaTypes.dockerSchema1Signed
  );
}
