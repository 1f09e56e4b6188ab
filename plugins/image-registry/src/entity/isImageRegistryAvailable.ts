import { Entity } from '@backstage/catalog-model';

/**
 * Whether an entity can have images: every component can. For the `if` of a
 * route on entity pages of the legacy frontend.
 *
 * @public
 */
export function isImageRegistryAvailable(entity: Entity): boolean {
  return entity.kind.toLocaleLowerCase('en-US') === 'component';
}
