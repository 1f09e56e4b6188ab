import { ConflictError } from '@backstage/errors';
import { RolloutImage } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';

/**
 * A registry that cannot be asked does not stand in the way of going back:
 * the nodes may still hold the image.
 *
 * @throws ConflictError when the registry says that it has no such image
 */
export async function requireStillThere(
  registries: RegistryService,
  image: RolloutImage,
): Promise<void> {
  if (!image.registryId || !image.digest) {
    return;
  }
  try {
    const client = await registries.client(image.registryId);
    await client.resolve(image.repository, image.digest, {
      priority: 'interactive',
    });
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') {
      throw new ConflictError(
        `${image.repository}@${image.digest} is not in its registry any more`,
      );
    }
  }
}

/** The reference as it was written, with the digest that ran. */
export function pinned(image: RolloutImage): string {
  const [written] = image.reference.split('@');
  return `${written}@${image.digest}`;
}
