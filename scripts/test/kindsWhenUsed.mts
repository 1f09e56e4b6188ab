import { readFile } from 'node:fs/promises';
import { type Plugin } from 'esbuild';

/**
 * Compiles the schema of a kind of entity when the first of that kind is met.
 * The catalog's model does so for five kinds at each start, of which a portal
 * without AI resources has none.
 */
export const kindsWhenUsed: Plugin = {
  name: 'kinds when used',
  setup(build) {
    const filter =
      /catalog-model[\\/]dist[\\/]validation[\\/]entityKindSchemaValidator\.cjs\.js$/;
    build.onLoad({ filter }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}
        const compile = exports.entityKindSchemaValidator;
        exports.entityKindSchemaValidator = schema => {
          let validate;
          return data => (validate ??= compile(schema))(data);
        };`,
    }));
  },
};
