import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { PostgresServer } from '../../../packages/backend/src/systemTests/testing';
import { machine, when } from '../machine';
import { ms, quantile } from '../statistics';
import type { Load, LoadResult } from './load';
import { MeasuredBackend, startMeasuredBackend } from './measuredBackend';
import { runWrk, Saturated } from './wrk';

const root = resolve(__dirname, '../../..');
const file = resolve(root, 'docs/benchmarks/webhook.md');

const CONNECTIONS = 64;
const SECONDS = 4;
const ROUNDS = 7;
/** Rounds before those that count: for the compiler. */
const WARM_UPS = 2;
const PACED_SECONDS = 15;
const PACED_ROUNDS = 3;
/** Rounds in which events come that cannot be decided. */
const QUEUE_ROUNDS = 8;
const limits = { ratio: 0.8, p99Ms: 100, queueRatio: 0.75 };

/** A route under as much load as it takes. */
interface Route {
  perSecond: number;
  /** CPU of the backend's process for a call, in ms. */
  cpuMs: number;
}

/** Who sends the calls. */
const callers = {
  wrk: runWrk,
  'a Node process': runLoad,
} as const satisfies Record<string, (load: Load) => Promise<Saturated>>;

type Caller = keyof typeof callers;

const routes = ['noOp', 'authenticatedNoOp', 'webhook'] as const;

type RouteName = (typeof routes)[number];

/** The routes by one caller, round by round. */
interface Compared {
  database: string;
  caller: Caller;
  rounds: Record<RouteName, Route>[];
  failed: number;
}

/** Calls that come at a rate, whatever the answers take. */
interface Paced {
  database: string;
  route: RouteName;
  perSecond: number;
  /** Of each round, in ms. */
  medians: number[];
  p99s: number[];
  failed: number;
}

/** Calls while the queue of events that cannot be decided grows. */
interface Queued {
  database: string;
  /** Calls a second, round by round. */
  rates: number[];
  /** Events that wait at the end. */
  waiting: number;
  failed: number;
}

interface Measured {
  compared: Compared[];
  paced: Paced[];
  queued: Queued;
}

/** The load is a process of its own. */
async function runLoad(load: Load): Promise<LoadResult> {
  const { stdout } = await promisify(execFile)(
    resolve(root, 'scripts/run-ts'),
    [resolve(__dirname, 'load.ts'), JSON.stringify(load)],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as LoadResult;
}

async function compare(
  database: string,
  caller: Caller,
  backend: MeasuredBackend,
): Promise<Compared> {
  const compared: Compared = { database, caller, rounds: [], failed: 0 };
  const saturated = async (name: RouteName): Promise<Route> => {
    const before = backend.cpuMs();
    const { answered, perSecond, failed } = await callers[caller]({
      url: backend[name],
      authorization: backend.authorization,
      connections: CONNECTIONS,
      seconds: SECONDS,
    });
    compared.failed += failed;
    return { perSecond, cpuMs: (backend.cpuMs() - before) / answered };
  };
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    const measured = {
      noOp: await saturated('noOp'),
      authenticatedNoOp: await saturated('authenticatedNoOp'),
      webhook: await saturated('webhook'),
    };
    if (round >= WARM_UPS) {
      compared.rounds.push(measured);
    }
  }
  return compared;
}

/** The open no-op and the webhook in turn, at the same rate. */
async function callAtRate(
  database: string,
  backend: MeasuredBackend,
  perSecond: number,
): Promise<Paced[]> {
  const paced = (['noOp', 'webhook'] as const).map(
    (route): Paced => ({
      database,
      route,
      perSecond,
      medians: [],
      p99s: [],
      failed: 0,
    }),
  );
  for (let round = 0; round < PACED_ROUNDS; round++) {
    for (const each of paced) {
      const { latencies, failed } = await runLoad({
        url: backend[each.route],
        authorization: backend.authorization,
        connections: CONNECTIONS,
        rate: perSecond,
        seconds: PACED_SECONDS,
      });
      each.medians.push(quantile(latencies, 0.5));
      each.p99s.push(quantile(latencies, 0.99));
      each.failed += failed;
    }
  }
  return paced;
}

async function fillQueue(
  database: string,
  { webhook, authorization }: MeasuredBackend,
): Promise<Queued> {
  const queued: Queued = { database, rates: [], waiting: 0, failed: 0 };
  for (let round = 0; round < QUEUE_ROUNDS; round++) {
    const { answered, perSecond, failed } = await runWrk(
      {
        url: webhook,
        authorization,
        connections: CONNECTIONS,
        seconds: SECONDS,
      },
      true,
    );
    queued.rates.push(perSecond);
    queued.waiting += answered;
    queued.failed += failed;
  }
  return queued;
}

/** Of the rate with the longer half of the queue to the one before. */
function queueRatio({ rates }: Queued): number {
  const half = rates.length / 2;
  return quantile(rates.slice(half), 0.5) / quantile(rates.slice(0, half), 0.5);
}

async function measure(
  database: string,
  backend: MeasuredBackend,
): Promise<Measured> {
  try {
    const compared: Compared[] = [];
    for (const caller of Object.keys(callers) as Caller[]) {
      compared.push(await compare(database, caller, backend));
    }
    const perSecond = Math.round(
      Math.max(...compared.map(each => median(each, 'webhook', 'perSecond'))) /
        2,
    );
    const paced = await callAtRate(database, backend, perSecond);
    return {
      compared,
      paced,
      queued: await fillQueue(database, backend),
    };
  } finally {
    backend.stop();
  }
}

function median(
  { rounds }: Compared,
  route: RouteName,
  figure: keyof Route,
): number {
  return quantile(
    rounds.map(round => round[route][figure]),
    0.5,
  );
}

/** Of the webhook's rate to another route's of the same round. */
function ratioTo(route: RouteName, { rounds }: Compared): number {
  return quantile(
    rounds.map(round => round.webhook.perSecond / round[route].perSecond),
    0.5,
  );
}

function comparedRow(compared: Compared): string {
  const { database, caller, failed } = compared;
  const each = (figure: keyof Route, digits: number) =>
    routes.map(route => median(compared, route, figure).toFixed(digits));
  return `| ${[
    database,
    caller,
    ...each('perSecond', 0),
    ratioTo('noOp', compared).toFixed(2),
    ratioTo('authenticatedNoOp', compared).toFixed(2),
    each('cpuMs', 2).join(', '),
    String(failed),
  ].join(' | ')} |`;
}

function pacedRow(paced: Paced): string {
  const { database, route, perSecond, medians, p99s, failed } = paced;
  return `| ${[
    database,
    route === 'noOp' ? 'open no-op' : route,
    String(perSecond),
    ms(quantile(medians, 0.5)),
    ms(quantile(p99s, 0.5)),
    p99s.map(ms).join(', '),
    String(failed),
  ].join(' | ')} |`;
}

function queuedRow(queued: Queued): string {
  const { database, rates, waiting, failed } = queued;
  return `| ${[
    database,
    rates.map(rate => rate.toFixed(0)).join(', '),
    queueRatio(queued).toFixed(2),
    String(waiting),
    String(failed),
  ].join(' | ')} |`;
}

function missed({ compared, paced, queued }: Measured): string[] {
  return [
    ...compared
      .filter(
        each =>
          each.failed > 0 || ratioTo('authenticatedNoOp', each) < limits.ratio,
      )
      .map(({ database, caller }) => `webhook on ${database}, by ${caller}`),
    ...paced
      .filter(
        ({ route, failed, p99s }) =>
          failed > 0 ||
          (route === 'webhook' && quantile(p99s, 0.5) > limits.p99Ms),
      )
      .map(({ database, route }) => `p99 of ${route} on ${database}`),
    ...(queued.failed > 0 || queueRatio(queued) < limits.queueRatio
      ? [`webhook on ${queued.database}, as the queue grows`]
      : []),
  ];
}

/**
 * Measures how fast calls are taken, and writes the page.
 * @throws Error when wrk is missing or fails
 */
export async function benchWebhook(): Promise<{ missed: string[] }> {
  if (spawnSync('wrk', ['--version']).error) {
    throw new Error('wrk is not installed: apt-get install wrk');
  }
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
    `\`./run bench\` writes this page. A backend process with the plugin, and on the same machine a caller with ${CONNECTIONS} connections: ${ROUNDS} rounds of ${SECONDS} s for each route in turn, after ${WARM_UPS} rounds that do not count; medians, ratios round by round. A webhook call verifies, parses, stores delivery and event, and is answered after the commit has been flushed to disk (SQLite: WAL, FULL; PostgreSQL: its defaults, on this machine too). The pushes are of digests without a tag: stored whole, nothing to decide afterwards.`,
    '',
    'Two routes of the same plugin that read the same body and answer are what it is compared with. The *authenticated* one is a route as any other: the portal authenticates the service that calls, by a static token, the cheapest of its ways. The limit is held against it. The *open* one only compares a secret, as the webhook does: the least that a call can cost.',
    '',
    'There are two callers, because the answer depends on them. wrk hardly takes CPU, and its calls come in bursts: the backend does the same step for many calls in a row, which makes each cheap, the no-op most. A process in Node takes as much CPU as the backend, and its calls come one by one, as those of many registries would. PostgreSQL works on the same cores as both: what it takes is not the backend’s, but slows it.',
    '',
    `${machine()}. ${when()}. Load of the machine at the beginning: ${load.toFixed(
      1,
    )}.`,
    '',
    '| database | caller | open no-op, calls/s | authenticated no-op, calls/s | webhook, calls/s | webhook / open | webhook / authenticated | CPU of the backend for a call of each, ms | failed |',
    '|---|---|---|---|---|---|---|---|---|',
    ...all.flatMap(({ compared }) => compared.map(comparedRow)),
    '',
    `At half of the webhook’s higher rate, by a process in Node, ${PACED_ROUNDS} rounds of ${PACED_SECONDS} s for each route in turn, medians of the rounds; latency counts from the time a call was due, so what the caller’s own process takes is in it:`,
    '',
    '| database | route | calls/s | median, ms | p99, ms | p99 of each round | failed |',
    '|---|---|---|---|---|---|---|',
    ...all.flatMap(({ paced }) => paced.map(pacedRow)),
    '',
    `What waits must not slow what comes. Here each push is of a tag, at a registry that does not answer, so it can only be stored and tried again later: ${QUEUE_ROUNDS} rounds of ${SECONDS} s by wrk, one after the other, while the portal also tries what waits.`,
    '',
    '| database | calls/s, round by round | second half / first half | events that wait at the end | failed |',
    '|---|---|---|---|---|',
    ...all.map(({ queued }) => queuedRow(queued)),
    '',
    `Limits: webhook / authenticated ${limits.ratio} at least, p99 of the webhook below ${limits.p99Ms} ms, second half / first half ${limits.queueRatio} at least.`,
    '',
  ].join('\n');
  writeFileSync(file, page);
  process.stdout.write(page);
  return { missed: all.flatMap(missed) };
}

if (require.main === module) {
  benchWebhook().catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
}
