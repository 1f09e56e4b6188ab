import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { maxSatisfying } from 'semver';
import { comparePushedTag } from '../comparePushedTag';
import { TagCandidate } from '../CompiledRule';
import { compileRule } from '../compileRule';
import { evaluateRule, RuleSelection, selectTag } from '../evaluateRule';
import { tagRuleSchema } from '../tagRule';
import { policyCases } from './policyCases';
import { renderCorpus } from './renderCorpus';

const page = resolve(
  __dirname,
  '../../../../../docs/benchmarks/policy-corpus.md',
);
const shuffles = 1000;

/** The same shuffles in every run. */
function* shuffled<T>(items: readonly T[]): Generator<T[]> {
  let state = 7;
  for (let round = 0; round < shuffles; round++) {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last--) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const other = Math.floor((state / 2 ** 32) * (last + 1));
      [copy[last], copy[other]] = [copy[other], copy[last]];
    }
    yield copy;
  }
}

describe.each(policyCases)('$name', policyCase => {
  const { rule, tags, right, blocked, rejected = {}, pushes } = policyCase;
  const options = policyCase.listing ?? { complete: true };
  const compiled = compileRule(rule);

  it(`comes to the same in ${shuffles} orders`, () => {
    const answers = new Set<string>();
    const reasons = new Set<string>();
    for (const order of shuffled(tags)) {
      const chosen = selectTag(compiled, order, options);
      const explained = evaluateRule(compiled, order, options);
      answers.add(answerOf(chosen));
      answers.add(answerOf(explained));
      for (const { tag, accepted, reason } of explained.candidates) {
        if (rejected[tag] !== undefined) {
          reasons.add(`${tag} ${accepted} ${reason.code}`);
        }
      }
    }
    expect(answers.size).toBe(1);
    expect(JSON.parse([...answers][0]).slice(0, 2)).toEqual([
      right ?? null,
      blocked ?? null,
    ]);
    expect([...reasons].sort()).toEqual(
      Object.entries(rejected)
        .map(([tag, code]) => `${tag} false ${code}`)
        .sort(),
    );
  });

  it('is a rule that can be stored', () => {
    expect(tagRuleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
  });

  if (pushes) {
    it('comes to the same push by push, in every order', () => {
      const heads = new Set<string | undefined>();
      for (const order of [pushes, ...shuffled(pushes)]) {
        let head: TagCandidate | undefined;
        for (const position of order) {
          if (comparePushedTag(compiled, tags[position], head).newer) {
            head = tags[position];
          }
        }
        heads.add(head?.tag);
      }
      expect([...heads]).toEqual([right]);
    });
  }
});

function answerOf({ selected, blocked, runnerUp }: RuleSelection): string {
  return JSON.stringify([
    selected?.tag ?? null,
    blocked?.code ?? null,
    runnerUp?.tag ?? null,
  ]);
}

describe('what is said of node-semver', () => {
  const said = policyCases.flatMap(({ name, tags, peers }) =>
    peers
      .filter(({ peer }) => peer === 'node-semver')
      .map(({ chooses }) => ({ name, tags, chooses })),
  );

  it.each(said)('is so: $name', ({ tags, chooses }) => {
    const names = tags.map(({ tag }) => tag);
    expect(maxSatisfying(names, '*')).toBe(chooses ?? null);
  });
});

describe('the page of the corpus', () => {
  it('says what the cases say', () => {
    // scripts/run-ts plugins/image-registry-common/benchmarks/corpus.ts
    expect(readFileSync(page, 'utf8')).toBe(renderCorpus(policyCases));
  });
});
