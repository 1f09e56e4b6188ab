import {
  formatReference,
  matchesRegistry,
  parseReference,
  parseRegistryAddress,
  referenceInRegistry,
  RegistryAddress,
} from '@slipway/backstage-plugin-image-registry-common';
import { ServedImage, StoredRegistry } from './RegistryService';

type Addressed = Pick<StoredRegistry, 'address' | 'pullAddress'>;

/** A page asks about hundreds of images at once. */
const places = new WeakMap<Addressed, RegistryAddress[]>();

/** Where clusters pull from, then where the portal talks to. */
function placesOf(registry: Addressed): RegistryAddress[] {
  const known = places.get(registry);
  if (known) {
    return known;
  }
  const found = [registry.pullAddress, registry.address]
    .filter(address => address !== undefined)
    .map(address => parseRegistryAddress(address));
  places.set(registry, found);
  return found;
}

/** What a cluster pulls: `host[/path]/repository[:tag][@digest]`. */
export function pullReference(
  registry: Addressed,
  image: { repository: string; tag?: string; digest?: string },
): string {
  const [place] = placesOf(registry);
  return formatReference(referenceInRegistry(place, image));
}

/**
 * The registry that serves an image. Of several on one host: the one with the
 * longest path, then the one limited to the image's namespace, then the
 * default.
 */
export function findServing(
  registries: StoredRegistry[],
  image: string,
): ServedImage | undefined {
  const reference = parsed(image);
  if (!reference) {
    return undefined;
  }
  const candidates = registries.flatMap(registry => {
    const found = matchesRegistry(reference, ...placesOf(registry));
    return found ? [{ registry, repository: found.repository }] : [];
  });
  const best = candidates.sort(
    (one, other) =>
      // A shorter rest means that more of the path was the registry's own.
      one.repository.length - other.repository.length ||
      Number(inNamespace(other)) - Number(inNamespace(one)) ||
      Number(other.registry.isDefault) - Number(one.registry.isDefault) ||
      (one.registry.id < other.registry.id ? -1 : 1),
  )[0];
  return (
    best && {
      ...best,
      ...(reference.tag !== undefined && { tag: reference.tag }),
      ...(reference.digest !== undefined && { digest: reference.digest }),
    }
  );
}

function parsed(image: string) {
  try {
    return parseReference(image);
  } catch {
    return undefined;
  }
}

function inNamespace(served: { registry: StoredRegistry; repository: string }) {
  const { namespace } = served.registry;
  return (
    namespace !== undefined && served.repository.startsWith(`${namespace}/`)
  );
}
