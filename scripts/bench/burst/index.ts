import {
  Rollout,
  runningRolloutStates,
} from '@slipway/backstage-plugin-image-registry-common';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import {
  appliedPositions,
  eventually,
  imageOf,
  Push,
  referenceTo,
  startWorld,
  World,
} from '../../../packages/backend/src/systemTests/testing';
import { bundleBackend } from '../../test/bundleBackend.mts';
import { machine, when } from '../machine';
import { ms, quantile } from '../statistics';
import { BurstTarget, makeTargets } from './manyTargets';
import { MemorySampler } from './MemorySampler';
import { sendBurst } from './sendBurst';

const file = resolve(__dirname, '../../../docs/benchmarks/burst.md');

const TARGETS = Number(process.env.SLIPWAY_BURST_TARGETS ?? 100);
const VERSIONS = Number(process.env.SLIPWAY_BURST_VERSIONS ?? 100);
const WARM_UP_VERSIONS = Math.ceil(VERSIONS / 5);
const DRAIN_MS = 20 * 60_000;
const MIB = 2 ** 20;
const GROWTH_LIMIT = 100 * MIB;
/**
 * Of the portal's heap, in MiB. Without it Node lets garbage lie until its
 * heap has a share of all the machine's memory, and that would be measured.
 */
const HEAP_LIMIT = 256;

interface Measured {
  sendSeconds: number;
  drainSeconds: number;
  /** Ms from a call to its answer. */
  answered: number[];
  /** Bytes. */
  before: number;
  peak: number;
  after: number;
  applies: number;
  /** Targets that were sent an older image after a newer one. */
  backwards: string[];
  /** Targets that do not run the newest image. */
  behind: string[];
}

/** Sends 10 000 pushes at once, and writes the page. */
export async function benchBurst(): Promise<{ missed: string[] }> {
  const [load] = loadavg();
  const measured = await measure();
  const page = pageOf(measured, load);
  writeFileSync(file, page);
  process.stdout.write(page);
  const { before, peak, backwards, behind } = measured;
  return {
    missed: [
      ...(peak - before > GROWTH_LIMIT ? ['memory during a burst'] : []),
      ...backwards.map(name => `order of the images of ${name}`),
      ...behind.map(name => `newest image of ${name}`),
    ],
  };
}

async function measure(): Promise<Measured> {
  process.env.SLIPWAY_BACKEND_BUNDLE ??= await bundleBackend();
  const world = await startWorld({
    nodeArguments: [`--max-old-space-size=${HEAP_LIMIT}`],
  });
  const { pid } = world.portal.backend;
  if (pid === undefined) {
    throw new Error('The portal does not run');
  }
  let sampler: MemorySampler | undefined;
  try {
    const targets = await makeTargets(world, TARGETS);
    const warmUp = { first: 0, count: WARM_UP_VERSIONS };
    const early = await sendBurst(world, targets, warmUp);
    await drained(world);
    tellProgress('The pushes that do not count are rolled out.');

    sampler = new MemorySampler(pid);
    const before = sampler.now();
    const begin = performance.now();
    const late = await sendBurst(world, targets, {
      first: WARM_UP_VERSIONS,
      count: VERSIONS,
    });
    const sent = performance.now();
    tellProgress('All is pushed and told.');
    await drained(world);
    const end = performance.now();
    return {
      sendSeconds: (sent - begin) / 1000,
      drainSeconds: (end - begin) / 1000,
      answered: late.answered,
      before,
      peak: sampler.peak,
      after: sampler.now(),
      ...orderOf(world, targets, repository => [
        ...early.pushed.get(repository)!,
        ...late.pushed.get(repository)!,
      ]),
    };
  } finally {
    sampler?.stop();
    await world.stop();
  }
}

/** All takes many minutes. */
function tellProgress(sentence: string): void {
  process.stderr.write(`${new Date().toISOString()} ${sentence}\n`);
}

async function drained({ portal }: World): Promise<void> {
  const admin = portal.as('admin');
  const paths = [
    ...['pending', 'waiting'].map(
      each => `/deliveries?outcome=${each}&limit=1`,
    ),
    ...['queued', 'waiting', ...runningRolloutStates].map(
      each => `/rollouts?state=${each}&limit=1`,
    ),
  ];
  await eventually(
    async () => {
      for (const path of paths) {
        const { items } = await admin.get<{ items: Partial<Rollout>[] }>(path);
        if (items.length > 0) {
          throw new Error(`Not drained: ${path}: ${JSON.stringify(items)}`);
        }
      }
    },
    { timeoutMs: DRAIN_MS, intervalMs: 500 },
  );
}

/** What the cluster was told, compared with what was pushed. */
function orderOf(
  world: World,
  targets: BurstTarget[],
  pushesOf: (repository: string) => Push[],
): Pick<Measured, 'applies' | 'backwards' | 'behind'> {
  let applies = 0;
  const backwards: string[] = [];
  const behind: string[] = [];
  for (const { target, repository, first } of targets) {
    const pushes = [first, ...pushesOf(repository)];
    const positions = appliedPositions(world, target, pushes);
    applies += positions.length;
    if (positions.some((each, n) => n > 0 && each < positions[n - 1])) {
      backwards.push(target.name);
    }
    if (imageOf(world, target) !== referenceTo(world, pushes.at(-1)!)) {
      behind.push(target.name);
    }
  }
  return { applies, backwards, behind };
}

function pageOf(measured: Measured, load: number): string {
  const { before, peak, after, sendSeconds, drainSeconds, answered } = measured;
  const mib = (bytes: number) => (bytes / MIB).toFixed(0);
  const pushes = TARGETS * VERSIONS;
  return [
    '# A burst of pushes, measured',
    '',
    `\`./run bench\` writes this page. ${TARGETS} Deployments, each with a repository and a policy of its own; ${VERSIONS} versions are pushed to each repository, 64 pushes at a time, and each push is told at once: ${pushes} pushes. One portal as a process, on SQLite; the sandbox registry and cluster are another process on the same machine. Memory is what the portal's process has resident, its heap limited to ${HEAP_LIMIT} MiB, read four times a second, after ${
      TARGETS * WARM_UP_VERSIONS
    } pushes that do not count.`,
    '',
    `${machine()}. ${when()}. Load of the machine at the beginning: ${load.toFixed(
      1,
    )}.`,
    '',
    '| | | limit |',
    '|---|---|---|',
    `| pushed and told within, s | ${sendSeconds.toFixed(1)} | |`,
    `| a call answered after, median, ms | ${ms(quantile(answered, 0.5))} | |`,
    `| 99 of 100 calls answered within, ms | ${ms(
      quantile(answered, 0.99),
    )} | |`,
    `| all decided and rolled out within, s | ${drainSeconds.toFixed(1)} | |`,
    `| memory before, MiB | ${mib(before)} | |`,
    `| most memory above that, MiB | ${mib(peak - before)} | ${mib(
      GROWTH_LIMIT,
    )} |`,
    `| memory above that at the end, MiB | ${mib(after - before)} | |`,
    `| images sent to the cluster | ${measured.applies} | |`,
    `| targets sent an older image after a newer one | ${measured.backwards.length} | 0 |`,
    `| targets that do not run the newest image at the end | ${measured.behind.length} | 0 |`,
    '',
  ].join('\n');
}

if (require.main === module) {
  benchBurst().catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
}
