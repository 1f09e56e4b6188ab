import { type Failure } from './failures.mts';
import { type StepResult } from './steps.mts';

/** With more files than these failing it is no accident of a busy machine. */
const FILES = 3;

/**
 * Runs the files of tests that failed once more, alone, as Playwright does by
 * its `retries`. What passes then is told as unsteady and does not count as
 * failed: a race shows itself in the log and stops no other work.
 *
 * @param again - runs the files of these paths, from the root of the repository
 * @returns the first result where too much failed, or what has no file
 */
export async function withSecondTry(
  first: StepResult,
  again: (files: string[]) => Promise<StepResult>,
): Promise<StepResult> {
  const files = [...new Set(first.failures.map(({ file }) => file))];
  const named = files.filter(file => file !== undefined);
  if (
    named.length === 0 ||
    named.length < files.length ||
    named.length > FILES
  ) {
    return first;
  }
  const second = await again(named);
  const { passed, failed, skipped } = first.totals;
  return {
    totals: {
      passed: passed + Math.max(0, failed - second.totals.failed),
      failed: second.totals.failed,
      skipped,
    },
    failures: second.failures,
    unsteady: first.failures.filter(failure => !isAmong(second, failure)),
    output: `${first.output}\n-- a second try\n${second.output}`,
  };
}

function isAmong({ failures }: StepResult, { file, name }: Failure): boolean {
  return failures.some(each => each.file === file && each.name === name);
}
