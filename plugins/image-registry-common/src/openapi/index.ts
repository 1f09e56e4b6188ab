/**
 * The REST contract as a table of routes and as OpenAPI. An entry of its own,
 * so that it does not end up in the browser.
 *
 * @packageDocumentation
 */
export type { ApiMethod, ApiResponse, ApiRoute } from './ApiRoute';
export { buildOpenApiDocument } from './buildOpenApiDocument';
export type { OpenApiDocument } from './buildOpenApiDocument';
export { errorResponseSchema } from './namedSchemas';
export { apiRoutes } from './routes';
