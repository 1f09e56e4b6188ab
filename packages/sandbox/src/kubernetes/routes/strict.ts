import { fieldSchema, isMap } from '../apply/field-set';
import { Schema } from '../apply/schema';
import { schemaOf } from '../apply/schemas';
import { Json, JsonObject } from '../objects';
import { badRequest } from '../status';
import { ResourceRequest } from './request';

/**
 * fieldValidation of a POST: unknown fields are an error (`Strict`), a
 * Warning header (`Warn`, the default) or ignored.
 *
 * @returns the value of the Warning header, if there is anything to warn of
 * @throws StatusError 400 with `Strict`
 */
export function unknownFields(
  request: ResourceRequest,
  body: JsonObject,
): string | undefined {
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
