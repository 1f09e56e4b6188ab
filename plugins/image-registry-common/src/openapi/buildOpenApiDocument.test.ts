import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { imageRegistryPermissions } from '../permissions';
import { buildOpenApiDocument } from './buildOpenApiDocument';
import { apiRoutes } from './routes';

const document = JSON.parse(JSON.stringify(buildOpenApiDocument()));

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' ? [String(inner)] : referencesIn(inner),
  );
}

describe('the OpenAPI document', () => {
  it('is the one that is checked in; if not: ./run openapi', () => {
    const file = resolve(
      __dirname,
      '../../../image-registry-backend/openapi.json',
    );
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document);
  });

  it('refers only to what it contains, and contains only what it refers to', () => {
    const { schemas, responses } = document.components;
    const contained = [
      ...Object.keys(schemas).map(name => `#/components/schemas/${name}`),
      ...Object.keys(responses).map(name => `#/components/responses/${name}`),
    ];
    const used = [...new Set(referencesIn(document))];
    expect(used.sort()).toEqual(contained.sort());
  });

  it('has every route once, under its own operation id', () => {
    const routes = apiRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(routes).size).toBe(routes.length);
    expect(new Set(apiRoutes.map(route => route.operationId)).size).toBe(
      routes.length,
    );
    const operations = Object.values<object>(document.paths).flatMap(
      Object.keys,
    );
    expect(operations).toHaveLength(routes.length);
  });

  it('uses every permission, and leaves only the webhook routes open', () => {
    const used = new Set(
      apiRoutes.flatMap(route => route.permissions.map(({ name }) => name)),
    );
    expect([...used].sort()).toEqual(
      imageRegistryPermissions.map(({ name }) => name).sort(),
    );
    expect(
      apiRoutes.filter(route => route.open).map(route => route.path),
    ).toEqual(['/webhooks/{endpointId}', '/webhooks/{endpointId}/{token}']);
  });

  it('closes requests and leaves answers open for further fields', () => {
    const { schemas } = document.components;
    expect(schemas.CreateRegistry.additionalProperties).toBe(false);
    expect(schemas.CreateRollout.additionalProperties).toBe(false);
    expect(schemas.Registry.additionalProperties).toBeUndefined();
  });

  it('tells path, query and header parameters and what is required', () => {
    expect(document.paths['/registries/{id}/tags'].get.parameters).toEqual(
      expect.arrayContaining([
        { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
        expect.objectContaining({
          name: 'repository',
          in: 'query',
          required: true,
        }),
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'integer', minimum: 1, maximum: 5_000 },
        },
      ]),
    );
    expect(document.paths['/rollouts'].post.parameters).toEqual([
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header' }),
    ]);
  });
});
