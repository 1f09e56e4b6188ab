import { type Plugin } from 'esbuild';

/**
 * Clients of clouds that the backend's own parts ask for when they are loaded,
 * and that a portal without such a cloud never uses.
 */
const clouds = [
  '@aws-sdk/client-codecommit',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-sts',
  '@aws-sdk/credential-providers',
  '@azure/identity',
  '@azure/storage-blob',
  '@google-cloud/firestore',
  '@google-cloud/storage',
];

/** Marks how a package is found that is asked for by our own stand-in. */
const FOUND = 'found';

/** Stands in for a package, and loads it when something of it is used. */
function lateContents(path: string): string {
  return `
    let loaded;
    const load = () => (loaded ??= require(${JSON.stringify(path)}));
    module.exports = new Proxy({}, {
      get: (_, name) => load()[name],
      has: (_, name) => name in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, name) => {
        const found = Reflect.getOwnPropertyDescriptor(load(), name);
        return found && { ...found, configurable: true };
      },
    });`;
}

/** Loads the clients of clouds when they are used: a tenth of a start. */
export const cloudsWhenUsed: Plugin = {
  name: 'clouds when used',
  setup(build) {
    const filter = new RegExp(`^(${clouds.join('|')})$`);
    build.onResolve({ filter }, async ({ path, resolveDir, pluginData }) => {
      if (pluginData === FOUND) {
        return undefined;
      }
      const { path: file, errors } = await build.resolve(path, {
        resolveDir,
        kind: 'require-call',
        pluginData: FOUND,
      });
      return { path: file, errors, namespace: 'late', pluginData: resolveDir };
    });
    build.onLoad({ filter: /./, namespace: 'late' }, args => ({
      contents: lateContents(args.path),
      resolveDir: args.pluginData,
    }));
  },
};
