import { Json, JsonObject } from '../objects';
import {
  FieldSet,
  PathStep,
  fieldSchema,
  isGranularList,
  isGranularMap,
  isMap,
  itemStep,
} from './field-set';
import { Schema, untyped } from './schema';

/** Lays an applied configuration over the live object. */
export function merge(
  live: Json | undefined,
  applied: Json,
  schema: Schema,
): Json {
  if (isGranularMap(schema, applied) && (isMap(live) || live === undefined)) {
    const result: JsonObject = { ...live };
    for (const [name, value] of Object.entries(applied)) {
      if (value !== undefined) {
        result[name] = merge(
          live?.[name],
          value,
          fieldSchema(schema, name) ?? untyped,
        );
      }
    }
    return result;
  }
  if (isGranularList(schema) && Array.isArray(applied)) {
    const result = Array.isArray(live) ? [...live] : [];
    for (const item of applied) {
      const step = itemStep(schema, item);
      const index = result.findIndex(known => itemStep(schema, known) === step);
      if (index < 0) {
        result.push(item);
      } else {
        result[index] = merge(result[index], item, schema.items);
      }
    }
    return result;
  }
  return applied;
}

/**
 * Takes away fields that their applier no longer names. `kept` is what any
 * owner still has: an item stays while something in it is owned.
 */
export function prune(
  value: Json,
  schema: Schema,
  dropped: FieldSet,
  kept: FieldSet,
): Json {
  return pruneAt(value, schema, [], { dropped, kept }) ?? {};
}

interface Ownership {
  dropped: FieldSet;
  kept: FieldSet;
}

function pruneAt(
  value: Json,
  schema: Schema,
  path: PathStep[],
  ownership: Ownership,
): Json | undefined {
  const { dropped, kept } = ownership;
  if (dropped.has(path) && !kept.reaches(path)) {
    return undefined;
  }
  if (!dropped.reaches(path)) {
    return value;
  }
  if (isGranularMap(schema, value)) {
    const entries = Object.entries(value).flatMap(([name, entry]) => {
      const rest =
        entry === undefined
          ? undefined
          : pruneAt(
              entry,
              fieldSchema(schema, name) ?? untyped,
              [...path, `f:${name}`],
              ownership,
            );
      return rest === undefined ? [] : [[name, rest] as const];
    });
    // A map that lost its last entry goes, as an unset field would.
    return entries.length > 0 || path.length === 0
      ? Object.fromEntries(entries)
      : undefined;
  }
  if (isGranularList(schema) && Array.isArray(value)) {
    const items = value.flatMap(item => {
      const rest = pruneAt(
        item,
        schema.items,
        [...path, itemStep(schema, item)],
        ownership,
      );
      return rest === undefined ? [] : [rest];
    });
    return items.length > 0 ? items : undefined;
  }
  return value;
}
