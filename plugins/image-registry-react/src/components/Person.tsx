import { parseEntityRef } from '@backstage/catalog-model';

/**
 * A person or service by the name in its reference, the whole on hover.
 *
 * @public
 */
export function Person({ entityRef }: { entityRef: string }) {
  return (
    <span title={entityRef} style={{ overflowWrap: 'anywhere' }}>
      {personName(entityRef)}
    </span>
  );
}

/**
 * The name in an entity reference; other callers as they are.
 *
 * @public
 */
export function personName(entityRef: string): string {
  try {
    return parseEntityRef(entityRef).name;
  } catch {
    return entityRef;
  }
}
