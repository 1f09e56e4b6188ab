import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { freePort } from '../../../packages/backend/src/systemTests/testing/freePort';
import { machine, when } from '../machine';
import { ms, quantile } from '../statistics';
import { FilledRegistry, fillRegistry } from './fillRegistry';
import { TAGS, manyTags } from './manyTags';
import { PacedTimes, pacedPages } from './pacedPages';
import { ProcessFigures, wholeProcess } from './wholeProcess';

const root = resolve(__dirname, '../../..');
const file = resolve(root, 'docs/benchmarks/registry-listing.md');

const RUNS = 15;
const ROUND_TRIP_MS = 50;
const PACED_RUNS = 5;

/** What issue and design ask: not slower than skopeo, and so on. */
const limits = { time: 1, memory: 1.5, paced: 1.1 };

const names = {
  skopeo: 'skopeo list-tags',
  ours: 'our client, as a Node process',
  parsed: 'Node that reads, parses and prints the same answer',
  thrownAway: 'Node that throws the same answer away',
  nothing: 'Node that does nothing',
};

/** The shortest programs, for what Node itself takes; the URL is an argument. */
const programs = {
  parsed: `require('node:http').get(process.argv[1], async answer => {
    const { tags } = await require('node:stream/consumers').json(answer);
    process.stdout.write(JSON.stringify({ Tags: tags }));
  })`,
  thrownAway: `require('node:http').get(process.argv[1], answer => answer.resume())`,
};

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

function ratios(
  own: ProcessFigures[],
  measure: ProcessFigures[],
): { time: number; memory: number } {
  const ratio = (pick: (figures: ProcessFigures) => number) =>
    quantile(
      own.map((each, index) => pick(each) / pick(measure[index])),
      0.5,
    );
  return { time: ratio(each => each.ms), memory: ratio(each => each.peakKib) };
}

function row(
  name: string,
  own: ProcessFigures[],
  measure: ProcessFigures[],
): string {
  const { time, memory } = ratios(own, measure);
  const median = (pick: (figures: ProcessFigures) => number) =>
    quantile(own.map(pick), 0.5);
  return `| ${[
    name,
    ms(median(each => each.ms)),
    time.toFixed(2),
    ms(median(each => each.cpuMs)),
    median(each => each.peakKib / 1024).toFixed(0),
    memory.toFixed(2),
  ].join(' | ')} |`;
}

function contenders(
  { url, host, repository }: FilledRegistry,
  folder: string,
): Contender[] {
  const node = process.execPath;
  const list = `${url}/v2/${repository}/tags/list?n=1000`;
  return [
    {
      name: names.skopeo,
      command: 'skopeo',
      args: [
        'list-tags',
        '--tls-verify=false',
        `docker://${host}/${repository}`,
      ],
    },
    {
      name: names.ours,
      command: node,
      args: [bundle(folder), url, repository],
    },
    { name: names.parsed, command: node, args: ['-e', programs.parsed, list] },
    {
      name: names.thrownAway,
      command: node,
      args: ['-e', programs.thrownAway, list],
    },
    { name: names.nothing, command: node, args: ['-e', ''] },
  ];
}

interface Measured {
  load: number;
  figures: Map<string, ProcessFigures[]>;
  paced: PacedTimes[];
}

function pacedRatio(
  paced: PacedTimes[],
  who: 'client' | 'bare',
): { ms: number; ratio: number } {
  const took = quantile(
    paced.map(each => each[who]),
    0.5,
  );
  return { ms: took, ratio: took / (paced[0].pages * ROUND_TRIP_MS) };
}

function page({ load, figures, paced }: Measured): string {
  const measure = figures.get(names.skopeo) ?? [];
  const client = pacedRatio(paced, 'client');
  const bare = pacedRatio(paced, 'bare');
  const { memory: thrownAway } = ratios(
    figures.get(names.thrownAway) ?? [],
    measure,
  );
  return `${[
    '# Listing many tags, measured',
    '',
    `\`./run bench\` writes this page. ${TAGS} tags of one repository of Debian's docker-registry, listed by whole processes in turn, ${RUNS} runs each after one that does not count; medians, ratios run by run. The client is bundled into one file, as a backend's build may do; no flags, no cache of compiled code.`,
    '',
    `${machine()}. ${when()}. Load of the machine at the beginning: ${load.toFixed(
      1,
    )}.`,
    '',
    '| | time, ms | to skopeo | CPU, ms | peak memory, MiB | to skopeo |',
    '|---|---|---|---|---|---|',
    ...[...figures].map(([name, own]) => row(name, own, measure)),
    '',
    `The same tags in ${
      paced[0].pages
    } pages of 1 000 with ${ROUND_TRIP_MS} ms round trip: ${ms(
      client.ms,
    )} ms, ${client.ratio.toFixed(
      2,
    )} of pages × round trip; the shortest loop over the same pages ${bare.ratio.toFixed(
      2,
    )}. The next page is asked for before the last one is parsed.`,
    '',
    `Limits: time ${limits.time} of skopeo, memory ${limits.memory}, pages ${
      limits.paced
    }. The last three rows say what of ours is Node's own${
      thrownAway > limits.memory
        ? `: its memory is over the limit (${thrownAway.toFixed(
            2,
          )}) before anything of the answer is kept, so that no client on Node can meet it`
        : ''
    }.`,
  ].join('\n')}\n`;
}

/** Which limits were missed. */
function missed({ figures, paced }: Measured): string[] {
  const { time, memory } = ratios(
    figures.get(names.ours) ?? [],
    figures.get(names.skopeo) ?? [],
  );
  const found = { time, memory, paced: pacedRatio(paced, 'client').ratio };
  return (Object.keys(limits) as (keyof typeof limits)[])
    .filter(limit => found[limit] > limits[limit])
    .map(limit => `listing of tags, ${limit}: ${found[limit].toFixed(2)}`);
}

/**
 * Writes the page about listings of many tags.
 * @throws Error when docker-registry or skopeo is missing, or fails
 */
export async function measureRegistryListing(): Promise<{ missed: string[] }> {
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
    const measured = {
      load,
      figures: await race(contenders(registry, folder)),
      paced: await pacedPages(ROUND_TRIP_MS, PACED_RUNS),
    };
    mkdirSync(resolve(root, 'docs/benchmarks'), { recursive: true });
    writeFileSync(file, page(measured));
    process.stdout.write(page(measured));
    return { missed: missed(measured) };
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
