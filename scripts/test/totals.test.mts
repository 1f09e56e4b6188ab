import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import {
  sum,
  summaryLine,
  totalsOfJest,
  totalsOfPlaywright,
  totalsOfTap,
} from './totals.mts';

test('a Jest file that cannot be loaded is a failure', () => {
  deepEqual(
    totalsOfJest({
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 3,
      numRuntimeErrorTestSuites: 1,
    }),
    { passed: 7, failed: 2, skipped: 5 },
  );
});

test('a Playwright test that passed at its retry has passed', () => {
  deepEqual(
    totalsOfPlaywright({
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{}],
    }),
    { passed: 5, failed: 2, skipped: 2 },
  );
});

test('the counts of a TAP report are read from its end', () => {
  const report = [
    'TAP version 13',
    'ok 1 - # pass 99 is only a name',
    '1..1',
    '# tests 9',
    '# pass 3',
    '# fail 1',
    '# cancelled 1',
    '# skipped 2',
    '# todo 2',
  ].join('\n');
  deepEqual(totalsOfTap(report), { passed: 3, failed: 2, skipped: 4 });
});

test('a TAP report that was cut is not taken for a success', () => {
  throws(() => totalsOfTap('TAP version 13\nok 1 - one\n'), /lacks its line/);
});

test('the summary adds up all runners', () => {
  const total = sum([
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 10, failed: 3, skipped: 0 },
  ]);
  equal(summaryLine(total), 'tests: 11 passed, 3 failed, 2 skipped');
});
