import { ContentStore } from '../content/ContentStore';
import { Descriptor, parseManifest } from '../content/ParsedManifest';
import { sha256Digest } from '../protocol/digests';

/** Some bytes with their descriptor. */
export interface Content {
  descriptor: Descriptor;
  bytes: Buffer;
}

/** A manifest with everything that must be stored before it. */
export interface ImageBundle {
  manifest: Content;
  /** Config and layers; empty for an index. */
  blobs: Content[];
  /** Children of an index, in its order. */
  children: ImageBundle[];
}

/** Describes bytes by media type, digest and size. */
export function createContent(
  mediaType: string,
  bytes: Buffer,
  more: Partial<Descriptor> = {},
): Content {
  return {
    descriptor: {
      mediaType,
      digest: sha256Digest(bytes),
      size: bytes.length,
      ...more,
    },
    bytes,
  };
}

/** Describes a value as compact JSON; key order is that of the value. */
export function createJsonContent(mediaType: string, value: unknown): Content {
  return createContent(mediaType, Buffer.from(JSON.stringify(value)));
}

/**
 * Stores a bundle: blobs, then children, then the manifest, then its tags.
 *
 * @param pushedAt - when the tags were put, in milliseconds since the epoch;
 * now by default
 */
export function storeBundle(
  content: ContentStore,
  repository: string,
  bundle: ImageBundle,
  tags: string[],
  pushedAt?: number,
): void {
  for (const { descriptor, bytes } of bundle.blobs) {
    content.putBlob(repository, descriptor.digest, bytes);
  }
  for (const child of bundle.children) {
    storeBundle(content, repository, child, []);
  }
  const { descriptor, bytes } = bundle.manifest;
  const parsed = parseManifest(bytes, descriptor.mediaType);
  content.putManifest(repository, { digest: descriptor.digest, bytes, parsed });
  tags.forEach(tag =>
    content.putTag(repository, tag, descriptor.digest, pushedAt),
  );
}
