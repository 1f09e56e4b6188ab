import {
  isDigest,
  isTag,
  matchesRegistry,
  parseReference,
  parseRegistryAddress,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';

/** A reference inside one registry, as typed. */
export interface TypedReference {
  repository: string;
  tag?: string;
  digest?: string;
}

/**
 * Reads what a person typed for a registry: `repository:tag`, a whole
 * reference with the registry's host, or, inside a repository, only a tag or
 * a digest. A name alone is completed by the registry's namespace.
 *
 * @returns undefined when the reference is of another registry
 * @throws InvalidReferenceError when it is no reference
 */
export function readTypedReference(
  text: string,
  registry: Pick<Registry, 'address' | 'pullAddress' | 'namespace'>,
  repository?: string,
): TypedReference | undefined {
  if (repository !== undefined && isDigest(text)) {
    return { repository, digest: text };
  }
  if (repository !== undefined && isTag(text)) {
    return { repository, tag: text };
  }
  const places = [registry.pullAddress, registry.address]
    .filter(address => address !== undefined)
    .map(address => parseRegistryAddress(address));
  const address = places[places.length - 1];
  const { namespace } = registry;
  const whole =
    namespace && !text.includes('/') ? `${namespace}/${text}` : text;
  const reference = parseReference(whole, {
    defaultRegistry: address.registry,
  });
  const withPath = matchesRegistry(reference, ...places);
  // Without a host people leave the path of the address out, too.
  const found =
    withPath ??
    (reference.registry === address.registry ? reference : undefined);
  return (
    found && {
      repository: found.repository,
      tag: reference.tag ?? (reference.digest ? undefined : 'latest'),
      digest: reference.digest,
    }
  );
}
