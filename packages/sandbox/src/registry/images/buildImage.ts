import { MEDIA_TYPES } from '../protocol/mediaTypes';
import { sha256Digest } from '../protocol/digests';
import { gzipStored } from './gzipStored';
import { createContent, createJsonContent, ImageBundle } from './ImageBundle';
import { createTar, TarFile } from './tarArchive';

/** The platform of an image, as in its config. */
export interface ImagePlatform {
  os: string;
  architecture: string;
  variant?: string;
}

/** One layer: the instruction that made it, when, and its files. */
export interface LayerSource {
  createdBy: string;
  created: Date;
  files: TarFile[];
}

/** What an image is built from; the same input gives the same bytes. */
export interface ImageSource {
  platform: ImagePlatform;
  created: Date;
  layers: BuiltLayer[];
  environment?: Record<string, string>;
  /** Such as `8080/tcp`. */
  ports?: string[];
  labels?: Record<string, string>;
  entrypoint?: string[];
  command?: string[];
  user?: string;
  workingDirectory?: string;
  annotations?: Record<string, string>;
  /** Media types; OCI by default. */
  format?: 'oci' | 'docker';
}

/** A layer that is ready, for several images to share. */
export interface BuiltLayer {
  createdBy: string;
  created: Date;
  /** The archive in gzip. */
  bytes: Buffer;
  /** Digest of the archive before gzip. */
  diffId: string;
}

/** Builds an image of one platform. */
export function buildImage(source: ImageSource): ImageBundle {
  const oci = source.format !== 'docker';
  const layers = source.layers.map(each =>
    createContent(
      oci ? MEDIA_TYPES.ociLayer : MEDIA_TYPES.dockerLayer,
      each.bytes,
    ),
  );
  const config = createJsonContent(
    oci ? MEDIA_TYPES.ociConfig : MEDIA_TYPES.dockerConfig,
    createConfig(source),
  );
  const mediaType = oci ? MEDIA_TYPES.ociManifest : MEDIA_TYPES.dockerManifest;
  const manifest = createJsonContent(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: config.descriptor,
    layers: layers.map(each => each.descriptor),
    ...(oci && source.annotations && { annotations: source.annotations }),
  });
  return { manifest, blobs: [config, ...layers], children: [] };
}

/** Builds a layer: the same files and time give the same bytes. */
export function buildLayer(source: LayerSource): BuiltLayer {
  const archive = createTar(source.files, source.created);
  return {
    createdBy: source.createdBy,
    created: source.created,
    bytes: gzipStored(archive),
    diffId: sha256Digest(archive),
  };
}

function createConfig(source: ImageSource) {
  const environment = Object.entries(source.environment ?? {});
  return {
    created: source.created.toISOString(),
    ...source.platform,
    config: {
      ...(source.user && { User: source.user }),
      ...(source.ports && {
        ExposedPorts: Object.fromEntries(source.ports.map(port => [port, {}])),
      }),
      Env: environment.map(([name, value]) => `${name}=${value}`),
      ...(source.entrypoint && { Entrypoint: source.entrypoint }),
      ...(source.command && { Cmd: source.command }),
      ...(source.workingDirectory && { WorkingDir: source.workingDirectory }),
      ...(source.labels && { Labels: source.labels }),
    },
    rootfs: {
      type: 'layers',
      diff_ids: source.layers.map(each => each.diffId),
    },
    history: createHistory(source),
  };
}

/** Instructions that make a layer, then one that makes none. */
function createHistory(source: ImageSource) {
  const steps = source.layers.map(each => ({
    created: each.created.toISOString(),
    created_by: each.createdBy,
    comment: 'buildkit.dockerfile.v0',
  }));
  const last = source.entrypoint ?? source.command;
  return last
    ? [
        ...steps,
        {
          created: source.created.toISOString(),
          created_by: `${
            source.entrypoint ? 'ENTRYPOINT' : 'CMD'
          } ${JSON.stringify(last)}`,
          comment: 'buildkit.dockerfile.v0',
          empty_layer: true,
        },
      ]
    : steps;
}
