import { ImageDetails } from '@slipway/backstage-plugin-image-registry-common';
import { Descriptor, ManifestContent } from './manifestContent';
import { isImageConfigType, mediaTypes } from './mediaTypes';

/** What kind of thing a manifest is. */
export type ArtifactKind = ImageDetails['kind'];

/** BuildKit's attestations sit in an index as if they were platforms. */
export function isAttestationChild({
  annotations,
  platform,
}: Descriptor): boolean {
  return (
    annotations['vnd.docker.reference.type'] === 'attestation-manifest' ||
    (platform?.os === 'unknown' && platform.architecture === 'unknown')
  );
}

function isSignatureType(type: string): boolean {
  return (
    type === mediaTypes.cosignSignature ||
    type === mediaTypes.notationSignature ||
    type.startsWith('application/vnd.dev.sigstore.bundle')
  );
}

function isAttestationType(type: string): boolean {
  return type === mediaTypes.inToto || type === mediaTypes.dsse;
}

/** The type that an artifact goes by: its own, else its config's. */
export function artifactTypeOf(content: ManifestContent): string | undefined {
  return content.artifactType || content.config?.mediaType || undefined;
}

/**
 * Tells images from charts, signatures and other artifacts. The layers are
 * looked at first: cosign and BuildKit use the config type of images.
 */
export function artifactKind(content: ManifestContent): ArtifactKind {
  const types = [
    content.artifactType ?? '',
    ...(content.layers ?? []).map(({ mediaType }) => mediaType),
  ];
  if (types.some(isSignatureType)) {
    return 'signature';
  }
  if (types.some(isAttestationType)) {
    return 'attestation';
  }
  if (content.config?.mediaType === mediaTypes.helmConfig) {
    return 'helm-chart';
  }
  return isImageConfigType(content.config?.mediaType) ? 'image' : 'artifact';
}
