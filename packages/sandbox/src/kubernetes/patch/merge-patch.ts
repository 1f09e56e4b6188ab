import { isMap } from '../apply/field-set';
import { Json, JsonObject } from '../objects';

/** JSON merge patch, RFC 7396. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) {
    return patch;
  }
  const result: JsonObject = isMap(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === undefined) {
      delete result[name];
    } else {
      result[name] = mergePatch(result[name], value);
    }
  }
  return result;
}
