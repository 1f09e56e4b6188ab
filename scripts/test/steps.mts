import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleBackend } from './bundleBackend.mts';
import { execute } from './execute.mts';
import {
  type Failure,
  failuresOfJest,
  failuresOfPlaywright,
  failuresOfTap,
  type JestFiles,
  type PlaywrightSuites,
} from './failures.mts';
import { withSecondTry } from './secondTry.mts';
import {
  type JestResult,
  type PlaywrightResult,
  type Totals,
  totalsOfJest,
  totalsOfPlaywright,
  totalsOfTap,
} from './totals.mts';
import { withPostgres } from './withPostgres.mts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Where the runners write what they found. */
export const reports = join(root, '.data', 'test');

/** A busy machine is no failure: Jest's own 5 s are for an idle one. */
const TEST_TIMEOUT_MS = 120_000;
/** So much a worker may hold before another takes its place, which loads all again. */
const WORKER_MEMORY = '2000M';

/** What a step found, and what it wrote. */
export interface StepResult {
  totals: Totals;
  failures: Failure[];
  /** What passed at a second try only. */
  unsteady?: Failure[];
  output: string;
}

/** A part of `./run test`. */
export interface Step {
  name: string;
  /** Name of the step that has to end before. */
  after?: string;
  /** Of three; default 1. */
  places?: number;
  run(): Promise<StepResult>;
}

function bin(name: string) {
  return join(root, 'node_modules', '.bin', name);
}

/** A check waits for nothing but the processor, and nothing waits for it. */
const NICENESS = 10;

/** A check without tests of its own counts as one. */
async function check(
  name: string,
  command: string,
  ...args: string[]
): Promise<StepResult> {
  const { ok, output } = await execute(command, args, {
    cwd: root,
    niceness: NICENESS,
  });
  return ok
    ? { totals: { passed: 1, failed: 0, skipped: 0 }, failures: [], output }
    : unnamedFailure(name, output);
}

/** What failed without saying which test did. */
export function unnamedFailure(
  name: string,
  output: string,
  totals: Totals = { passed: 0, failed: 0, skipped: 0 },
): StepResult {
  return {
    totals: { ...totals, failed: 1 },
    // Programs say last why they gave up.
    failures: [
      { name, message: output.trimEnd().split('\n').slice(-20).join('\n') },
    ],
    output,
  };
}

/**
 * Runs a runner that writes a report. A runner that fails without saying which
 * test did, or that writes nothing, is one failure.
 */
async function report(
  options: {
    name: string;
    file: string;
    read: (content: string) => Pick<StepResult, 'totals' | 'failures'>;
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
    return unnamedFailure(options.name, output);
  }
  const { totals, failures } = options.read(readFileSync(path, 'utf8'));
  return ok || totals.failed > 0
    ? { totals, failures, output }
    : unnamedFailure(options.name, output, totals);
}

function scripts(): Promise<StepResult> {
  return report(
    {
      name: 'scripts',
      file: 'scripts.tap',
      read: content => ({
        totals: totalsOfTap(content),
        failures: failuresOfTap(content, root),
      }),
    },
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
  { workers, environment }: { workers: number; environment: NodeJS.ProcessEnv },
  ...args: string[]
): Promise<StepResult> {
  const file = `${name}.json`;
  return report(
    {
      name,
      file,
      read: content => {
        const result = JSON.parse(content) as JestResult & JestFiles;
        return {
          totals: totalsOfJest(result),
          failures: failuresOfJest(result, root),
        };
      },
      environment,
    },
    bin('backstage-cli'),
    'repo',
    'test',
    `--maxWorkers=${workers}`,
    `--testTimeout=${TEST_TIMEOUT_MS}`,
    `--workerIdleMemoryLimit=${WORKER_MEMORY}`,
    `--testSequencer=${join(root, 'scripts', 'test', 'slowestFirst.cjs')}`,
    '--json',
    `--outputFile=${join(reports, file)}`,
    ...args,
  );
}

function unitTests(): Promise<StepResult> {
  const ignored = `--testPathIgnorePatterns=${systemTests}`;
  return withPostgres(root, async environment => {
    const workers = Math.max(2, availableParallelism() - 1);
    const first = await jest('jest', { workers, environment }, ignored);
    return withSecondTry(first, files =>
      // An option of several values takes for its own what comes after it.
      jest('jest-again', { workers: 1, environment }, ...files, ignored),
    );
  });
}

let bundled: Promise<string> | undefined;

/** The file is made once: beside other tests, or by those that need it. */
function backendBundle(): Promise<string> {
  bundled ??= bundleBackend();
  return bundled;
}

async function backend(): Promise<StepResult> {
  const file = await backendBundle();
  return {
    totals: { passed: 1, failed: 0, skipped: 0 },
    failures: [],
    output: `${file}\n`,
  };
}

async function system(): Promise<StepResult> {
  const environment = { SLIPWAY_BACKEND_BUNDLE: await backendBundle() };
  const first = await jest('system', { workers: 2, environment }, systemTests);
  return withSecondTry(first, files =>
    jest('system-again', { workers: 1, environment }, ...files),
  );
}

function browser(): Promise<StepResult> {
  return report(
    {
      name: 'browser',
      file: 'browser.json',
      read: content => {
        const result = JSON.parse(content) as PlaywrightResult &
          PlaywrightSuites;
        return {
          totals: totalsOfPlaywright(result),
          failures: failuresOfPlaywright(result, root),
        };
      },
      environment: {
        PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'browser.json'),
      },
    },
    bin('playwright'),
    'test',
    '--reporter=list,json',
  );
}

/**
 * In the order in which they begin. Checks take what time the tests of the first
 * step leave: those wait for databases, servers and clocks a fifth of theirs.
 */
export const steps: readonly Step[] = [
  { name: 'jest', places: 2, run: unitTests },
  { name: 'types', run: () => check('types', bin('tsc')) },
  {
    name: 'format',
    run: () => check('format', bin('prettier'), '--check', '.'),
  },
  {
    name: 'lint',
    run: () =>
      check('lint', bin('backstage-cli'), 'repo', 'lint', '--max-warnings=0'),
  },
  {
    name: 'bundle',
    run: async () => {
      const result = await check(
        'bundle',
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
  { name: 'backend', run: backend },
  { name: 'scripts', run: scripts },
  { name: 'system', after: 'backend', places: 2, run: system },
  { name: 'browser', after: 'bundle', places: 2, run: browser },
];
