import { createHash } from 'node:crypto';
import { TestAnswer, TestRequest } from './TestServer';

export const ociIndexType = 'application/vnd.oci.image.index.v1+json';
export const ociManifestType = 'application/vnd.oci.image.manifest.v1+json';
export const ociConfigType = 'application/vnd.oci.image.config.v1+json';
export const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip';

export function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Some JSON as a registry stores it. */
export interface StoredJson {
  mediaType: string;
  bytes: Buffer;
  digest: string;
}

export function stored(mediaType: string, content: object): StoredJson {
  // Indented, so that serialising it again would change the digest.
  const bytes = Buffer.from(JSON.stringify(content, undefined, 3));
  return { mediaType, bytes, digest: sha256(bytes) };
}

export function descriptorOf({ mediaType, bytes, digest }: StoredJson) {
  return { mediaType, digest, size: bytes.length };
}

/** A digest of nothing in particular. */
export function someDigest(seed: string): string {
  return sha256(Buffer.from(seed));
}

/** A small image with two layers and a history that fits. */
export function makeImage(overrides: { architecture?: string } = {}): {
  config: StoredJson;
  manifest: StoredJson;
} {
  const { architecture = 'amd64' } = overrides;
  const config = stored(ociConfigType, {
    os: 'linux',
    architecture,
    created: '2026-01-02T03:04:05.123456789Z',
    config: {
      Labels: { team: 'shop' },
      Env: ['PATH=/bin'],
      ExposedPorts: { '8080/tcp': {} },
      Entrypoint: ['/app'],
      User: '1000',
    },
    history: [
      {
        created: '2026-01-01T00:00:00Z',
        created_by: '/bin/sh -c #(nop)  ADD file:abc in / ',
      },
      {
        created_by: '/bin/sh -c #(nop)  ENV PATH=/bin',
        empty_layer: true,
      },
      { created_by: 'COPY app /app # buildkit' },
    ],
  });
  const manifest = stored(ociManifestType, {
    schemaVersion: 2,
    mediaType: ociManifestType,
    config: descriptorOf(config),
    layers: [
      { mediaType: layerType, digest: someDigest('layer 1'), size: 1000 },
      { mediaType: layerType, digest: someDigest('layer 2'), size: 23 },
    ],
    annotations: { 'org.opencontainers.image.title': 'web' },
  });
  return { config, manifest };
}

/** Serves things by tag and digest, as manifests and blobs of every repository. */
export function serveContent(
  content: readonly StoredJson[],
  tags: Readonly<Record<string, StoredJson>> = {},
): (request: TestRequest) => TestAnswer {
  return ({ url }) => {
    const [, kind, reference] =
      /\/(manifests|blobs)\/([^/]+)$/.exec(url.pathname) ?? [];
    const found =
      tags[reference] ?? content.find(({ digest }) => digest === reference);
    if (!found) {
      return unknown(kind === 'blobs' ? 'BLOB_UNKNOWN' : 'MANIFEST_UNKNOWN');
    }
    return {
      headers: {
        'content-type': found.mediaType,
        'docker-content-digest': found.digest,
      },
      body: found.bytes,
    };
  };
}

/** The specification's 404. */
export function unknown(code: string): TestAnswer {
  return { status: 404, body: { errors: [{ code, message: 'unknown' }] } };
}
