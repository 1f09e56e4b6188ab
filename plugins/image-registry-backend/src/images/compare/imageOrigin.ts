import {
  ComparedImage,
  ImageDetails,
} from '@slipway/backstage-plugin-image-registry-common';

/** Pre-defined keys of the OCI image spec, annotations.md. */
const SOURCE = 'org.opencontainers.image.source';
const REVISION = 'org.opencontainers.image.revision';
const VERSION = 'org.opencontainers.image.version';

/**
 * Where an image was made from, as it says itself: labels of its first
 * platform, which all platforms of a build share, else annotations.
 */
export function imageOrigin({
  annotations,
  platforms,
  createdAt,
}: ImageDetails): Omit<ComparedImage, 'digest' | 'tags' | 'pushedAt'> {
  const labels = { ...annotations, ...platforms[0]?.labels };
  return {
    createdAt,
    source: labels[SOURCE],
    revision: labels[REVISION],
    version: labels[VERSION],
  };
}
