/**
 * Time of one evaluation over 50 000 mixed tags:
 * scripts/run-ts plugins/image-registry-common/benchmarks/rules.ts
 *
 * "Cold" is the first call in a process of its own, compiling the rule
 * included; "warm" the median of the calls after it.
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { maxSatisfying } from 'semver';
import { evaluateRule, selectTag } from '../src/rules';
import { TagCandidate, TagRule } from '../src/rules';

const tagCount = 50_000;
const coldRuns = 9;
const warmRuns = 30;

const semver: TagRule = { kind: 'semver', range: '>=1.0.0' };
const regex: TagRule = { kind: 'regex', pattern: 'main-[0-9a-f]{7}-[0-9]+' };

const cases: Record<string, (tags: TagCandidate[]) => unknown> = {
  'semver, choice': tags => selectTag(semver, tags, { complete: true }),
  'semver, with every reason': tags =>
    evaluateRule(semver, tags, { complete: true }),
  'regex, choice': tags => selectTag(regex, tags, { complete: true }),
  'regex, with every reason': tags =>
    evaluateRule(regex, tags, { complete: true }),
  'node-semver maxSatisfying': tags =>
    maxSatisfying(
      tags.map(candidate => candidate.tag),
      '>=1.0.0',
    ),
};

/** Half X.Y.Z, the rest vX.Y.Z, prereleases, commits and builds, shuffled. */
function mixedTags(): TagCandidate[] {
  let state = 42;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const commit = () =>
    random(2 ** 28)
      .toString(16)
      .padStart(7, '0');
  const version = () => `${random(30)}.${random(100)}.${random(200)}`;
  const started = Date.UTC(2026, 0, 1);
  const tags = Array.from({ length: tagCount }, () => {
    const kind = random(10);
    let tag = version();
    if (kind === 5) {
      tag = `v${tag}`;
    } else if (kind === 6) {
      tag = `${tag}-rc.${random(20)}`;
    } else if (kind === 7) {
      tag = commit();
    } else if (kind > 7) {
      tag = `main-${commit()}-${1_700_000_000 + random(10_000_000)}`;
    }
    const pushedAt = new Date(started + random(2 ** 31)).toISOString();
    return { tag, pushedAt };
  });
  // As they come from a registry: flat strings, not concatenated ones.
  return JSON.parse(JSON.stringify(tags));
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

function measure(name: string, runs: number): number[] {
  const tags = mixedTags();
  return Array.from({ length: runs }, () => {
    const started = performance.now();
    cases[name](tags);
    return performance.now() - started;
  });
}

function firstCallInNewProcess(name: string): number {
  const output = execFileSync(
    resolve(__dirname, '../../../scripts/run-ts'),
    [__filename, '--once', name],
    { encoding: 'utf8' },
  );
  return Number(output);
}

const [mode, only] = process.argv.slice(2);
if (mode === '--once') {
  process.stdout.write(String(measure(only, 1)[0]));
} else {
  process.stdout.write(
    `| over ${tagCount} tags | cold, ms | warm, ms |\n|---|---|---|\n`,
  );
  for (const name of Object.keys(cases)) {
    const cold = median(
      Array.from({ length: coldRuns }, () => firstCallInNewProcess(name)),
    );
    const warm = median(measure(name, warmRuns));
    process.stdout.write(
      `| ${name} | ${cold.toFixed(1)} | ${warm.toFixed(1)} |\n`,
    );
  }
}
