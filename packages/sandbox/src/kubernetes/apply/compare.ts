import { Json, JsonObject } from '../objects';
import {
  FieldSet,
  PathStep,
  fieldSchema,
  isGranularList,
  isGranularMap,
  itemStep,
} from './field-set';
import { Schema, untyped } from './schema';

/** The fields in which two states of an object differ. */
export interface Difference {
  /** Present or different in the new state. */
  changed: FieldSet;
  /** Gone from the new state. */
  removed: FieldSet;
}

/** Compares two states field by field, as the schema divides them. */
export function compare(before: Json, after: Json, schema: Schema): Difference {
  const walk: Walk = { changed: [], removed: [] };
  visit(before, after, schema, [], walk);
  return {
    changed: FieldSet.of(walk.changed),
    removed: FieldSet.of(walk.removed),
  };
}

interface Walk {
  changed: PathStep[][];
  removed: PathStep[][];
}

function visit(
  before: Json | undefined,
  after: Json | undefined,
  schema: Schema,
  path: PathStep[],
  walk: Walk,
): void {
  if (before === undefined && after === undefined) {
    return;
  }
  if (before === undefined && path.length > 0) {
    walk.changed.push(path);
  } else if (after === undefined) {
    walk.removed.push(path);
  }
  if (isGranularMap(schema, before ?? after)) {
    visitMap(asMap(before), asMap(after), schema, path, walk);
  } else if (isGranularList(schema)) {
    visitList(before, after, schema, path, walk);
  } else if (
    before !== undefined &&
    after !== undefined &&
    !sameJson(before, after)
  ) {
    walk.changed.push(path);
  }
}

function asMap(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : {};
}

function visitMap(
  before: JsonObject,
  after: JsonObject,
  schema: Schema,
  path: PathStep[],
  walk: Walk,
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    visit(
      before[name],
      after[name],
      fieldSchema(schema, name) ?? untyped,
      [...path, `f:${name}`],
      walk,
    );
  }
}

function visitList(
  before: Json | undefined,
  after: Json | undefined,
  schema: Schema,
  path: PathStep[],
  walk: Walk,
): void {
  if (!isGranularList(schema)) {
    return;
  }
  const index = (list: Json | undefined) =>
    new Map(
      (Array.isArray(list) ? list : []).map(item => [
        itemStep(schema, item),
        item,
      ]),
    );
  const left = index(before);
  const right = index(after);
  for (const step of new Set([...left.keys(), ...right.keys()])) {
    visit(left.get(step), right.get(step), schema.items, [...path, step], walk);
  }
}

/** Equality of JSON values; the order of object keys does not count. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) {
    return true;
  }
  if (
    typeof left !== 'object' ||
    typeof right !== 'object' ||
    left === null ||
    right === null ||
    Array.isArray(left) !== Array.isArray(right)
  ) {
    return false;
  }
  const leftEntries = definedEntries(left);
  const rightEntries = new Map(definedEntries(right));
  return (
    leftEntries.length === rightEntries.size &&
    leftEntries.every(
      ([key, value]) =>
        rightEntries.has(key) && sameJson(value, rightEntries.get(key)),
    )
  );
}

function definedEntries(value: object): Array<[string, unknown]> {
  return Object.entries(value).filter(([, entry]) => entry !== undefined);
}
