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
const PAIRS = 9;
/** Pairs before those that count: for the compiler. */
const WARM_UPS = 3;
const HALF_RATE_SECONDS = 15;
const limits = { ratio: 0.8, p99Ms: 100 };

/** A route under as much load as it takes. */
interface Route {
  perSecond: number;
  /** CPU of the backend's process for a call, in ms. */
  cpuMs: number;
}

interface Measured {
  database: string;
  /** Pair by pair. */
  noOp: Route[];
  webhook: Route[];
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
  { webhook, noOp, authorization, cpuMs, stop }: MeasuredBackend,
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
  const loaded = async (url: string): Promise<Route> => {
    const before = cpuMs();
    const { perSecond, latencies, failed } = await run(load(url));
    measured.failed += failed;
    return { perSecond, cpuMs: (cpuMs() - before) / latencies.length };
  };
  try {
    for (let pair = 0; pair < WARM_UPS + PAIRS; pair++) {
      const plain = await loaded(noOp);
      const stored = await loaded(webhook);
      if (pair >= WARM_UPS) {
        measured.noOp.push(plain);
        measured.webhook.push(stored);
      }
    }
    const half = await run({
      ...load(webhook),
      rate: Math.round(median(measured.webhook, 'perSecond') / 2),
      seconds: HALF_RATE_SECONDS,
    });
    measured.atHalfRate = half.latencies;
    measured.failed += half.failed;
    return measured;
  } finally {
    stop();
  }
}

function median(routes: Route[], figure: keyof Route): number {
  return quantile(
    routes.map(route => route[figure]),
    0.5,
  );
}

/** Of the webhook to the no-op of the same pair. */
function ratioOf({ webhook, noOp }: Measured, figure: keyof Route): number {
  return quantile(
    webhook.map((route, index) => route[figure] / noOp[index][figure]),
    0.5,
  );
}

function row(measured: Measured): string {
  const { database, noOp, webhook, atHalfRate, failed } = measured;
  return `| ${[
    database,
    median(noOp, 'perSecond').toFixed(0),
    median(webhook, 'perSecond').toFixed(0),
    ratioOf(measured, 'perSecond').toFixed(2),
    median(noOp, 'cpuMs').toFixed(2),
    median(webhook, 'cpuMs').toFixed(2),
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
    `\`./run bench\` writes this page. A backend process with the plugin, and a load process on the same machine with ${CONNECTIONS} connections: ${PAIRS} pairs of ${SECONDS} s each, the no-op route and the webhook in turn, after ${WARM_UPS} pairs that do not count; medians, ratios pair by pair. The no-op is a route of the same plugin that reads the same body, compares a secret as the webhook does, and answers. A webhook call verifies, parses, stores delivery and event, and is answered after the commit has been flushed to disk (SQLite: WAL, FULL; PostgreSQL: its defaults, on this machine too). The pushes are of digests without a tag: stored whole, nothing to decide afterwards. Latency counts from the time a call was due, at half of the webhook's rate. The load process, and PostgreSQL, work on the same cores: what they take is not the backend's, but slows it.`,
    '',
    `${machine()}. ${when()}. Load of the machine at the beginning: ${load.toFixed(
      1,
    )}.`,
    '',
    '| database | no-op, calls/s | webhook, calls/s | ratio | CPU of the backend for a no-op, ms | for a webhook call, ms | median at half rate, ms | p99 at half rate, ms | failed |',
    '|---|---|---|---|---|---|---|---|---|',
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
          ratioOf(measured, 'perSecond') < limits.ratio ||
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
