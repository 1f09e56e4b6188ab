module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Playwright's tests run from the source tree, beside the start scripts,
      // and hand their fixtures on by a function called `use`.
      files: ['e2e-tests/**'],
      rules: {
        '@backstage/no-relative-monorepo-imports': 'off',
        '@backstage/no-undeclared-imports': 'off',
        'react-hooks/rules-of-hooks': 'off',
      },
    },
  ],
});
