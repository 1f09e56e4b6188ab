import { FieldsV1, KubernetesObject } from '../workloads/objects';

/** One step down a field tree: a field, or the item of a list by its keys. */
export type FieldStep = string | Readonly<Record<string, unknown>>;

type Tree = Record<string, unknown>;

/** The part of an object that one manager holds. */
export interface OwnFields {
  metadata?: object;
  spec?: object;
}

/**
 * What one manager holds of an object by its last apply, with the values of
 * now. An apply has to name all of it again, or it gives up the rest.
 */
export function ownFields(
  object: KubernetesObject,
  manager: string,
): OwnFields {
  const entry = (object.metadata.managedFields ?? []).find(
    each => each.manager === manager && each.operation === 'Apply',
  );
  return entry?.fieldsV1 ? (extract(object, entry.fieldsV1) as OwnFields) : {};
}

/** Whether a tree holds the field, or all around it. */
export function holds(
  fields: FieldsV1 | undefined,
  [step, ...rest]: readonly FieldStep[],
): boolean {
  if (fields === undefined) {
    return false;
  }
  if (step === undefined || Object.keys(fields).length === 0) {
    return true;
  }
  const key =
    typeof step === 'string'
      ? `f:${step}`
      : Object.keys(fields).find(each => namesItem(each, step));
  return key !== undefined && holds(fields[key], rest);
}

function extract(value: unknown, fields: FieldsV1): unknown {
  const keys = Object.keys(fields).filter(key => key !== '.');
  if (keys.length === 0) {
    // With a dot it is the object itself that is held, and nothing in it.
    return '.' in fields && isTree(value) ? {} : value;
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      const key = keys.find(each => isTree(item) && namesItem(each, item));
      return key === undefined ? [] : [itemOf(item, key, fields[key])];
    });
  }
  if (!isTree(value)) {
    return value;
  }
  return Object.fromEntries(
    keys
      .filter(key => key.startsWith('f:') && key.slice(2) in value)
      .map(key => [key.slice(2), extract(value[key.slice(2)], fields[key])]),
  );
}

/** With its keys, which an apply finds it by. */
function itemOf(item: unknown, key: string, fields: FieldsV1): unknown {
  const inside = extract(item, fields);
  return isTree(inside) ? { ...keysOf(key), ...inside } : inside;
}

/** All keys that a tree names must be those of the item. */
function namesItem(key: string, item: Readonly<Tree>): boolean {
  return (
    key.startsWith('k:') &&
    Object.entries(keysOf(key)).every(([name, value]) => item[name] === value)
  );
}

/** The server spells the keys of an item as JSON. */
function keysOf(key: string): Tree {
  return JSON.parse(key.slice(2)) as Tree;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
