/** What every room may use. */
const shared = ['access', 'background', 'database', 'http', 'liveUpdates'];

/**
 * The rooms in the way of a push, and which others each may import: through
 * their index.ts only. Nothing but `policies` may enqueue rollouts.
 */
const rooms = {
  ...Object.fromEntries(shared.map(room => [room, []])),
  providers: [],
  retention: [],
  registries: [],
  images: ['registries'],
  secretMask: ['registries'],
  targets: ['registries', 'secretMask'],
  inbox: ['registries'],
  protection: ['registries', 'targets'],
  rollouts: ['registries', 'secretMask', 'targets', 'protection'],
  pullSecrets: ['registries', 'targets'],
  workloads: ['registries', 'targets', 'protection'],
  metrics: ['inbox'],
  policies: [
    'registries',
    'targets',
    'protection',
    'inbox',
    'metrics',
    'rollouts',
  ],
};

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      files: ['src/**/*.ts'],
      excludedFiles: ['**/*.test.ts', 'src/testing/**'],
      settings: {
        'import/resolver': { node: { extensions: ['.ts', '.js'] } },
      },
      rules: {
        'import/no-restricted-paths': [
          'error',
          {
            basePath: __dirname,
            zones: Object.entries(rooms).map(([room, others]) => ({
              target: `./src/${room}`,
              from: './src',
              except: [
                ...[...new Set([room, ...shared])].map(each => `./${each}`),
                ...others.map(other => `./${other}/index.ts`),
              ],
              message: `The room ${room} may not import this; see .eslintrc.js.`,
            })),
          },
        ],
      },
    },
    {
      // Only tests load this folder, and only from the source tree.
      files: ['src/testing/**'],
      rules: {
        'no-restricted-syntax': 'off',
        '@backstage/no-undeclared-imports': 'off',
      },
    },
    {
      files: ['**/*.test.ts'],
      rules: {
        // supertest asserts by a method of its own.
        'jest/expect-expect': [
          'error',
          { assertFunctionNames: ['expect', '**.expect'] },
        ],
      },
    },
  ],
});
