import {
  DOCKER_HUB,
  parseRegistryAddress,
  ProviderDescriptor,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';

/**
 * Whether images may be read one by one for what a listing leaves out. Not
 * where listings tell it, and never from Docker Hub, as whatever kind it was
 * connected: it counts every manifest that is read as a pull.
 *
 * @public
 */
export function mayReadImages(
  registry: Pick<Registry, 'address'>,
  provider: Pick<ProviderDescriptor, 'capabilities'> | undefined,
): boolean {
  return (
    provider !== undefined &&
    !provider.capabilities.size &&
    parseRegistryAddress(registry.address).registry !== DOCKER_HUB
  );
}
