import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute } from './execute.mts';
import {
  type JestResult,
  type PlaywrightResult,
  type Totals,
  totalsOfJest,
  totalsOfPlaywright,
  totalsOfTap,
} from './totals.mts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Where the runners write what they found. */
export const reports = join(root, '.data', 'test');

/** A busy machine is no failure: Jest's own 5 s are for an idle one. */
const TEST_TIMEOUT_MS = 30_000;

/** What a step found, and what it wrote. */
export interface StepResult {
  totals: Totals;
  output: string;
}

/** A part of `./run test`. */
export interface Step {
  name: string;
  /** Name of the step that has to end before. */
  after?: string;
  run(): Promise<StepResult>;
}

function bin(name: string) {
  return join(root, 'node_modules', '.bin', name);
}

/** A check without tests of its own counts as one. */
async function check(command: string, ...args: string[]): Promise<StepResult> {
  const { ok, output } = await execute(command, args, { cwd: root });
  return {
    totals: { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 },
    output,
  };
}

/**
 * Runs a runner that writes a report. A runner that fails without saying which
 * test did, or that writes nothing, is one failure.
 */
async function report(
  options: {
    file: string;
    read: (content: string) => Totals;
    environment?: NodeJS.ProcessEnv;
  },
  command: string,
  ...args: string[]
): Promise<StepResult> {
  const path = join(reports, options.file);
  rmSync(path, { force: true });
  const { ok, output } = await execute(command, args, {
    cwd: root,
    environment: options.environment,
  });
  if (!existsSync(path)) {
    return { totals: { passed: 0, failed: 1, skipped: 0 }, output };
  }
  const totals = options.read(readFileSync(path, 'utf8'));
  const said = ok || totals.failed > 0;
  return { totals: said ? totals : { ...totals, failed: 1 }, output };
}

function scripts(): Promise<StepResult> {
  return report(
    { file: 'scripts.tap', read: totalsOfTap },
    process.execPath,
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${join(reports, 'scripts.tap')}`,
    'scripts/**/*.test.mts',
  );
}

/** Tests that start whole portals; they are no company for quick ones. */
const systemTests = 'packages/backend/src/systemTests/';

function jest(
  name: string,
  workers: number,
  ...args: string[]
): Promise<StepResult> {
  const file = `${name}.json`;
  return report(
    {
      file,
      read: content => totalsOfJest(JSON.parse(content) as JestResult),
    },
    bin('backstage-cli'),
    'repo',
    'test',
    `--maxWorkers=${workers}`,
    `--testTimeout=${TEST_TIMEOUT_MS}`,
    '--json',
    `--outputFile=${join(reports, file)}`,
    ...args,
  );
}

function browser(): Promise<StepResult> {
  return report(
    {
      file: 'browser.json',
      read: content =>
        totalsOfPlaywright(JSON.parse(content) as PlaywrightResult),
      environment: {
        PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'browser.json'),
      },
    },
    bin('playwright'),
    'test',
    '--reporter=list,json',
  );
}

/** In the order in which they begin. */
export const steps: readonly Step[] = [
  {
    name: 'jest',
    run: () =>
      jest(
        'jest',
        Math.max(2, availableParallelism() - 1),
        `--testPathIgnorePatterns=${systemTests}`,
      ),
  },
  { name: 'system', run: () => jest('system', 2, systemTests) },
  {
    name: 'bundle',
    run: async () => {
      const result = await check(
        process.execPath,
        join('scripts', 'bundle', 'main.mts'),
      );
      if (result.totals.failed === 0) {
        // The build that it measures is also what the browser tests load.
        process.env.SLIPWAY_FRONTEND_BUILT = 'true';
      }
      return result;
    },
  },
  { name: 'browser', after: 'bundle', run: browser },
  { name: 'types', run: () => check(bin('tsc')) },
  {
    name: 'lint',
    run: () => check(bin('backstage-cli'), 'repo', 'lint', '--max-warnings=0'),
  },
  { name: 'format', run: () => check(bin('prettier'), '--check', '.') },
  { name: 'scripts', run: scripts },
];
