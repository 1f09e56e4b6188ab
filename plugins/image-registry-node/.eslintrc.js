module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // The rows of a table of cases: run inside `it` by the test.
      files: ['src/__testUtils__/traps/**'],
      rules: { 'jest/no-standalone-expect': 'off' },
    },
  ],
});
