/**
 * Time of one evaluation over 50 000 mixed tags, as JSON:
 * scripts/run-ts plugins/image-registry-common/benchmarks/rules.ts
 *
 * "Cold" is the first call in a process of its own, compiling the rule
 * included, once the garbage of making the tags is collected; "warm" are the
 * calls after it.
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { evaluateRule, selectTag } from '../src/rules';
import { TagCandidate, TagRule } from '../src/rules';
import { mixedTags } from './mixedTags';
import { YARDSTICK, yardstick } from './yardstick';

/** What one case took, each in milliseconds. */
export interface RuleTimes {
  name: string;
  cold: number[];
  warm: number[];
}

const coldRuns = 15;
const warmRuns = 15;
/** As many as the preview shows. */
const shown = 500;

const complete = { complete: true };
const semver: TagRule = { kind: 'semver', range: '>=1.0.0' };
const caret: TagRule = { kind: 'semver', range: '^12.3.0' };
const regex: TagRule = { kind: 'regex', pattern: 'main-[0-9a-f]{7}-[0-9]+' };
const numeric: TagRule = {
  kind: 'numeric',
  key: { pattern: 'main-[0-9a-f]{7}-(?P<ts>[0-9]+)', template: '$ts' },
};

type Case = (tags: TagCandidate[]) => unknown;

function choice(rule: TagRule): Case {
  return tags => selectTag(rule, tags, complete);
}

function explained(rule: TagRule): Case {
  return tags => evaluateRule(rule, tags, complete).newestFirst(shown);
}

const cases: Record<string, Case> = {
  'semver range, choice': choice(semver),
  'semver range, every place, 500 reasons': explained(semver),
  'semver range, every place and reason': tags =>
    evaluateRule(semver, tags, complete).candidates,
  'semver ^, choice': choice(caret),
  'semver ^, every place and reason': tags =>
    evaluateRule(caret, tags, complete).candidates,
  'filter, capture, numeric; choice': choice(numeric),
  'filter, capture, numeric; every place, 500 reasons': explained(numeric),
  'regex by push time, choice': choice(regex),
  'ambiguous expression (RE2), capture, numeric; choice': choice({
    kind: 'numeric',
    key: { pattern: '.*-([0-9]+)' },
  }),
  'exclude glob, natural order, choice': choice({
    kind: 'natural',
    exclude: [{ kind: 'glob', pattern: '*-rc*' }],
  }),
  [YARDSTICK]: yardstick,
};

function measure(name: string, runs: number): number[] {
  const tags = mixedTags();
  globalThis.gc?.();
  return Array.from({ length: runs }, () => {
    const started = performance.now();
    cases[name](tags);
    return performance.now() - started;
  });
}

function firstCallInNewProcess(name: string): number {
  const output = execFileSync(
    resolve(__dirname, '../../../scripts/run-ts'),
    ['--expose-gc', __filename, '--once', name],
    { encoding: 'utf8' },
  );
  return Number(output);
}

const [mode, only] = process.argv.slice(2);
if (mode === '--once') {
  process.stdout.write(String(measure(only, 1)[0]));
} else {
  const times: RuleTimes[] = Object.keys(cases).map(name => ({
    name,
    cold: [],
    warm: measure(name, warmRuns + 1).slice(1),
  }));
  // In turn: what else the machine does meets all cases alike.
  for (let run = 0; run < coldRuns; run++) {
    times.forEach(({ name, cold }) => cold.push(firstCallInNewProcess(name)));
  }
  process.stdout.write(JSON.stringify(times));
}
