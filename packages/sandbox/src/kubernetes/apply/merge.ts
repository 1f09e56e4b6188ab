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
    const steps = (list: Json[]) =>
      new Map(list.map(item => [itemStep(schema, item), item]));
    const known = steps(Array.isArray(live) ? live : []);
    const given = steps(applied);
    return interleave([...known.keys()], [...given.keys()]).flatMap(step => {
      const item = given.get(step);
      const before = known.get(step);
      if (item !== undefined) {
        return [merge(before, item, schema.items)];
      }
      return before === undefined ? [] : [before];
    });
  }
  return applied;
}

/**
 * The order of a merged list, as structured-merge-diff has it since Kubernetes
 * 1.24 (kubernetes/kubernetes#104641): what is applied comes in the order of the
 * applied list, and what only the live list has stays before what follows it.
 */
export function interleave<T>(live: readonly T[], applied: readonly T[]): T[] {
  const merged = new Set<T>();
  const shared = applied.filter(item => live.includes(item));
  let left = 0;
  for (const item of applied) {
    const next = shared.find(each => !merged.has(each));
    while (left < live.length && live[left] !== item) {
      const isShared = shared.includes(live[left]);
      if (isShared && live[left] === next) {
        break;
      }
      if (!isShared) {
        merged.add(live[left]);
      }
      left += 1;
    }
    merged.add(item);
  }
  return [...merged, ...live.slice(left).filter(item => !merged.has(item))];
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
