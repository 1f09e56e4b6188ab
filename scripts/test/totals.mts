/** Outcome of one runner, counted in tests. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** The parts that we read of the file that Jest's `--json` writes. */
export interface JestResult {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** Files that failed before a test of theirs could run. */
  numRuntimeErrorTestSuites: number;
}

/** The parts that we read of Playwright's JSON report. */
export interface PlaywrightResult {
  stats: {
    expected: number;
    unexpected: number;
    /** Passed at a retry. */
    flaky: number;
    skipped: number;
  };
  /** Problems outside a test, such as a file that cannot be loaded. */
  errors: unknown[];
}

export function totalsOfJest(result: JestResult): Totals {
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

export function totalsOfPlaywright(result: PlaywrightResult): Totals {
  return {
    passed: result.stats.expected + result.stats.flaky,
    failed: result.stats.unexpected + result.errors.length,
    skipped: result.stats.skipped,
  };
}

/**
 * Counts of the comment lines that end a TAP report of `node --test`.
 *
 * @throws Error when the report ends before them.
 */
export function totalsOfTap(report: string): Totals {
  const count = (name: string) => {
    const match = report.match(new RegExp(`^# ${name} (\\d+)$`, 'm'));
    if (!match) {
      throw new Error(`The TAP report lacks its line '# ${name}'`);
    }
    return Number(match[1]);
  };
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
}

export function sum(all: Totals[]): Totals {
  return all.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
      skipped: total.skipped + each.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The line that ends `./run test`. */
export function summaryLine(totals: Totals): string {
  return `tests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
}
