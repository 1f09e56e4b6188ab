import { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { Policy } from '@slipway/backstage-plugin-image-registry-common';
import { refusal } from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import { policyReasons } from './reasons';

/** @throws NotAllowedError when a component may not use a repository */
export async function requireGrant(
  registries: RegistryService,
  entity: Entity,
  image: Policy['image'],
): Promise<void> {
  const registry = await registries.get(image.registryId);
  if (!registries.isGranted(registry, image.repository, entity)) {
    throw refusal(
      NotAllowedError,
      policyReasons.notGranted(image.repository, registry.name),
    );
  }
}
