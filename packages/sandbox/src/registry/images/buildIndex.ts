import { MEDIA_TYPES } from '../protocol/mediaTypes';
import { createJsonContent, ImageBundle } from './ImageBundle';
import { ImagePlatform } from './buildImage';

/** An image with the platform that the index names. */
export interface PlatformImage {
  platform: ImagePlatform;
  image: ImageBundle;
}

/**
 * Puts platform images under one index.
 *
 * @param options.attestations - adds a provenance child for each platform, as
 * BuildKit does; only in the OCI form.
 */
export function buildIndex(
  images: PlatformImage[],
  options: {
    attestations?: boolean;
    annotations?: Record<string, string>;
    format?: 'oci' | 'docker';
  } = {},
): ImageBundle {
  const oci = options.format !== 'docker';
  const mediaType = oci ? MEDIA_TYPES.ociIndex : MEDIA_TYPES.dockerList;
  const platforms = images.map(({ platform, image }) => ({
    image,
    descriptor: { ...image.manifest.descriptor, platform },
  }));
  const attestations = options.attestations
    ? images.map(each => attest(each.image))
    : [];
  const entries = [...platforms, ...attestations];
  const manifest = createJsonContent(mediaType, {
    schemaVersion: 2,
    mediaType,
    manifests: entries.map(each => each.descriptor),
    ...(oci && options.annotations && { annotations: options.annotations }),
  });
  return { manifest, blobs: [], children: entries.map(each => each.image) };
}

/** A BuildKit attestation: a manifest for the platform `unknown/unknown`. */
function attest(subject: ImageBundle) {
  const { digest } = subject.manifest.descriptor;
  const predicateType = 'https://slsa.dev/provenance/v0.2';
  const statement = createJsonContent(MEDIA_TYPES.inToto, {
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType,
    subject: [
      { name: '_', digest: { sha256: digest.slice('sha256:'.length) } },
    ],
    predicate: { buildType: 'https://mobyproject.org/buildkit@v1' },
  });
  const platform = { architecture: 'unknown', os: 'unknown' };
  const config = createJsonContent(MEDIA_TYPES.ociConfig, {
    ...platform,
    config: {},
    rootfs: { type: 'layers', diff_ids: [statement.descriptor.digest] },
  });
  const layer = {
    ...statement.descriptor,
    annotations: { 'in-toto.io/predicate-type': predicateType },
  };
  const manifest = createJsonContent(MEDIA_TYPES.ociManifest, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    config: config.descriptor,
    layers: [layer],
  });
  return {
    image: { manifest, blobs: [config, statement], children: [] },
    descriptor: {
      ...manifest.descriptor,
      annotations: {
        'vnd.docker.reference.digest': digest,
        'vnd.docker.reference.type': 'attestation-manifest',
      },
      platform,
    },
  };
}
