/** Media types that the registry reads or writes, by a short name. */
export const MEDIA_TYPES = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  ociEmpty: 'application/vnd.oci.empty.v1+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  helmConfig: 'application/vnd.cncf.helm.config.v1+json',
  helmChart: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
  cosignPayload: 'application/vnd.dev.cosign.simplesigning.v1+json',
  inToto: 'application/vnd.in-toto+json',
  spdx: 'application/spdx+json',
  binary: 'application/octet-stream',
  json: 'application/json',
} as const;

/** Whether a media type is one of the two kinds of multi-platform index. */
export function isIndexType(mediaType: string): boolean {
  return (
    mediaType === MEDIA_TYPES.ociIndex || mediaType === MEDIA_TYPES.dockerList
  );
}

/** A media type without its parameters, in lower case. */
export function bareMediaType(header: string): string {
  return header.split(';')[0].trim().toLowerCase();
}
