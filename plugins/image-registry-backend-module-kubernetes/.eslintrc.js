module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // What a cluster cannot show is skipped by name, so these stand for `it`.
      files: ['src/behaviour/*.test.ts'],
      rules: {
        'jest/no-standalone-expect': [
          'error',
          {
            additionalTestBlockFunctions: [
              'itRunsPods',
              'itRollsOut',
              'itCrashes',
            ],
          },
        ],
      },
    },
    {
      // It registers other files' tests and has none of its own.
      files: ['src/behaviour/needing.ts'],
      rules: {
        'jest/expect-expect': 'off',
        'jest/no-disabled-tests': 'off',
        'jest/no-export': 'off',
        'jest/valid-title': 'off',
      },
    },
    {
      // Only tests load these folders, and only from the source tree.
      files: ['src/testing/**', 'src/behaviour/**'],
      rules: {
        'no-restricted-syntax': 'off',
        '@backstage/no-undeclared-imports': 'off',
      },
    },
  ],
});
