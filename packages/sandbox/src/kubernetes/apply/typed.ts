import { Json, JsonObject } from '../objects';
import { StatusError } from '../status';
import {
  describeStep,
  fieldSchema,
  isGranularList,
  isMap,
  itemStep,
} from './field-set';
import { ListSchema, Schema, untyped } from './schema';

/**
 * Checks an applied configuration against the schema of its kind. Kubernetes
 * answers a plain 500 without a reason, whatever fieldValidation asks for
 * (recorded: 01b, 01c, 07a).
 *
 * @throws StatusError 500 naming the first faulty field
 */
export function assertTyped(object: JsonObject, schema: Schema): void {
  const problem = check(object, schema, '');
  if (problem) {
    const { namespace = '', name = '' } = (object.metadata ?? {}) as JsonObject;
    throw new StatusError(
      500,
      undefined,
      `failed to create typed patch object (${namespace}/${name}; ${object.apiVersion}, Kind=${object.kind}): ${problem}`,
    );
  }
}

function check(value: Json, schema: Schema, path: string): string | undefined {
  if (value === null || schema.type === 'untyped') {
    return undefined;
  }
  switch (schema.type) {
    case 'struct':
    case 'map':
      return checkMap(value, schema, path);
    case 'list':
      return checkList(value, schema, path);
    default:
      return checkScalar(value, schema.type, path);
  }
}

function checkMap(
  value: Json,
  schema: Schema,
  path: string,
): string | undefined {
  if (!isMap(value)) {
    return `${path}: expected map, got ${describeValue(value)}`;
  }
  const names = Object.keys(value);
  const unknown = names.find(name => !fieldSchema(schema, name));
  if (unknown) {
    return `${path}.${unknown}: field not declared in schema`;
  }
  return first(names, name =>
    check(
      value[name] ?? null,
      fieldSchema(schema, name) ?? untyped,
      `${path}.${name}`,
    ),
  );
}

function checkList(
  value: Json,
  schema: ListSchema,
  path: string,
): string | undefined {
  if (!Array.isArray(value)) {
    return `${path}: expected list, got ${describeValue(value)}`;
  }
  const { items } = schema;
  if (!isGranularList(schema)) {
    return first(value.keys(), index =>
      check(value[index], items, `${path}[${index}]`),
    );
  }
  const seen = new Set<string>();
  return first(value, item => {
    const missing = schema.keys?.find(
      key =>
        !isMap(item) ||
        (item[key] === undefined && schema.keyDefaults?.[key] === undefined),
    );
    if (missing) {
      return `${path}: element 0: associative list with keys has an element that omits key field "${missing}" (and doesn't have default value)`;
    }
    const step = itemStep(schema, item);
    if (seen.has(step)) {
      return `${path}: duplicate entries for key ${describeStep(step)}`;
    }
    seen.add(step);
    return check(item, schema.items, `${path}${describeStep(step)}`);
  });
}

function checkScalar(
  value: Json,
  type: 'string' | 'number' | 'boolean' | 'scalar',
  path: string,
): string | undefined {
  const actual = typeof value;
  if (type === 'scalar') {
    return actual === 'string' || actual === 'number'
      ? undefined
      : `${path}: expected scalar, got ${describeValue(value)}`;
  }
  if (actual === type) {
    return undefined;
  }
  const expected = type === 'number' ? 'numeric (int or float)' : type;
  return `${path}: expected ${expected}, got ${describeValue(value)}`;
}

function describeValue(value: Json): string {
  if (Array.isArray(value)) {
    return 'list';
  }
  return typeof value === 'object' ? 'map' : typeof value;
}

function first<T>(
  items: Iterable<T>,
  find: (item: T) => string | undefined,
): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) {
      return found;
    }
  }
  return undefined;
}
