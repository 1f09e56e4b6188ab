import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { PostgresServer } from '../../../packages/backend/src/systemTests/testing';
import { machine, when } from '../machine';
import { ms, quantile } from '../statistics';
import type { Load, LoadResult } from './load';
import { MeasuredBackend, startMeasuredBackend } from './measuredBackend';

const root = resolve(__dirname, '../../..');
const file = resolve(root, 'docs/benchmarks/webhook.md');

const CONNECTIONS = 64;
const SECONDS = 4;
const PAIRS = 7;
const HALF_RATE_SECONDS = 15;
const limits = { ratio: 0.8, p99Ms: 100 };

interface Measured {
  database: string;
  /** Calls a second, pair by pair. */
  noOp: number[];
  webhook: number[];
  atHalfRate: number[];
  failed: number;
}

/** The load is a process of its own. */
async function run(load: Load): Promise<LoadResult> {
  const { stdout } = await promisify(execFile)(
    resolve(root, 'scripts/run-ts'),
    [resolve(__dirname, 'load.ts'), JSON.stringify(load)],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as LoadResult;
}

async function measure(
  database: string,
  { webhook, noOp, authorization, stop }: MeasuredBackend,
): Promise<Measured> {
  const load = (url: string) => ({
    url,
    authorization,
    connections: CONNECTIONS,
    seconds: SECONDS,
  });
  const measured: Measured = {
    database,
    noOp: [],
    webhook: [],
    atHalfRate: [],
    failed: 0,
  };
  try {
    for (let pair = 0; pair <= PAIRS; pair++) {
      const plain = await run(load(noOp));
      const stored = await run(load(webhook));
      measured.failed += plain.failed + stored.failed;
      // The first is for the compiler.
      if (pair > 0) {
        measured.noOp.push(plain.perSecond);
        measured.webhook.push(stored.perSecond);
      }
    }
    const half = await run({
      ...load(webhook),
      rate: Math.round(quantile(measured.webhook, 0.5) / 2),
      seconds: HALF_RATE_SECONDS,
    });
    measured.atHalfRate = half.latencies;
    measured.failed += half.failed;
    return measured;
  } finally {
    stop();
  }
}

function ratioOf({ webhook, noOp }: Measured): number {
  return quantile(
    webhook.map((each, index) => each / noOp[index]),
    0.5,
  );
}

function row(measured: Measured): string {
  const { database, noOp, webhook, atHalfRate, failed } = measured;
  return `| ${[
    database,
    quantile(noOp, 0.5).toFixed(0),
    quantile(webhook, 0.5).toFixed(0),
    ratioOf(measured).toFixed(2),
    ms(quantile(atHalfRate, 0.5)),
    ms(quantile(atHalfRate, 0.99)),
    String(failed),
  ].join(' | ')} |`;
}

/** Measures how fast calls are taken, and writes the page. */
export async function benchWebhook(): Promise<{ missed: string[] }> {
  const [load] = loadavg();
  const all = [await measure('SQLite file', await startMeasuredBackend())];
  const postgres = await PostgresServer.start({ durable: true });
  try {
    all.push(
      await measure(
        'PostgreSQL',
        await startMeasuredBackend(postgres.connection),
      ),
    );
  } finally {
    await postgres.stop();
  }
  const page = [
    '# Webhook calls, measured',
    '',
    `\`./run bench\` writes this page. A backend process with the plugin, and a load process on the same machine with ${CONNECTIONS} connections: ${PAIRS} pairs of ${SECONDS} s each, the no-op route and the webhook in turn, after one pair that does not count; medians, ratios pair by pair. The no-op is a route of the same plugin that reads the same body, compares a secret as the webhook does, and answers. A webhook call verifies, parses, stores delivery and event, and is answered after the commit has been flushed to disk (SQLite: WAL, FULL; PostgreSQL: its defaults, on this machine too). The pushes are of digests without a tag: stored whole, nothing to decide afterwards. Latency counts from the time a call was due, at half of the webhook's rate.`,
    '',
    `${machine()}. ${when()}. Load of the machine at the beginning: ${load.toFixed(
      1,
    )}.`,
    '',
    '| database | no-op, calls/s | webhook, calls/s | ratio | median at half rate, ms | p99 at half rate, ms | failed |',
    '|---|---|---|---|---|---|---|',
    ...all.map(row),
    '',
    `Limits: ratio ${limits.ratio} at least, p99 below ${limits.p99Ms} ms.`,
    '',
  ].join('\n');
  writeFileSync(file, page);
  process.stdout.write(page);
  return {
    missed: all
      .filter(
        measured =>
          ratioOf(measured) < limits.ratio ||
          quantile(measured.atHalfRate, 0.99) > limits.p99Ms ||
          measured.failed > 0,
      )
      .map(({ database }) => `webhook on ${database}`),
  };
}

if (require.main === module) {
  benchWebhook().catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
}
