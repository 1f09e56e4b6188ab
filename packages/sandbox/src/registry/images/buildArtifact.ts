import { Descriptor } from '../content/ParsedManifest';
import { MEDIA_TYPES } from '../protocol/mediaTypes';
import {
  Content,
  createContent,
  createJsonContent,
  ImageBundle,
} from './ImageBundle';

/** Builds an OCI manifest that is not an image. */
export function buildArtifact(source: {
  config?: Content;
  layers: Content[];
  artifactType?: string;
  subject?: Descriptor;
  annotations?: Record<string, string>;
}): ImageBundle {
  const config =
    source.config ?? createContent(MEDIA_TYPES.ociEmpty, Buffer.from('{}'));
  const manifest = createJsonContent(MEDIA_TYPES.ociManifest, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    ...(source.artifactType && { artifactType: source.artifactType }),
    config: config.descriptor,
    layers: source.layers.map(each => each.descriptor),
    ...(source.subject && { subject: pointer(source.subject) }),
    ...(source.annotations && { annotations: source.annotations }),
  });
  return { manifest, blobs: [config, ...source.layers], children: [] };
}

/** A subject is named by these three alone. */
function pointer({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}
