import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { withSecondTry } from './secondTry.mts';
import { type StepResult } from './steps.mts';

function failed(...failures: [file: string | undefined, name: string][]) {
  return {
    totals: { passed: 10, failed: failures.length, skipped: 1 },
    failures: failures.map(([file, name]) => ({ file, name, message: 'no' })),
    output: 'first',
  };
}

const passed: StepResult = {
  totals: { passed: 4, failed: 0, skipped: 0 },
  failures: [],
  output: 'second',
};

test('what passes at the second try is unsteady and has not failed', async () => {
  const tried: string[][] = [];
  const result = await withSecondTry(
    failed(['a.test.ts', 'one'], ['a.test.ts', 'two'], ['b.test.ts', 'three']),
    async files => {
      tried.push(files);
      return passed;
    },
  );
  deepEqual(tried, [['a.test.ts', 'b.test.ts']]);
  deepEqual(result.totals, { passed: 13, failed: 0, skipped: 1 });
  deepEqual(result.failures, []);
  deepEqual(
    result.unsteady?.map(({ name }) => name),
    ['one', 'two', 'three'],
  );
});

test('what fails twice has failed', async () => {
  const result = await withSecondTry(
    failed(['a.test.ts', 'one'], ['a.test.ts', 'two']),
    async () => failed(['a.test.ts', 'two']),
  );
  deepEqual(result.totals, { passed: 11, failed: 1, skipped: 1 });
  deepEqual(
    result.failures.map(({ name }) => name),
    ['two'],
  );
  deepEqual(
    result.unsteady?.map(({ name }) => name),
    ['one'],
  );
});

test('what is no accident is not tried again', async () => {
  const all = [
    passed,
    failed([undefined, 'jest']),
    failed(['a.test.ts', 'one'], [undefined, 'jest']),
    failed(['a', 'one'], ['b', 'one'], ['c', 'one'], ['d', 'one']),
  ];
  for (const first of all) {
    const result = await withSecondTry(first, async () => {
      throw new Error('It was tried again');
    });
    equal(result, first);
  }
});
