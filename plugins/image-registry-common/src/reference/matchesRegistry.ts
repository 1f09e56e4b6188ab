import { ImageReference, canonicalRepository } from './ImageReference';
import { RegistryAddress } from './RegistryAddress';

/** What of an address decides which references belong to it. */
export type RegistryPlace = Pick<
  RegistryAddress,
  'scheme' | 'registry' | 'path'
>;

/**
 * The repository inside a registry that a reference names.
 *
 * @param places - the addresses by which one registry is known: the one that
 *   clusters pull from, then the one that the portal talks to
 * @returns undefined when the reference belongs to none of them
 */
export function matchesRegistry(
  reference: ImageReference,
  ...places: RegistryPlace[]
): { repository: string } | undefined {
  for (const place of places) {
    const prefix = place.path === '' ? '' : `${place.path.slice(1)}/`;
    if (
      withoutOwnPort(reference.registry, place) ===
        withoutOwnPort(place.registry, place) &&
      reference.repository.startsWith(prefix) &&
      reference.repository.length > prefix.length
    ) {
      return { repository: reference.repository.slice(prefix.length) };
    }
  }
  return undefined;
}

/**
 * The reference by which an image of a registry is pulled: the reverse of
 * {@link matchesRegistry}.
 */
export function referenceInRegistry(
  place: RegistryPlace,
  image: Pick<ImageReference, 'repository' | 'tag' | 'digest'>,
): ImageReference {
  const prefix = place.path === '' ? '' : `${place.path.slice(1)}/`;
  return {
    registry: place.registry,
    repository: canonicalRepository(
      place.registry,
      `${prefix}${image.repository}`,
    ),
    ...(image.tag !== undefined && { tag: image.tag }),
    ...(image.digest !== undefined && { digest: image.digest }),
  };
}

/** `host:443` and `host` are one registry by https, `host:80` and `host` by http. */
function withoutOwnPort(registry: string, place: RegistryPlace): string {
  const ownPort = place.scheme === 'https' ? ':443' : ':80';
  return registry.endsWith(ownPort)
    ? registry.slice(0, -ownPort.length)
    : registry;
}
