import { ConflictError } from '@backstage/errors';
import { RolloutImage } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
  RegistryCallOptions,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';

/**
 * Whether the registry has an image by its digest; undefined when it cannot be
 * asked, or nobody knows which registry that is. Such an image is not in the
 * way of going back: the nodes may still hold it.
 */
export async function isStillThere(
  registries: Pick<RegistryService, 'client'>,
  image: RolloutImage,
  priority: RegistryCallOptions['priority'] = 'interactive',
): Promise<boolean | undefined> {
  if (!image.registryId || !image.digest) {
    return undefined;
  }
  try {
    const client = await registries.client(image.registryId);
    await client.resolve(image.repository, image.digest, { priority });
    return true;
  } catch (error) {
    return error instanceof RegistryError && error.code === 'not-found'
      ? false
      : undefined;
  }
}

/** @throws ConflictError when the registry says that it has no such image */
export async function requireStillThere(
  registries: Pick<RegistryService, 'client'>,
  image: RolloutImage,
): Promise<void> {
  if ((await isStillThere(registries, image)) === false) {
    throw refusal(
      ConflictError,
      because(
        'image-not-there',
        `${image.repository}@${image.digest} is not in its registry any more`,
        { image: `${image.repository}@${image.digest}` },
      ),
    );
  }
}

/** The reference as it was written, with the digest that ran. */
export function pinned(image: RolloutImage): string {
  const [written] = image.reference.split('@');
  return `${written}@${image.digest}`;
}
