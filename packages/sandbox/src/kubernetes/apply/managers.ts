import { ManagedFieldsEntry, timestamp } from '../objects';
import { FieldSet } from './field-set';

/** Who writes: one owner in managedFields. */
export interface Manager {
  name: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource?: string;
}

interface Ownership {
  manager: Manager;
  fields: FieldSet;
  time: string;
}

/** The owners of one object's fields. Immutable. */
export class Managers {
  static fromEntries(entries: ManagedFieldsEntry[] = []): Managers {
    return new Managers(
      new Map(
        entries.map(entry => {
          const manager: Manager = {
            name: entry.manager,
            operation: entry.operation,
            apiVersion: entry.apiVersion,
            subresource: entry.subresource,
          };
          return [
            identityOf(manager),
            {
              manager,
              fields: FieldSet.fromFieldsV1(entry.fieldsV1),
              time: entry.time,
            },
          ];
        }),
      ),
    );
  }

  private constructor(private readonly owners: Map<string, Ownership>) {}

  fieldsOf(manager: Manager): FieldSet {
    return this.owners.get(identityOf(manager))?.fields ?? FieldSet.empty;
  }

  /** Everything that anyone owns. */
  all(): FieldSet {
    return [...this.owners.values()].reduce(
      (union, owner) => union.union(owner.fields),
      FieldSet.empty,
    );
  }

  /** Others' shares of a set of fields, by manager, empty shares left out. */
  othersOf(
    manager: Manager,
    fields: FieldSet,
  ): Array<{ manager: Manager; fields: FieldSet }> {
    const own = identityOf(manager);
    return [...this.owners.entries()]
      .filter(([identity]) => identity !== own)
      .map(([, owner]) => ({
        manager: owner.manager,
        fields: owner.fields.intersection(fields),
      }))
      .filter(share => !share.fields.isEmpty);
  }

  /** With a manager's fields replaced; without fields it is forgotten. */
  with(manager: Manager, fields: FieldSet): Managers {
    const owners = new Map(this.owners);
    const identity = identityOf(manager);
    const known = owners.get(identity);
    if (fields.isEmpty) {
      owners.delete(identity);
    } else if (!known?.fields.equals(fields)) {
      owners.set(identity, { manager, fields, time: timestamp() });
    }
    return new Managers(owners);
  }

  /** Takes fields from everyone. */
  without(fields: FieldSet): Managers {
    return [...this.owners.values()].reduce<Managers>(
      (managers, owner) =>
        managers.with(owner.manager, owner.fields.without(fields)),
      this,
    );
  }

  /** Takes fields from everyone but one manager. */
  takenBy(manager: Manager, fields: FieldSet): Managers {
    return this.othersOf(manager, fields).reduce<Managers>(
      (managers, share) =>
        managers.with(
          share.manager,
          managers.fieldsOf(share.manager).without(share.fields),
        ),
      this,
    );
  }

  /** The wire form, in the order of Kubernetes: Apply first, then by time. */
  toEntries(): ManagedFieldsEntry[] {
    return [...this.owners.values()]
      .map(({ manager, fields, time }) => ({
        manager: manager.name,
        operation: manager.operation,
        apiVersion: manager.apiVersion,
        time,
        fieldsType: 'FieldsV1' as const,
        fieldsV1: fields.toFieldsV1(),
        ...(manager.subresource && { subresource: manager.subresource }),
      }))
      .sort(
        (left, right) =>
          compareText(left.operation, right.operation) ||
          compareText(left.time, right.time) ||
          compareText(left.manager, right.manager) ||
          compareText(left.subresource ?? '', right.subresource ?? ''),
      );
  }
}

function identityOf(manager: Manager): string {
  return JSON.stringify([
    manager.name,
    manager.operation,
    manager.apiVersion,
    manager.subresource ?? '',
  ]);
}

function compareText(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}
