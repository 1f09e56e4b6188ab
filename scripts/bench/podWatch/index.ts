import { execFile, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { machine, when } from '../machine';
import { quantile } from '../statistics';
import { PODS, podOf } from './manyPods';
import type { WatcherFigures, WatcherOptions } from './watcher';

const root = resolve(__dirname, '../../..');
const file = resolve(root, 'docs/benchmarks/pod-watch.md');
const runTs = resolve(root, 'scripts/run-ts');

const RUNS = 5;
const FOLLOW_MS = 10_000;
const MIB = 2 ** 20;
const GROWTH_LIMIT = 150 * MIB;

/** What the process of the server tells. */
interface ServerMessage {
  url: string;
  caCertificate: string;
  watches: number;
}

interface PodServer {
  url: string;
  caCertificate: string;
  /** Watches that were opened so far. */
  watches(): number;
  stop(): void;
}

function startPodServer(): Promise<PodServer> {
  const child = fork(resolve(__dirname, 'podServer.ts'), {
    execArgv: [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
    ],
  });
  let watches = 0;
  return new Promise((started, failed) => {
    child.once('exit', code => failed(new Error(`It ended with ${code}`)));
    // The transform of TypeScript sends messages of its own.
    child.on('message', (message: Partial<ServerMessage>) => {
      const { url, caCertificate } = message;
      watches = message.watches ?? watches;
      if (url && caCertificate) {
        started({
          url,
          caCertificate,
          watches: () => watches,
          stop: () => child.kill(),
        });
      }
    });
  });
}

async function run(options: WatcherOptions): Promise<WatcherFigures> {
  const { stdout } = await promisify(execFile)(runTs, [
    resolve(__dirname, 'watcher.ts'),
    JSON.stringify(options),
  ]);
  return JSON.parse(stdout) as WatcherFigures;
}

interface Measured {
  without: WatcherFigures[];
  watching: WatcherFigures[];
}

/** Each kind in turn, so that both meet the same moods of the machine. */
async function measure(): Promise<Measured> {
  const server = await startPodServer();
  try {
    const measured: Measured = { without: [], watching: [] };
    for (let each = 0; each < RUNS; each++) {
      const { url, caCertificate } = server;
      const options = { url, caCertificate, followMs: FOLLOW_MS };
      measured.without.push(await run({ ...options, watches: false }));
      measured.watching.push(await run({ ...options, watches: true }));
    }
    return measured;
  } finally {
    server.stop();
  }
}

function growth(
  { without, watching }: Measured,
  pick: (figures: WatcherFigures) => number,
): number[] {
  return watching.map((each, index) => pick(each) - pick(without[index]));
}

function row(
  name: string,
  measured: Measured,
  pick: (figures: WatcherFigures) => number,
): string {
  const mib = (bytes: number) => (bytes / MIB).toFixed(0);
  const grown = growth(measured, pick);
  return `| ${[
    name,
    mib(quantile(measured.without.map(pick), 0.5)),
    mib(quantile(measured.watching.map(pick), 0.5)),
    mib(quantile(grown, 0.5)),
    mib(Math.max(...grown)),
    mib(GROWTH_LIMIT),
  ].join(' | ')} |`;
}

/** Measures what a watch of 10 000 pods takes, and writes the page. */
export async function benchPodWatch(): Promise<{ missed: string[] }> {
  const [load] = loadavg();
  const measured = await measure();
  const listed = quantile(
    measured.watching.map(({ listedMs }) => listedMs),
    0.5,
  );
  const size = JSON.stringify(podOf(0, 0)).length;
  const page = [
    '# Watching many pods, measured',
    '',
    `\`./run bench\` writes this page. A process that watches the ${PODS} pods of one namespace with the driver's own watch, and the same process without: each ${RUNS} times in turn, over TLS, from an API server in another process. A pod has two containers and is ${(
      size / 1000
    ).toFixed(
      1,
    )} kB of JSON. After the listing 50 pods change each second, for ${
      FOLLOW_MS / 1000
    } s. Memory is what the kernel says the whole process has resident, nothing collected on purpose.`,
    '',
    `${machine()}. ${when()}. Load of the machine at the beginning: ${load.toFixed(
      1,
    )}.`,
    '',
    '| resident memory, MiB | without | watching | growth, median | growth, most | limit |',
    '|---|---|---|---|---|---|',
    row('at the end', measured, ({ end }) => end),
    row('most at any time', measured, ({ peak }) => peak),
    '',
    `All pods were known after ${(listed / 1000).toFixed(1)} s.`,
    '',
  ].join('\n');
  writeFileSync(file, page);
  process.stdout.write(page);
  const over = quantile(
    growth(measured, ({ peak }) => peak),
    0.5,
  );
  return {
    missed: over > GROWTH_LIMIT ? [`memory for watching ${PODS} pods`] : [],
  };
}

if (require.main === module) {
  benchPodWatch().catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
}
