import { z } from 'zod';
import { ApiRoute } from './ApiRoute';
import { namedSchemas } from './namedSchemas';
import { apiRoutes } from './routes';

/** An OpenAPI 3.1 document, ready for JSON. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

type JsonSchema = Record<string, unknown>;

/** What any route may answer, once in the document and referred to. */
const standardErrors: Readonly<Record<number, [string, string]>> = {
  400: [
    'BadRequest',
    'A value is missing, wrong or unknown; the message names it',
  ],
  401: ['Unauthenticated', 'The caller is not authenticated'],
  403: ['Forbidden', 'The caller may not do this'],
  500: ['Failed', 'Something failed that the caller cannot help'],
};

/** Writes schemas as JSON Schema; named ones by reference. */
class SchemaWriter {
  private readonly registry = z.registry<{ id: string }>();

  constructor() {
    for (const [id, schema] of Object.entries(namedSchemas())) {
      this.registry.add(schema, { id });
    }
  }

  reference(name: string): JsonSchema {
    return { $ref: `#/components/schemas/${name}` };
  }

  write(schema: z.ZodType): JsonSchema {
    const named = this.registry.get(schema);
    return named ? this.reference(named.id) : this.convert('inline', schema);
  }

  queryParameters(query: z.ZodObject | undefined): JsonSchema[] {
    return Object.entries(query?.shape ?? {}).map(([name, field]) => ({
      name,
      in: 'query',
      ...(!field.safeParse(undefined).success && { required: true }),
      schema: this.convert('inline', field),
    }));
  }

  components(): Record<string, JsonSchema> {
    const { schemas } = z.toJSONSchema(this.registry, this.options());
    return Object.fromEntries(
      Object.entries(schemas)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, schema]) => [name, withoutIdentity(schema)]),
    );
  }

  private convert(id: string, schema: z.ZodType): JsonSchema {
    const registry = z.registry<{ id: string }>();
    for (const [name, named] of Object.entries(namedSchemas())) {
      registry.add(named, { id: name });
    }
    registry.add(schema, { id });
    const { schemas } = z.toJSONSchema(registry, this.options());
    return withoutIdentity(schemas[id]);
  }

  private options() {
    return {
      // Requests and answers are the same on the wire; only this form leaves
      // objects open that are not strict.
      io: 'input' as const,
      uri: (id: string) => `#/components/schemas/${id}`,
      override: ({ jsonSchema }: { jsonSchema: JsonSchema }) => {
        // What zod adds to every integer says nothing about the contract.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
          delete jsonSchema.maximum;
        }
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) {
          delete jsonSchema.minimum;
        }
      },
    };
  }
}

/**
 * The REST contract as OpenAPI 3.1, made from the schemas that validate it.
 * Objects of answers may get further fields; those of requests may not have
 * unknown ones.
 */
export function buildOpenApiDocument(): OpenApiDocument {
  const schemas = new SchemaWriter();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of apiRoutes) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: operation(route, schemas),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Image registry',
      version: '1.0.0',
      description:
        'Connect container registries, browse images, deploy them by digest, let pushes deploy by policy.',
    },
    servers: [{ url: '/api/image-registry' }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: {
        backstage: {
          type: 'http',
          scheme: 'bearer',
          description: "A user's Backstage token, or a service token",
        },
      },
      responses: Object.fromEntries(
        Object.values(standardErrors).map(([name, description]) => [
          name,
          errorResponse(description, schemas),
        ]),
      ),
      schemas: schemas.components(),
    },
  };
}

function operation(route: ApiRoute, schemas: SchemaWriter): JsonSchema {
  const parameters = [
    ...pathParameters(route.path),
    ...headerParameters(route),
    ...schemas.queryParameters(route.query),
  ];
  const permissions = route.permissions.map(permission => permission.name);
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.open && { description: route.open, security: [] }),
    ...(permissions.length > 0 && { 'x-permissions': permissions }),
    ...(parameters.length > 0 && { parameters }),
    ...requestBody(route, schemas),
    responses: responses(route, schemas),
  };
}

function pathParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/\{([A-Za-z]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function headerParameters({ headers = {} }: ApiRoute): JsonSchema[] {
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  }));
}

function requestBody(route: ApiRoute, schemas: SchemaWriter): JsonSchema {
  if (route.anyBody) {
    return { requestBody: { required: true, content: { '*/*': {} } } };
  }
  return route.body
    ? {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: schemas.write(route.body) },
          },
        },
      }
    : {};
}

function responses(route: ApiRoute, schemas: SchemaWriter): JsonSchema {
  const written: JsonSchema = {};
  for (const [status, { description, schema, mediaType }] of Object.entries(
    route.responses,
  )) {
    written[status] = {
      description,
      ...(schema && {
        content: {
          [mediaType ?? 'application/json']: { schema: schemas.write(schema) },
        },
      }),
    };
  }
  for (const [status, [name]] of Object.entries(standardErrors)) {
    written[status] = { $ref: `#/components/responses/${name}` };
  }
  for (const [status, description] of Object.entries(route.errors ?? {})) {
    written[status] = errorResponse(description, schemas);
  }
  return written;
}

function errorResponse(description: string, schemas: SchemaWriter): JsonSchema {
  const schema = schemas.reference('ErrorResponse');
  return { description, content: { 'application/json': { schema } } };
}

function withoutIdentity(schema: object): JsonSchema {
  const { $schema, $id, ...rest } = schema as JsonSchema;
  return rest;
}
