import { fieldSchema, isMap, itemStep } from '../apply/field-set';
import { ListSchema, Schema, untyped } from '../apply/schema';
import { Json, JsonObject } from '../objects';

/**
 * Strategic merge patch as kubectl sends it: lists with keys are merged item
 * by item, `$patch: delete` and `$patch: replace` are obeyed
 * (https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/).
 */
export function strategicMerge(
  target: Json | undefined,
  patch: Json,
  schema: Schema,
): Json {
  if (Array.isArray(patch)) {
    return schema.type === 'list' && schema.keys
      ? mergeItems(Array.isArray(target) ? target : [], patch, schema)
      : patch;
  }
  if (!isMap(patch)) {
    return patch;
  }
  if (patch.$patch === 'replace') {
    return withoutDirectives(patch);
  }
  const result: JsonObject = isMap(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(withoutDirectives(patch))) {
    if (value === null || value === undefined) {
      delete result[name];
    } else {
      result[name] = strategicMerge(
        result[name],
        value,
        fieldSchema(schema, name) ?? untyped,
      );
    }
  }
  return result;
}

function mergeItems(target: Json[], patch: Json[], schema: ListSchema): Json[] {
  if (patch.some(item => isMap(item) && item.$patch === 'replace')) {
    return patch.filter(item => !(isMap(item) && item.$patch === 'replace'));
  }
  let result = [...target];
  for (const item of patch) {
    const step = itemStep(schema, item);
    const index = result.findIndex(known => itemStep(schema, known) === step);
    if (isMap(item) && item.$patch === 'delete') {
      result = result.filter((_, position) => position !== index);
    } else if (index < 0) {
      result.push(strategicMerge(undefined, item, schema.items));
    } else {
      result[index] = strategicMerge(result[index], item, schema.items);
    }
  }
  return result;
}

/** kubectl's hints on order and retained keys do not change the content. */
function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(patch).filter(([name]) => !name.startsWith('$')),
  );
}
