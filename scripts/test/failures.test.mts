import { deepEqual, equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  failureLines,
  failuresOfJest,
  failuresOfPlaywright,
  failuresOfTap,
} from './failures.mts';

test('Jest names the tests that failed, and files that cannot be run', () => {
  const passed = {
    fullName: 'a passes',
    status: 'passed',
    failureMessages: [],
  };
  const failures = failuresOfJest(
    {
      testResults: [
        {
          name: '/repository/plugins/a/src/a.test.ts',
          status: 'failed',
          message: 'all of the file',
          assertionResults: [
            passed,
            {
              fullName: 'a deploys once',
              status: 'failed',
              failureMessages: ['\u001b[31mexpected 1\u001b[39m', 'got 2'],
            },
          ],
        },
        {
          name: '/repository/plugins/b/src/b.test.ts',
          status: 'failed',
          message: 'Cannot find module',
          assertionResults: [],
        },
        {
          name: '/repository/plugins/c/src/c.test.ts',
          status: 'passed',
          message: '',
          assertionResults: [passed],
        },
      ],
    },
    '/repository',
  );
  deepEqual(failureLines(failures), [
    'failed (2):',
    '✘ plugins/a/src/a.test.ts › a deploys once',
    '    expected 1',
    '    got 2',
    '✘ plugins/b/src/b.test.ts › the file cannot be run',
    '    Cannot find module',
  ]);
});

test('Playwright names them with the blocks around them, at their last try', () => {
  const failures = failuresOfPlaywright(
    {
      config: { rootDir: '/repository/packages/app/e2e-tests' },
      suites: [
        {
          title: 'narrow.test.ts',
          file: 'narrow.test.ts',
          specs: [],
          suites: [
            {
              title: 'at 400 pixels',
              file: 'narrow.test.ts',
              specs: [
                {
                  title: 'all is within the window',
                  ok: false,
                  tests: [
                    {
                      results: [
                        { errors: [{ message: 'at first' }] },
                        { errors: [{ message: 'at last' }] },
                      ],
                    },
                  ],
                },
                {
                  title: 'passed when tried again',
                  ok: true,
                  tests: [{ results: [{ errors: [{ message: 'flaky' }] }] }],
                },
              ],
            },
          ],
        },
      ],
      errors: [{ message: 'The portal did not start' }],
    },
    '/repository',
  );
  deepEqual(failureLines(failures), [
    'failed (2):',
    '✘ packages/app/e2e-tests/narrow.test.ts › at 400 pixels › all is within the window',
    '    at last',
    '✘ outside of a test',
    '    The portal did not start',
  ]);
});

test('the report that this Node writes is understood', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tap-'));
  try {
    const file = join(folder, 'one.test.mjs');
    writeFileSync(
      file,
      `import { describe, it } from 'node:test';
      describe('a block', () => {
        it('fails', () => { throw new Error('on purpose'); });
        it('passes', () => {});
      });`,
    );
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = spawnSync(
      process.execPath,
      ['--test', '--test-reporter=tap', file],
      { encoding: 'utf8', env },
    );
    const failures = failuresOfTap(stdout, folder);
    deepEqual(
      failures.map(({ name, file: where }) => [where, name]),
      [['one.test.mjs', 'fails']],
    );
    match(failures[0].message, /^ *error: 'on purpose'/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('many failures share the end of the log', () => {
  const failures = Array.from({ length: 1000 }, (_, n) => ({
    file: `${n}.test.ts`,
    name: 'fails',
    message: Array.from({ length: 50 }, () => 'x'.repeat(1000)).join('\n'),
  }));
  const lines = failureLines(failures);
  equal(lines.length, 82);
  equal(lines.at(-1), 'and 960 more');
  equal(Math.max(...lines.map(({ length }) => length)), 200);
  equal(failureLines(failures.slice(0, 1)).length, 22);
});

test('where nothing failed nothing is said', () => {
  deepEqual(failureLines([]), []);
});
