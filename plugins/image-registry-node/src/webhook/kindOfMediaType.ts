import { bareMediaType } from '../oci/mediaTypes';
import { ImageEvent } from '../provider/WebhookFormat';

type Kind = ImageEvent['kind'];

/** What goes by a media type, the more special before the more general. */
const kinds: ReadonlyArray<[RegExp, Kind]> = [
  [/^application\/vnd\.cncf\.helm\./, 'chart'],
  [
    /^application\/vnd\.(dev\.cosign|dev\.sigstore|cncf\.notary)\./,
    'signature',
  ],
  [/^application\/vnd\.(in-toto|dsse)[.+]/, 'attestation'],
  [/\b(spdx|cyclonedx|syft)\b|sbom/, 'sbom'],
  [/^application\/octet-stream$|\.(rootfs\.(foreign\.)?diff|layer)\./, 'blob'],
  [
    /^application\/vnd\.(oci\.image\.(manifest|index|config)|docker\.(distribution\.manifest|container\.image))\./,
    'push',
  ],
];

/**
 * What was pushed, by the media type of a manifest, of its config, of its
 * artifact type or of a layer.
 *
 * @returns `push` for the types of images; undefined for one that says nothing
 */
export function kindOfMediaType(mediaType: string): Kind | undefined {
  const bare = bareMediaType(mediaType);
  return kinds.find(([pattern]) => pattern.test(bare))?.[1];
}

/**
 * What was pushed, by its own media type and by those of its config and of
 * what it refers to: those of signatures and the like stand in manifests that
 * look like those of images, and layers make no manifest a blob. What is of a
 * type that nobody knows, or refers to such types and to nothing of an image,
 * is something else: the types of images are few and known.
 */
export function kindOfMediaTypes(
  own: string | undefined,
  related: readonly string[],
): Kind | undefined {
  const known = own === undefined ? undefined : kindOfMediaType(own);
  if (known !== undefined && known !== 'push') {
    return known;
  }
  const kind = own === undefined ? undefined : known ?? 'other';
  const told = related.map(kindOfMediaType);
  const telling = told.find(
    each => each !== undefined && each !== 'push' && each !== 'blob',
  );
  const isStrange = told.includes(undefined) && !told.includes('push');
  return telling ?? (isStrange ? 'other' : kind);
}
