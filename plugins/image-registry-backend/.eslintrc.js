module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
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
