import {
  ImageDetails,
  PlatformImage,
  isDigest,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '../provider/RegistryError';
import { RegistryCallOptions } from '../provider/RegistryProvider';
import {
  artifactKind,
  artifactTypeOf,
  isAttestationChild,
} from './artifactKind';
import { getBlob } from './blob';
import { detailsWithoutConfig, readImageConfig } from './imageConfig';
import { Manifest, getManifest } from './manifest';
import { Descriptor } from './manifestContent';
import { isImageConfigType, isIndexType } from './mediaTypes';
import { OciSession } from './OciSession';

/** What the registry itself can tell of an image. */
export type InspectedImage = Omit<ImageDetails, 'registryId' | 'pullReference'>;

/** Platforms of one index that are read in full; the rest is only named. */
const mostPlatforms = 24;

function platformOf({ platform }: Descriptor): PlatformImage['platform'] {
  return (
    (platform && {
      os: platform.os,
      architecture: platform.architecture,
      variant: platform.variant || undefined,
    }) ||
    undefined
  );
}

function sizeOf(layers: readonly Descriptor[]): number {
  return layers.reduce((sum, { size = 0 }) => sum + size, 0);
}

async function readPlatform(
  session: OciSession,
  repository: string,
  { digest, mediaType, content }: Manifest,
  options: RegistryCallOptions,
): Promise<PlatformImage> {
  const layers = content.layers ?? [];
  const common = { digest, mediaType, size: sizeOf(layers) };
  const { config } = content;
  if (
    !config ||
    !isImageConfigType(config.mediaType) ||
    !isDigest(config.digest)
  ) {
    return { ...common, ...detailsWithoutConfig(layers) };
  }
  const bytes = await getBlob(session, repository, config.digest, options);
  return {
    ...common,
    imageId: config.digest,
    ...readImageConfig(bytes, layers),
  };
}

/** A platform of which only the index speaks. */
function namedPlatform(child: Descriptor): PlatformImage {
  return {
    digest: child.digest,
    mediaType: child.mediaType,
    platform: platformOf(child),
    ...detailsWithoutConfig([]),
  };
}

async function readChild(
  session: OciSession,
  repository: string,
  child: Descriptor,
  options: RegistryCallOptions,
): Promise<{ image: PlatformImage; manifest?: Manifest }> {
  if (isIndexType(child.mediaType) || !isDigest(child.digest)) {
    return { image: namedPlatform(child) };
  }
  try {
    const manifest = await getManifest(
      session,
      repository,
      child.digest,
      options,
    );
    const image = await readPlatform(session, repository, manifest, options);
    return {
      image: { ...image, platform: platformOf(child) ?? image.platform },
      manifest,
    };
  } catch (error) {
    // Mirrors may hold some platforms of an index only.
    if (error instanceof RegistryError && error.code === 'not-found') {
      return { image: namedPlatform(child) };
    }
    throw error;
  }
}

async function inspectIndex(
  session: OciSession,
  repository: string,
  { content }: Manifest,
  options: RegistryCallOptions,
): Promise<Pick<InspectedImage, 'kind' | 'artifactType' | 'platforms'>> {
  const children = (content.manifests ?? []).filter(
    child => !isAttestationChild(child),
  );
  const read = await Promise.all(
    children
      .slice(0, mostPlatforms)
      .map(child => readChild(session, repository, child, options)),
  );
  const kinds = read.flatMap(({ manifest }) =>
    manifest ? [artifactKind(manifest.content)] : [],
  );
  const kind =
    kinds.length === 0 || kinds.includes('image') ? 'image' : kinds[0];
  return {
    kind: children.length === 0 ? 'artifact' : kind,
    artifactType: content.artifactType || undefined,
    platforms: [
      ...read.map(({ image }) => image),
      ...children.slice(mostPlatforms).map(namedPlatform),
    ],
  };
}

async function inspectManifest(
  session: OciSession,
  repository: string,
  manifest: Manifest,
  options: RegistryCallOptions,
): Promise<Pick<InspectedImage, 'kind' | 'artifactType' | 'platforms'>> {
  const kind = artifactKind(manifest.content);
  return {
    kind,
    artifactType:
      kind === 'image' ? undefined : artifactTypeOf(manifest.content),
    platforms: [await readPlatform(session, repository, manifest, options)],
  };
}

/**
 * Everything about an image that its manifests and configs tell: one request
 * for the manifest, and two for each platform.
 *
 * @throws RegistryError with code `not-found` when it does not exist
 */
export async function inspect(
  session: OciSession,
  repository: string,
  reference: string,
  options: RegistryCallOptions = {},
): Promise<InspectedImage> {
  const manifest = await getManifest(session, repository, reference, options);
  const details = isIndexType(manifest.mediaType)
    ? await inspectIndex(session, repository, manifest, options)
    : await inspectManifest(session, repository, manifest, options);
  const [first] = details.platforms;
  return {
    repository,
    tag: isDigest(reference) ? undefined : reference,
    digest: manifest.digest,
    mediaType: manifest.mediaType,
    size: first?.size,
    createdAt: first?.createdAt,
    annotations: manifest.content.annotations,
    ...details,
  };
}
