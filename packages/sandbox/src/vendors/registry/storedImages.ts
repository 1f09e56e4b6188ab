import {
  ContentStore,
  StoredManifest,
} from '../../registry/content/ContentStore';
import { isIndexType } from '../../registry/protocol/mediaTypes';

/** One platform of an image. */
export interface StoredPlatform {
  /** Digest of the platform's own manifest. */
  digest: string;
  os: string;
  architecture: string;
  variant?: string;
  /** Bytes of config and layers, as they are stored. */
  size: number;
}

/** What a vendor's own API can tell of an image. */
export interface StoredImage {
  digest: string;
  mediaType: string;
  /** Bytes of the manifest itself. */
  manifestSize: number;
  isIndex: boolean;
  /** Of a config that is not that of an image, as of a chart. */
  artifactType?: string;
  /** Bytes of configs and layers of all platforms. */
  size: number;
  platforms: StoredPlatform[];
  /** Digest of the config; of the first platform for an index. */
  configDigest?: string;
  /** What the config says. */
  created?: Date;
  /** In lexical order; empty for an untagged image. */
  tags: StoredTag[];
  /** Of the tag that was put last; undefined without tags. */
  pushedAt?: Date;
}

/** A tag with the time at which it was put. */
export interface StoredTag {
  name: string;
  pushedAt: Date;
}

/**
 * The images of a repository, one for each digest: tagged ones, and untagged
 * ones that are no child of an index. The one that was pushed last comes first.
 */
export function listStoredImages(
  content: ContentStore,
  repository: string,
): StoredImage[] {
  const manifests = content.listManifests(repository);
  const children = new Set(
    manifests.flatMap(({ parsed }) =>
      parsed.manifests.map(each => each.digest),
    ),
  );
  const tags = tagsByDigest(content, repository);
  return manifests
    .filter(({ digest }) => tags.has(digest) || !children.has(digest))
    .map(manifest =>
      describe(content, repository, manifest, tags.get(manifest.digest) ?? []),
    )
    .sort(
      (a, b) => (b.pushedAt?.getTime() ?? 0) - (a.pushedAt?.getTime() ?? 0),
    );
}

/** One image by tag or digest. */
export function findStoredImage(
  content: ContentStore,
  repository: string,
  reference: string,
): StoredImage | undefined {
  const manifest = content.getManifest(repository, reference);
  return (
    manifest &&
    describe(
      content,
      repository,
      manifest,
      tagsByDigest(content, repository).get(manifest.digest) ?? [],
    )
  );
}

/** Repositories that hold an image, in lexical order. */
export function listStoredRepositories(content: ContentStore): string[] {
  return content.listRepositories({ includeBlobOnly: false });
}

/** When anything in a repository was last pushed. */
export function lastPushOf(
  content: ContentStore,
  repository: string,
): Date | undefined {
  return listStoredImages(content, repository)[0]?.pushedAt;
}

function tagsByDigest(
  content: ContentStore,
  repository: string,
): Map<string, StoredTag[]> {
  const byDigest = new Map<string, StoredTag[]>();
  for (const name of content.listTags(repository) ?? []) {
    const digest = content.getManifest(repository, name)?.digest;
    const pushedAt = content.pushedAt(repository, name);
    if (digest && pushedAt) {
      byDigest.set(digest, [
        ...(byDigest.get(digest) ?? []),
        { name, pushedAt },
      ]);
    }
  }
  return byDigest;
}

function describe(
  content: ContentStore,
  repository: string,
  manifest: StoredManifest,
  tags: StoredTag[],
): StoredImage {
  const { bytes, digest, parsed } = manifest;
  const isIndex = isIndexType(parsed.mediaType);
  const images = isIndex
    ? parsed.manifests.flatMap(
        each => content.getManifest(repository, each.digest) ?? [],
      )
    : [manifest];
  const configs = images.map(each => configOf(content, repository, each));
  const platforms = images.map((each, index) =>
    platformOf(each, configs[index]),
  );
  const [config] = configs;
  const pushedAt = tags
    .map(each => each.pushedAt)
    .sort((a, b) => b.getTime() - a.getTime())[0];
  return {
    digest,
    mediaType: parsed.mediaType,
    manifestSize: bytes.length,
    isIndex,
    ...(parsed.artifactType && { artifactType: parsed.artifactType }),
    size: platforms.reduce((sum, each) => sum + each.size, 0),
    platforms: platforms.filter(({ os }) => os !== 'unknown'),
    configDigest: images[0]?.parsed.blobs[0]?.digest,
    ...(typeof config.created === 'string' && {
      created: new Date(config.created),
    }),
    tags,
    ...(pushedAt && { pushedAt }),
  };
}

interface ImageConfig {
  created?: unknown;
  os?: unknown;
  architecture?: unknown;
  variant?: unknown;
}

function configOf(
  content: ContentStore,
  repository: string,
  { parsed }: StoredManifest,
): ImageConfig {
  const digest = parsed.blobs[0]?.digest;
  const bytes = digest && content.getBlob(repository, digest);
  try {
    const config: unknown = bytes && JSON.parse(bytes.toString('utf8'));
    return typeof config === 'object' && config !== null ? config : {};
  } catch {
    return {};
  }
}

function platformOf(
  { digest, parsed }: StoredManifest,
  config: ImageConfig,
): StoredPlatform {
  const text = (value: unknown) =>
    typeof value === 'string' ? value : 'unknown';
  return {
    digest,
    os: text(config.os),
    architecture: text(config.architecture),
    ...(typeof config.variant === 'string' && { variant: config.variant }),
    size: parsed.blobs.reduce((sum, each) => sum + each.size, 0),
  };
}
