import { Entity } from '@backstage/catalog-model';

/**
 * Whether the deploy tab makes sense for an entity: workloads are found by a
 * component's annotations or, without any, by its name.
 *
 * @public
 */
export function isImageDeployAvailable(entity: Entity): boolean {
  return entity.kind.toLocaleLowerCase('en-US') === 'component';
}

/** The same as a predicate, which a portal can override in its config. */
export const imageDeployFilter = { kind: 'component' };
