import { fieldSchema, isMap } from '../apply/field-set';
import { Schema } from '../apply/schema';
import { schemaOf } from '../apply/schemas';
import { Json, JsonObject } from '../objects';
import { badRequest } from '../status';
import { ResourceRequest } from './request';

/** Value of a Warning header about the fields that a kind does not have. */
export type FieldWarning = string;

/**
 * fieldValidation of a POST: unknown fields are an error (`Strict`), a
 * Warning header (`Warn`, the default) or ignored.
 *
 * @throws StatusError 400 with `Strict`
 */
export function warnOfUnknownFields(
  request: ResourceRequest,
  body: JsonObject,
): FieldWarning | undefined {
  const mode = request.query.get('fieldValidation') ?? 'Warn';
  const unknown = find(body, schemaOf(request.resource), '').map(
    path => `unknown field "${path}"`,
  );
  if (unknown.length === 0 || mode === 'Ignore') {
    return undefined;
  }
  if (mode === 'Strict') {
    const { kind, version } = request.resource;
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${unknown.join(
        ', ',
      )}`,
    );
  }
  return unknown.map(text => `299 - ${JSON.stringify(text)}`).join(', ');
}

/** The object as it is stored: without fields that its kind does not have. */
export function withoutUnknownFields(
  request: ResourceRequest,
  object: JsonObject,
): JsonObject {
  return strip(object, schemaOf(request.resource)) as JsonObject;
}

function strip(value: Json, schema: Schema): Json {
  if (schema.type === 'list' && Array.isArray(value)) {
    return value.map(item => strip(item, schema.items));
  }
  if (schema.type !== 'struct' || !isMap(value)) {
    return value;
  }
  const entries = Object.entries(value).flatMap(([name, entry]) => {
    const entrySchema = fieldSchema(schema, name);
    return entrySchema && entry !== undefined
      ? [[name, strip(entry, entrySchema)] as const]
      : [];
  });
  return Object.fromEntries(entries);
}

function find(value: Json, schema: Schema, path: string): string[] {
  if (schema.type === 'list' && Array.isArray(value)) {
    return value.flatMap((item, index) =>
      find(item, schema.items, `${path}[${index}]`),
    );
  }
  if (schema.type !== 'struct' || !isMap(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([name, entry]) => {
    const entryPath = path ? `${path}.${name}` : name;
    const entrySchema = fieldSchema(schema, name);
    if (!entrySchema) {
      return [entryPath];
    }
    return entry === undefined ? [] : find(entry, entrySchema, entryPath);
  });
}
