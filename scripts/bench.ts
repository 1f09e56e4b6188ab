import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { PostgresServer } from '../packages/backend/src/systemTests/testing';
import { benchBurst } from './bench/burst';
import { benchDecision } from './bench/decision';
import { machine, when } from './bench/machine';
import { MainJobTimes, measureMainJob } from './bench/mainJob';
import { benchPages } from './bench/pages';
import { benchPodWatch } from './bench/podWatch';
import { measureRegistryListing } from './bench/registryListing';
import { ms, quantile } from './bench/statistics';
import { benchTagRules } from './bench/tagRules';
import { benchWebhook } from './bench/webhook';
import { needSystemTools } from './test/systemTools.mts';

const root = resolve(__dirname, '..');
const file = resolve(root, 'docs/benchmarks/main-job.md');

/** What issue and design ask of the medians, in ms. */
const limits: Record<keyof MainJobTimes, number> = {
  webhook: 25,
  pushToApply: 300,
};
const titles: Record<keyof MainJobTimes, string> = {
  webhook: 'notification → answer',
  pushToApply: 'notification → PATCH at the cluster',
};

async function onPostgres(): Promise<MainJobTimes> {
  const server = await PostgresServer.start({ durable: true });
  try {
    return await measureMainJob({ postgres: server.connection });
  } finally {
    await server.stop();
  }
}

function row(
  what: keyof MainJobTimes,
  database: string,
  times: MainJobTimes,
  sqlite: MainJobTimes,
): string {
  const median = quantile(times[what], 0.5);
  const cells = [
    titles[what],
    database,
    ms(median),
    ms(quantile(times[what], 0.95)),
    String(limits[what]),
    (median / limits[what]).toFixed(2),
    (median / quantile(sqlite[what], 0.5)).toFixed(2),
    String(times[what].length),
  ];
  return `| ${cells.join(' | ')} |`;
}

async function main(): Promise<void> {
  needSystemTools(['docker-registry', 'skopeo', 'chromium', 'wrk']);
  const [load] = loadavg();
  const sqlite = await measureMainJob({});
  const postgres = await onPostgres();
  const names = Object.keys(limits) as (keyof MainJobTimes)[];
  const page = [
    '# The main job, measured',
    '',
    '`./run bench` writes this page: one portal as a process, the sandbox registry and cluster beside it on the same machine, one push at a time. Both databases flush to disk at each commit.',
    '',
    `${machine()}. ${when()}. Load of the machine at the beginning: ${load.toFixed(
      1,
    )}.`,
    '',
    '| | database | median, ms | 95 %, ms | limit of the median, ms | median / limit | to SQLite | runs |',
    '|---|---|---|---|---|---|---|---|',
    ...names.flatMap(name => [
      row(name, 'SQLite', sqlite, sqlite),
      row(name, 'PostgreSQL', postgres, sqlite),
    ]),
    '',
  ].join('\n');
  mkdirSync(resolve(root, 'docs/benchmarks'), { recursive: true });
  writeFileSync(file, page);
  process.stdout.write(page);
  const missed = [
    ...(await measureRegistryListing()).missed,
    ...benchTagRules().missed,
    ...(await benchDecision()).missed,
    ...(await benchWebhook()).missed,
    ...(await benchBurst()).missed,
    ...(await benchPodWatch()).missed,
    ...(await benchPages()).missed,
    ...names.flatMap(name =>
      Object.entries({ SQLite: sqlite, PostgreSQL: postgres })
        .filter(([, times]) => quantile(times[name], 0.5) > limits[name])
        .map(([database]) => `${titles[name]} on ${database}`),
    ),
  ];
  if (missed.length > 0) {
    process.stderr.write(`Over the limit: ${missed.join(', ')}\n`);
    process.exitCode = 1;
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
