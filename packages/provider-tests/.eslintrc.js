module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // These files make tests out of tables: titles and rows are data.
      files: [
        'src/badInput/**',
        'src/describeDescriptor.ts',
        'src/webhookPayloads/describe*.ts',
      ],
      rules: {
        'jest/expect-expect': 'off',
        'jest/no-disabled-tests': 'off',
        'jest/no-export': 'off',
        'jest/valid-title': 'off',
      },
    },
    {
      // Only tests load the captured calls, and only from the source tree.
      files: ['src/webhookPayloads/distribution.ts'],
      rules: { 'no-restricted-syntax': 'off' },
    },
  ],
});
