import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureSystemTools } from './systemTools.mts';
import {
  type JestResult,
  type PlaywrightResult,
  sum,
  summaryLine,
  type Totals,
  totalsOfJest,
  totalsOfPlaywright,
  totalsOfTap,
} from './totals.mts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const reports = join(root, '.data', 'test');

/** A busy machine is no failure: Jest's own 5 s are for an idle one. */
const TEST_TIMEOUT_MS = 30_000;

function bin(name: string) {
  return join(root, 'node_modules', '.bin', name);
}

function execute(command: string, ...args: string[]): boolean {
  const environment = { ...process.env, CI: 'true', FORCE_COLOR: '0' };
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: environment,
  });
  return status === 0;
}

/** A check without tests of its own counts as one. */
function check(command: string, ...args: string[]): Totals {
  const ok = execute(command, ...args);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/**
 * Runs a runner that writes a report. A runner that fails without saying which
 * test did, or that writes nothing, is one failure.
 */
function report(
  file: string,
  read: (content: string) => Totals,
  command: string,
  ...args: string[]
): Totals {
  const path = join(reports, file);
  rmSync(path, { force: true });
  const ok = execute(command, ...args);
  if (!existsSync(path)) {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const totals = read(readFileSync(path, 'utf8'));
  return ok || totals.failed > 0 ? totals : { ...totals, failed: 1 };
}

function scripts(): Totals {
  return report(
    'scripts.tap',
    totalsOfTap,
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

function jest(name: string, ...args: string[]): Totals {
  const file = `${name}.json`;
  return report(
    file,
    content => totalsOfJest(JSON.parse(content) as JestResult),
    bin('backstage-cli'),
    'repo',
    'test',
    '--maxWorkers=2',
    `--testTimeout=${TEST_TIMEOUT_MS}`,
    '--json',
    `--outputFile=${join(reports, file)}`,
    ...args,
  );
}

/** The build that it measures is also what the browser tests load. */
function bundle(): Totals {
  const totals = check(process.execPath, join('scripts', 'bundle', 'main.mts'));
  if (totals.failed === 0) {
    process.env.SLIPWAY_FRONTEND_BUILT = 'true';
  }
  return totals;
}

function browser(): Totals {
  process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = join(reports, 'browser.json');
  return report(
    'browser.json',
    content => totalsOfPlaywright(JSON.parse(content) as PlaywrightResult),
    bin('playwright'),
    'test',
    '--reporter=list,json',
  );
}

const steps: { [name: string]: () => Totals } = {
  types: () => check(bin('tsc')),
  lint: () => check(bin('backstage-cli'), 'repo', 'lint', '--max-warnings=0'),
  format: () => check(bin('prettier'), '--check', '.'),
  scripts,
  jest: () => jest('jest', `--testPathIgnorePatterns=${systemTests}`),
  system: () => jest('system', systemTests),
  bundle,
  browser,
};

function main() {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true } },
  });
  const chosen = values.only ?? Object.keys(steps);
  const unknown = chosen.filter(name => !steps[name]);
  if (unknown.length > 0) {
    throw new Error(
      `No step ${unknown.join(', ')}; there are ${Object.keys(steps).join(
        ', ',
      )}`,
    );
  }
  mkdirSync(reports, { recursive: true });
  const gaps = ensureSystemTools();

  const results = chosen.map(name => {
    process.stdout.write(`\n== ${name}\n`);
    const begin = Date.now();
    const totals = steps[name]();
    const seconds = Math.round((Date.now() - begin) / 1000);
    return { name, totals, seconds };
  });

  process.stdout.write('\n');
  for (const { name, totals, seconds } of results) {
    process.stdout.write(`${name} (${seconds} s): ${summaryLine(totals)}\n`);
  }
  for (const gap of gaps) {
    process.stdout.write(`${gap}\n`);
  }
  const total = sum(results.map(each => each.totals));
  process.stdout.write(`${summaryLine(total)}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

main();
