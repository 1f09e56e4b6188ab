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
import { machine, when } from './bench/machine';

const root = resolve(__dirname, '..');
const page = join(root, 'docs/benchmarks/crash-test.md');
const results = join(root, '.data/test/crash-results.jsonl');
/** Beside the 200 pushes and 20 kills on SQLite of every `./run test`. */
const counts = {
  SLIPWAY_REPLICAS_DELIVERIES: '10000',
  SLIPWAY_REPLICAS_KILLS: '100',
  SLIPWAY_REPLICAS_RESTARTS: '20',
  SLIPWAY_POLL_PUSHES: '1000',
};

/** One run of the crash tests and of poll and webhook at full length. */
function run(seed: number): boolean {
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/backstage-cli'),
    [
      'repo',
      'test',
      'systemTests/(crash|replicas|pollAndWebhook)',
      '--maxWorkers=1',
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        CI: 'true',
        SLIPWAY_SEED: String(seed),
        SLIPWAY_CRASH_RESULTS: results,
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
  ];
  return `| ${cells.join(' | ')} |`;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seed: { type: 'string' },
    },
  });
  mkdirSync(join(root, '.data/test'), { recursive: true });
  rmSync(results, { force: true });
  const first = Number(values.seed ?? Math.floor(Math.random() * 1e6));
  const begin = Date.now();
  const outcomes = Array.from({ length: Number(values.rounds) }, (_, round) =>
    run(first + round),
  );
  const lines = existsSync(results)
    ? readFileSync(results, 'utf8').trim().split('\n')
    : [];
  const failed = outcomes.filter(ok => !ok).length;
  const minutes = Math.round((Date.now() - begin) / 60_000);
  mkdirSync(join(root, 'docs/benchmarks'), { recursive: true });
  writeFileSync(
    page,
    [
      '# The crash test, at full length',
      '',
      '`./run test:soak` writes this page. Pushes come in while the backend is killed with SIGKILL at random moments, on PostgreSQL one of two replicas at a time, whose database is restarted, too; a sender repeats each notification until it is answered with 2xx, and there it tells some pushes twice. Afterwards every acknowledged delivery must have one outcome per policy, every accepted decision one rollout that has ended, no target may ever have had two under way, the applies must have gone out in order, and the cluster must run the last image. Rows of `poll and webhook` are of pushes to Debian’s docker-registry, which is polled and heard of at the same time: each change must have been decided once, by whichever came first.',
      '',
      `${machine()}. ${when()}. ${
        outcomes.length
      } rounds in ${minutes} minutes, ${failed} failed.`,
      '',
      '| test | seed | pushes | kills | restarts of the database | calls | deliveries | decisions | rollouts | applies |',
      '|---|---|---|---|---|---|---|---|---|---|',
      ...lines.map(line => row(JSON.parse(line) as CrashResult)),
      '',
    ].join('\n'),
  );
  process.stdout.write(
    `${page}: ${outcomes.length} rounds, ${failed} failed\n`,
  );
  process.exitCode = failed > 0 ? 1 : 0;
}

main();
