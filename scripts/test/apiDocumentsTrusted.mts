import { type Plugin } from 'esbuild';

/**
 * Takes the API documents of Backstage's plugins for well formed. Each start
 * holds each of them against the schema of OpenAPI, which takes a sixth of it
 * and says the same every time. Requests are held against the documents.
 */
export const apiDocumentsTrusted: Plugin = {
  name: 'API documents trusted',
  setup(build) {
    const filter =
      /express-openapi-validator[\\/]dist[\\/]framework[\\/]openapi\.schema\.validator\.js$/;
    build.onLoad({ filter }, () => ({
      contents: `exports.OpenAPISchemaValidator = class {
        validate() { return { errors: [] }; }
      };`,
    }));
  },
};
