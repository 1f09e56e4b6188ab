module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // These files make tests out of tables: titles and rows are data.
      files: ['src/badInput/**'],
      rules: {
        'jest/expect-expect': 'off',
        'jest/no-disabled-tests': 'off',
        'jest/no-export': 'off',
        'jest/valid-title': 'off',
      },
    },
  ],
});
