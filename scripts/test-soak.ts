import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CrashResult } from '../packages/backend/src/systemTests/testing';
import type { ChaosResult } from '../packages/backend/src/systemTests/testing/chaos';
import { machine, when } from './bench/machine';
import { chaosPage } from './soak/chaosPage';
import { bundleBackend } from './test/bundleBackend.mts';
import { needSystemTools, Tool } from './test/systemTools.mts';

const root = resolve(__dirname, '..');
const pages = join(root, 'docs/benchmarks');
const crashResults = join(root, '.data/test/crash-results.jsonl');
const chaosResults = join(root, '.data/test/chaos-results.jsonl');
const tests = ['crash', 'replicas', 'pollAndWebhook', 'chaos'];
/** Without them a test would skip what it was started for. */
const tools: Record<string, readonly Tool[]> = {
  pollAndWebhook: ['docker-registry', 'skopeo'],
};
/** Beside the 200 pushes and 20 kills on SQLite of every `./run test`. */
const counts = {
  SLIPWAY_REPLICAS_DELIVERIES: '10000',
  SLIPWAY_REPLICAS_KILLS: '100',
  SLIPWAY_REPLICAS_RESTARTS: '20',
  SLIPWAY_POLL_PUSHES: '1000',
  SLIPWAY_CHAOS_ROLLOUTS: '100',
  SLIPWAY_CHAOS_KILLS: '10',
  SLIPWAY_CHAOS_FREEZES: '3',
  SLIPWAY_CHAOS_DATABASES: 'SQLite,PostgreSQL',
};

/** Of what has no time limit of its own, such as the end of a long test. */
const HOOK_TIMEOUT_MS = 120_000;

const COLUMNS = [
  'test',
  'seed',
  'pushes',
  'kills',
  'restarts of the database',
  'calls',
  'deliveries',
  'decisions',
  'rollouts',
  'applies',
  'when',
];

/** One run of the long tests at full length. */
function run(seed: number, only: readonly string[], bundle: string): boolean {
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/backstage-cli'),
    [
      'repo',
      'test',
      `systemTests/(${only.join('|')}).test`,
      '--maxWorkers=1',
      `--testTimeout=${HOOK_TIMEOUT_MS}`,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        CI: 'true',
        SLIPWAY_BACKEND_BUNDLE: bundle,
        SLIPWAY_SEED: String(seed),
        SLIPWAY_CRASH_RESULTS: crashResults,
        SLIPWAY_CHAOS_RESULTS: chaosResults,
        ...counts,
      },
    },
  );
  return status === 0;
}

function listed(of: Record<string, number>): string {
  return Object.entries(of)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

function row(result: CrashResult): string {
  const { test, seed, pushes, kills, restarts, sends, applies } = result;
  const cells = [
    test,
    seed,
    pushes,
    kills,
    restarts,
    sends,
    listed(result.deliveries),
    listed(result.decisions),
    listed(result.rollouts),
    applies,
    when(),
  ];
  return `| ${cells.join(' | ')} |`;
}

function resultsIn<T>(file: string): T[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as T)
    : [];
}

/** Rows of the page as it is, of tests that were left out this time. */
function keptRows(page: string, results: readonly CrashResult[]): string[] {
  const again = new Set(results.map(({ test }) => test));
  return page.split('\n').filter(line => {
    const cells = line.split(' | ');
    const test = cells[0].slice('| '.length);
    return (
      line.startsWith('| ') &&
      cells.length === COLUMNS.length &&
      test !== COLUMNS[0] &&
      !again.has(test)
    );
  });
}

/** What `docs/benchmarks/crash-test.md` says. */
function crashPage(measured: string, results: readonly CrashResult[]): string {
  const file = join(pages, 'crash-test.md');
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return [
    '# The crash test, at full length',
    '',
    '`./run test:soak` writes this page. Pushes come in while the backend is killed with SIGKILL at random moments, on PostgreSQL one of two replicas at a time, whose database is restarted, too; a sender repeats each notification until it is answered with 2xx, and there it tells some pushes twice. Afterwards every acknowledged delivery must have one outcome per policy, every accepted decision one rollout that has ended, no target may ever have had two under way, the applies must have gone out in order, and the cluster must run the last image. Rows of `poll and webhook` are of pushes to Debian’s docker-registry, which is polled and heard of at the same time: each change must have been decided once, by whichever came first.',
    '',
    measured,
    '',
    `| ${COLUMNS.join(' | ')} |`,
    `|${'---|'.repeat(COLUMNS.length)}`,
    ...[...keptRows(page, results), ...results.map(row)].sort(),
    '',
  ].join('\n');
}

/** A page of tests that were left out stays as it is. */
function writePage<T>(
  name: string,
  results: readonly T[],
  content: (results: readonly T[]) => string,
): void {
  if (results.length > 0) {
    writeFileSync(join(pages, name), content(results));
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seed: { type: 'string' },
      only: { type: 'string', multiple: true, default: tests },
    },
  });
  needSystemTools(values.only.flatMap(test => tools[test] ?? []));
  mkdirSync(join(root, '.data/test'), { recursive: true });
  rmSync(crashResults, { force: true });
  rmSync(chaosResults, { force: true });
  const first = Number(values.seed ?? Math.floor(Math.random() * 1e6));
  const begin = Date.now();
  const bundle = await bundleBackend();
  const outcomes = Array.from({ length: Number(values.rounds) }, (_, round) =>
    run(first + round, values.only, bundle),
  );
  const failed = outcomes.filter(ok => !ok).length;
  const minutes = Math.round((Date.now() - begin) / 60_000);
  const measured = `${machine()}. Last run: ${when()}, ${values.only.join(
    ', ',
  )}; ${outcomes.length} rounds in ${minutes} minutes, ${failed} failed.`;
  mkdirSync(pages, { recursive: true });
  writePage('crash-test.md', resultsIn<CrashResult>(crashResults), results =>
    crashPage(measured, results),
  );
  writePage('chaos-test.md', resultsIn<ChaosResult>(chaosResults), results =>
    chaosPage(measured, results),
  );
  process.stdout.write(
    `${pages}: ${outcomes.length} rounds, ${failed} failed\n`,
  );
  process.exitCode = failed > 0 ? 1 : 0;
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
