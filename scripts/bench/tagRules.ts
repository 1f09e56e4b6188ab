import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import type { RuleTimes } from '../../plugins/image-registry-common/benchmarks/rules';
import {
  slownessOf,
  YARDSTICK,
  YARDSTICK_MS,
} from '../../plugins/image-registry-common/benchmarks/yardstick';
import { machine, when } from './machine';
import { ms, quantile } from './statistics';

const root = resolve(__dirname, '../..');
const file = resolve(root, 'docs/benchmarks/tag-rules.md');

/** What the design asks of the medians, in ms. */
const limits: Record<string, { cold?: number; warm?: number }> = {
  'semver range, choice': { cold: 8 },
  'semver range, every place, 500 reasons': { cold: 25 },
  'semver range, every place and reason': { cold: 25 },
  'filter, capture, numeric; choice': { cold: 70, warm: 40 },
};

function measured(): RuleTimes[] {
  const output = execFileSync(
    resolve(root, 'scripts/run-ts'),
    [resolve(root, 'plugins/image-registry-common/benchmarks/rules.ts')],
    { encoding: 'utf8', cwd: root },
  );
  return JSON.parse(output) as RuleTimes[];
}

function limited(
  value: number,
  limit: number | undefined,
  slowness: number,
): string {
  return limit === undefined
    ? '–'
    : `${limit} (${(value / limit).toFixed(2)}, ${(
        value /
        limit /
        slowness
      ).toFixed(2)})`;
}

function row(
  { name, cold, warm }: RuleTimes,
  peer: number,
  slowness: number,
): string {
  const coldMedian = quantile(cold, 0.5);
  const warmMedian = quantile(warm, 0.5);
  const { cold: coldLimit, warm: warmLimit } = limits[name] ?? {};
  return `| ${[
    name,
    ms(coldMedian),
    ms(Math.min(...cold)),
    limited(coldMedian, coldLimit, slowness),
    ms(warmMedian),
    limited(warmMedian, warmLimit, slowness),
    (coldMedian / peer).toFixed(2),
  ].join(' | ')} |`;
}

function medianOf(
  times: RuleTimes[],
  name: string,
  kind: 'cold' | 'warm',
): number {
  return quantile(times.find(each => each.name === name)?.[kind] ?? [NaN], 0.5);
}

/** Measures the tag rules and writes their page. */
export function benchTagRules(): { missed: string[] } {
  const [before] = loadavg();
  const times = measured();
  const [after] = loadavg();
  const peer = medianOf(times, YARDSTICK, 'cold');
  const slowness = slownessOf(medianOf(times, YARDSTICK, 'warm'));
  const page = [
    '# Tag rules, measured',
    '',
    '`./run bench` writes this page. 50 000 tags: half `X.Y.Z`, the rest `vX.Y.Z`, prereleases, commits and builds, shuffled. *Cold* is the first call in a process of its own, compiling the rule included, after the garbage of making the tags is collected; *warm* the calls after it. Medians of 15 processes, the cases in turn, and of 15 calls, in ms.',
    '',
    `The limits were set where ${YARDSTICK} took ${YARDSTICK_MS} ms, warm; here it takes ${slowness.toFixed(
      2,
    )} times as long. Behind a limit stand the median’s share of it, and of what it comes to on this machine.`,
    '',
    `${machine()}. ${when()}. Load of the machine ${before.toFixed(
      1,
    )} at the beginning, ${after.toFixed(
      1,
    )} at the end: with more than 2 a first call waits for the compiler’s threads.`,
    '',
    '| over 50 000 tags | cold | fastest cold | limit | warm | limit | cold to node-semver |',
    '|---|---|---|---|---|---|---|',
    ...times.map(one => row(one, peer, slowness)),
    '',
    'Flux’s own code for the same range took 34 to 50 ms, for a filter with numbers 7 to 10 ms, Keel’s `regexp:` with `compare` 101 to 115 ms (Go 1.19, the same kind of machine, measured once with tags of the same mix; they cannot be built here from what the repository may use, so they are not measured again by this page).',
    '',
  ].join('\n');
  writeFileSync(file, page);
  process.stdout.write(page);
  const kinds = ['cold', 'warm'] as const;
  return {
    missed: times.flatMap(({ name }) =>
      kinds
        .filter(
          kind =>
            medianOf(times, name, kind) >
            (limits[name]?.[kind] ?? Infinity) * slowness,
        )
        .map(kind => `${name}, ${kind}`),
    ),
  };
}

if (require.main === module) {
  benchTagRules();
}
