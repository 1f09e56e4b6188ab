import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { freePort } from '../../../packages/backend/src/systemTests/testing/freePort';
import { machine, when } from '../machine';
import { ms, quantile } from '../statistics';
import { fillRegistry } from './fillRegistry';
import { pacedPages } from './pacedPages';
import { ProcessFigures, wholeProcess } from './wholeProcess';

const root = resolve(__dirname, '../../..');
const file = resolve(root, 'docs/benchmarks/registry-listing.md');

const TAGS = 50_000;
const RUNS = 15;
const ROUND_TRIP_MS = 50;

/** Tags as a build server makes them, in no order. */
function manyTags(): string[] {
  return Array.from({ length: TAGS }, (_, index) => {
    const commit = ((index * 2654435761) % 2 ** 32).toString(16);
    return `main-${index}-${commit.padStart(8, '0')}`;
  });
}

/** The client as one file, as a backend's build makes it. */
function bundle(folder: string): string {
  const outfile = join(folder, 'listTags.cjs');
  buildSync({
    entryPoints: [join(__dirname, 'listTags.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    minify: true,
    outfile,
  });
  return outfile;
}

interface Contender {
  name: string;
  command: string;
  args: string[];
}

/** Each in turn, so that all meet the same moods of the machine. */
async function race(
  contenders: Contender[],
): Promise<Map<string, ProcessFigures[]>> {
  const figures = new Map<string, ProcessFigures[]>();
  for (let run = 0; run <= RUNS; run++) {
    for (const { name, command, args } of contenders) {
      const taken = await wholeProcess(command, args);
      // The first is for the caches of the machine.
      if (run > 0) {
        figures.set(name, [...(figures.get(name) ?? []), taken]);
      }
    }
  }
  return figures;
}

function row(
  name: string,
  own: ProcessFigures[],
  measure: ProcessFigures[],
): string {
  const ratio = (pick: (figures: ProcessFigures) => number) =>
    quantile(
      own.map((each, index) => pick(each) / pick(measure[index])),
      0.5,
    ).toFixed(2);
  const mebibytes = quantile(
    own.map(({ peakKib }) => peakKib / 1024),
    0.5,
  );
  return `| ${[
    name,
    ms(
      quantile(
        own.map(each => each.ms),
        0.5,
      ),
    ),
    ratio(each => each.ms),
    mebibytes.toFixed(0),
    ratio(each => each.peakKib),
  ].join(' | ')} |`;
}

/**
 * Writes the page about listings of many tags.
 * @throws Error when docker-registry or skopeo is missing, or fails
 */
export async function measureRegistryListing(): Promise<void> {
  for (const program of ['docker-registry', 'skopeo']) {
    if (spawnSync(program, ['--version']).status !== 0) {
      throw new Error(
        `${program} is not installed: apt-get install ${program}`,
      );
    }
  }
  const [load] = loadavg();
  const folder = mkdtempSync(join(tmpdir(), 'registry-listing-'));
  const registry = await fillRegistry(manyTags(), await freePort());
  try {
    const { url, host, repository } = registry;
    const skopeo = 'skopeo list-tags';
    const ours = 'our client, as a Node process';
    const figures = await race([
      {
        name: skopeo,
        command: 'skopeo',
        args: [
          'list-tags',
          '--tls-verify=false',
          `docker://${host}/${repository}`,
        ],
      },
      {
        name: ours,
        command: process.execPath,
        args: [bundle(folder), url, repository],
      },
      {
        name: 'Node that does nothing',
        command: process.execPath,
        args: ['-e', ''],
      },
    ]);
    const measure = figures.get(skopeo) ?? [];
    const tags = manyTags().sort();
    const paced: Array<{ ms: number; pages: number }> = [];
    for (let run = 0; run < 5; run++) {
      paced.push(await pacedPages(tags, ROUND_TRIP_MS));
    }
    const pages = paced[0].pages;
    const took = quantile(
      paced.map(each => each.ms),
      0.5,
    );
    mkdirSync(resolve(root, 'docs/benchmarks'), { recursive: true });
    writeFileSync(
      file,
      `${[
        '# Listing many tags, measured',
        '',
        `\`./run bench\` writes this page. ${TAGS} tags of one repository of Debian's docker-registry, listed by whole processes in turn, ${RUNS} runs each after one that does not count; medians, ratios run by run.`,
        '',
        `${machine()}. ${when()}. Load of the machine at the beginning: ${load.toFixed(
          1,
        )}.`,
        '',
        '| | time, ms | to skopeo | peak memory, MiB | to skopeo |',
        '|---|---|---|---|---|',
        ...[...figures].map(([name, own]) => row(name, own, measure)),
        '',
        `The same tags in ${pages} pages of 1 000 with ${ROUND_TRIP_MS} ms round trip: ${ms(
          took,
        )} ms, ${(took / (pages * ROUND_TRIP_MS)).toFixed(
          2,
        )} of pages × round trip.`,
        '',
        'Limits: not slower than skopeo, memory not above 1.5 of it, pages within 1.10.',
      ].join('\n')}\n`,
    );
  } finally {
    registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (require.main === module) {
  measureRegistryListing().catch(error => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
