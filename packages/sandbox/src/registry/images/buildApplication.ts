import { createHash } from 'node:crypto';
import {
  buildImage,
  buildLayer,
  BuiltLayer,
  ImagePlatform,
  LayerSource,
} from './buildImage';
import { buildIndex } from './buildIndex';
import { ImageBundle } from './ImageBundle';

/** What a small service is built from. */
export interface ApplicationSource {
  /** Such as `demo/web`; its last part names the program. */
  repository: string;
  version: string;
  created: Date;
  platforms: ImagePlatform[];
  /** Anything that makes this build differ from another of that version. */
  variation?: string;
  labels?: Record<string, string>;
  port?: number;
  format?: 'oci' | 'docker';
  /** An index even of one platform, with provenance children. */
  attestations?: boolean;
}

/** Bytes of the shared layers; enough that sizes look like sizes. */
const BASE_BYTES = 384 * 1024;
const DEPENDENCIES_BYTES = 96 * 1024;
const BASE_CREATED = new Date('2026-04-07T00:00:00Z');

/**
 * Builds a service with a base layer that all share, one of its dependencies
 * and one of its program: an index for several platforms, else one manifest.
 */
export function buildApplication(source: ApplicationSource): ImageBundle {
  const images = source.platforms.map(platform => ({
    platform,
    image: buildFor(source, platform),
  }));
  return images.length > 1 || source.attestations
    ? buildIndex(images, {
        attestations: source.attestations,
        annotations: annotationsOf(source),
        format: source.format,
      })
    : images[0].image;
}

function buildFor(
  source: ApplicationSource,
  platform: ImagePlatform,
): ImageBundle {
  const program = programOf(source);
  return buildImage({
    platform,
    created: source.created,
    format: source.format,
    layers: layersOf(source, platform),
    environment: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      APP_VERSION: source.version,
    },
    ports: [`${source.port ?? 8080}/tcp`],
    labels: { ...annotationsOf(source), ...source.labels },
    entrypoint: [`/srv/${program}/bin/${program}`],
    user: '65532:65532',
    workingDirectory: `/srv/${program}`,
    annotations: annotationsOf(source),
  });
}

function layersOf(source: ApplicationSource, platform: ImagePlatform) {
  const program = programOf(source);
  const { architecture } = platform;
  return [
    sharedLayer('base', platform, () => ({
      createdBy: 'ADD rootfs.tar / # base',
      files: [
        {
          path: 'etc/os-release',
          content: 'NAME="Sandbox Linux"\nVERSION=1\n',
        },
        {
          path: 'usr/lib/libbase.so.1',
          content: fill(`base ${architecture}`, BASE_BYTES),
          mode: 0o755,
        },
      ],
    })),
    sharedLayer(program, platform, () => ({
      createdBy: 'RUN install-dependencies --production',
      files: [
        {
          path: `srv/${program}/lib/dependencies.bin`,
          content: fill(`${program} ${architecture}`, DEPENDENCIES_BYTES),
        },
      ],
    })),
    buildLayer({
      createdBy: `COPY dist/ /srv/${program}/`,
      created: source.created,
      files: [
        {
          path: `srv/${program}/bin/${program}`,
          content: `#!/bin/sh\necho "${program} ${source.version} ${architecture}"\n`,
          mode: 0o755,
        },
        {
          path: `srv/${program}/build.json`,
          content: JSON.stringify({
            version: source.version,
            variation: source.variation ?? '',
          }),
        },
      ],
    }),
  ];
}

/** Layers that many images have in common are built once for a process. */
const sharedLayers = new Map<string, BuiltLayer>();

function sharedLayer(
  name: string,
  { os, architecture, variant = '' }: ImagePlatform,
  source: () => Omit<LayerSource, 'created'>,
): BuiltLayer {
  const key = [name, os, architecture, variant].join(' ');
  const known = sharedLayers.get(key);
  if (known) {
    return known;
  }
  const built = buildLayer({ ...source(), created: BASE_CREATED });
  sharedLayers.set(key, built);
  return built;
}

function annotationsOf(source: ApplicationSource): Record<string, string> {
  return {
    'org.opencontainers.image.title': programOf(source),
    'org.opencontainers.image.version': source.version,
    'org.opencontainers.image.created': source.created.toISOString(),
    'org.opencontainers.image.revision': revisionOf(source),
    'org.opencontainers.image.source': `https://git.example.com/${source.repository}`,
  };
}

function programOf(source: ApplicationSource): string {
  return source.repository.split('/').slice(-1)[0];
}

/** A commit's name: 40 digits that depend on what was built. */
function revisionOf(source: ApplicationSource): string {
  return createHash('sha1')
    .update(`${source.repository} ${source.version} ${source.variation ?? ''}`)
    .digest('hex');
}

/** Bytes without a pattern that a compressor would find; always the same. */
function fill(seed: string, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let size = 0, count = 0; size < length; size += 64, count += 1) {
    parts.push(createHash('sha512').update(`${seed} ${count}`).digest());
  }
  return Buffer.concat(parts).subarray(0, length);
}
