import { AnyObject, ApiObject } from '../objects';
import { ResourceKind } from '../resources/kinds';

/** What names each object as an owner; kept so that nobody has to search. */
export class Dependents {
  private readonly byOwner = new Map<
    string,
    Map<string, { resource: ResourceKind; object: AnyObject }>
  >();

  /** Of an owner's uid, in the order in which they were made. */
  of(owner: string): Array<{ resource: ResourceKind; object: AnyObject }> {
    return [...(this.byOwner.get(owner)?.values() ?? [])];
  }

  add(resource: ResourceKind, object: AnyObject): void {
    for (const owner of ownersOf(object)) {
      const known = this.byOwner.get(owner) ?? new Map();
      known.set(object.metadata.uid, { resource, object });
      this.byOwner.set(owner, known);
    }
  }

  remove(object: AnyObject): void {
    for (const owner of ownersOf(object)) {
      const known = this.byOwner.get(owner);
      known?.delete(object.metadata.uid);
      if (known?.size === 0) {
        this.byOwner.delete(owner);
      }
    }
  }

  /** Takes the place of an earlier version, among the others too. */
  replace(
    resource: ResourceKind,
    previous: AnyObject,
    object: AnyObject,
  ): void {
    const left = new Set(ownersOf(object));
    if (ownersOf(previous).some(owner => !left.has(owner))) {
      this.remove(previous);
    }
    this.add(resource, object);
  }
}

function ownersOf(object: ApiObject): string[] {
  return (object.metadata.ownerReferences ?? []).map(({ uid }) => uid);
}
