import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';

/** Owners of an entity, as full references in lower case. */
export function ownersOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === RELATION_OWNED_BY)
    .map(relation => relation.targetRef.toLowerCase());
}

/** True when the text is a full reference of a user entity. */
export function isUserRef(ref: string): boolean {
  try {
    return parseEntityRef(ref).kind.toLowerCase() === 'user';
  } catch {
    return false;
  }
}
