import fc from 'fast-check';
import { comparePushedTag } from './comparePushedTag';
import { TagCandidate } from './CompiledRule';
import { compileRule } from './compileRule';
import { evaluateRule, evaluateRuleInTurns, selectTag } from './evaluateRule';
import { ruleReasonCodes } from './reasons';
import { TagRule } from './tagRule';

const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };

const rules: TagRule[] = [
  { kind: 'same-tag', tag: '1.0.0' },
  { kind: 'regex', pattern: '[v0-9].*' },
  { kind: 'semver', range: '>=1 <3' },
  { kind: 'semver', range: '*', prereleases: true, partialVersions: true },
  {
    kind: 'semver',
    range: '^1 || ^2',
    exclude: [{ kind: 'glob', pattern: '*.1' }],
  },
  { kind: 'semver', range: '*', key: { pattern: '[vV]?(.*)' } },
  { kind: 'list', tags: ['1.0.0', 'latest', 'v2.0.0'] },
  { kind: 'glob', pattern: '[v0-9]*' },
  { kind: 'numeric', key: { pattern: '1\\.0\\.([0-9]+)' } },
  { kind: 'numeric', order: 'descending' },
  { kind: 'natural' },
  { kind: 'alphabetical', include: [{ kind: 'regex', pattern: '[0-9].*' }] },
  { kind: 'calver', format: 'MAJOR.MINOR[.MICRO[-MODIFIER]]' },
  { kind: 'newest-pushed' },
  { kind: 'newest-created', platforms: ['linux/amd64'] },
];

const tag = fc.oneof(
  fc.constantFrom(
    '1.0.0',
    'v1.0.0',
    'V1.0.0',
    '1.0',
    '1',
    'v2.0.0',
    '2.0.0',
    'latest',
  ),
  fc
    .tuple(fc.constantFrom('', 'v', 'V'), fc.nat(2), fc.nat(2), fc.nat(2))
    .map(([prefix, a, b, c]) => `${prefix}${a}.${b}.${c}`),
  fc.constantFrom('1.0.0-rc.1', '1.0.0-rc.10', '1.0.0-rc', '1.0.0-1'),
  fc.bigInt(0n, 10n ** 25n).map(number => `1.0.${number}`),
  fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,10}$/),
  fc.string({ maxLength: 5 }),
);
const candidate: fc.Arbitrary<TagCandidate> = fc.record(
  {
    tag,
    digest: fc.constantFrom('sha256:a', 'sha256:b'),
    pushedAt: fc.constantFrom(
      '2026-01-01T00:00:00Z',
      '2026-01-01T01:00:00+01:00',
      '2026-01-02T00:00:00.000Z',
      'not a time',
    ),
    createdAt: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
    platforms: fc.constantFrom([amd64], [arm64], [amd64, arm64]),
  },
  { requiredKeys: ['tag'] },
);

describe.each(rules.map(rule => [JSON.stringify(rule), rule] as const))(
  'the order of %s',
  (_, rule) => {
    const compiled = compileRule(rule);
    const sign = (a: TagCandidate, b: TagCandidate) =>
      Math.sign(compiled.compare(a, b));

    it('is antisymmetric, and equal is only what is the same push', () => {
      fc.assert(
        fc.property(candidate, candidate, (a, b) => {
          expect(sign(a, b) + sign(b, a)).toBe(0);
          const samePush = a.tag === b.tag && a.digest === b.digest;
          expect(samePush || sign(a, b) !== 0).toBe(true);
        }),
        { numRuns: 500 },
      );
    });

    it('is transitive', () => {
      fc.assert(
        fc.property(candidate, candidate, candidate, (a, b, c) => {
          const [low, middle, high] = [a, b, c].sort(compiled.compare);
          expect(sign(low, middle)).toBeLessThanOrEqual(0);
          expect(sign(middle, high)).toBeLessThanOrEqual(0);
          expect(sign(low, high)).toBeLessThanOrEqual(0);
        }),
        { numRuns: 500 },
      );
    });

    it('does not depend on the order of the listing', () => {
      const listing = fc.uniqueArray(candidate, {
        selector: one => JSON.stringify([one.tag, one.digest]),
        maxLength: 20,
      });
      const shuffled = listing.chain(all =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length }),
        ),
      );
      fc.assert(
        fc.property(shuffled, ([all, other]) => {
          const one = evaluateRule(compiled, all, { complete: true });
          const two = evaluateRule(compiled, other, { complete: true });
          expect([two.selected, two.runnerUp]).toEqual([
            one.selected,
            one.runnerUp,
          ]);
          expect(selectTag(compiled, other, { complete: true })).toEqual({
            complete: true,
            ...(one.selected && { selected: one.selected }),
            ...(one.runnerUp && { runnerUp: one.runnerUp }),
            ...(one.blocked && { blocked: one.blocked }),
            ...(one.open && { open: one.open }),
          });
        }),
      );
    });

    it('is not changed by a rejected tag', () => {
      fc.assert(
        fc.property(fc.array(candidate), candidate, (all, extra) => {
          fc.pre(!compiled.judge(extra).accepted);
          const { selected, runnerUp } = evaluateRule(compiled, all, {
            complete: true,
          });
          expect(
            evaluateRule(compiled, [extra, ...all], { complete: true }),
          ).toMatchObject({
            ...(selected && { selected }),
            ...(runnerUp && { runnerUp }),
          });
        }),
      );
    });

    it('explains every candidate, whatever it is', () => {
      fc.assert(
        fc.property(fc.array(candidate), all => {
          const { candidates, selected, blocked } = evaluateRule(
            compiled,
            all,
            {
              complete: true,
            },
          );
          expect(candidates.map(verdict => verdict.tag)).toEqual(
            all.map(one => one.tag),
          );
          for (const verdict of candidates) {
            expect(ruleReasonCodes).toContain(verdict.reason.code);
            expect(verdict.rank !== undefined).toBe(
              verdict.accepted && !blocked,
            );
          }
          expect(candidates.find(verdict => verdict.rank === 1)?.tag).toBe(
            selected?.tag,
          );
        }),
      );
    });
    it('takes nothing back by a push', () => {
      fc.assert(
        fc.property(fc.array(candidate, { minLength: 2 }), pushes => {
          const taken: [TagCandidate, TagCandidate][] = [];
          let head: TagCandidate | undefined;
          for (const pushed of pushes) {
            const { newer } = comparePushedTag(compiled, pushed, head);
            if (newer && head && head.tag !== pushed.tag) {
              taken.push([pushed, head]);
            }
            head = newer ? pushed : head;
          }
          for (const [pushed, before] of taken) {
            const values = compiled.compareValues(
              compiled.key(pushed)!,
              compiled.key(before)!,
            );
            expect(values).toBeGreaterThanOrEqual(0);
            expect(compiled.compareTags(pushed.tag, before.tag) ?? values).toBe(
              values,
            );
            expect(sign(pushed, before)).toBe(1);
          }
        }),
        { numRuns: 300 },
      );
    });
  },
);

describe('evaluateRule', () => {
  it('chooses nothing by a plain expression without push times', () => {
    const rule = { kind: 'regex', pattern: 'main-\\d+' } as const;
    const tags = [{ tag: 'main-1' }, { tag: 'main-2' }];
    expect(evaluateRule(rule, tags, { complete: true })).toMatchObject({
      blocked: { code: 'push-times-unknown' },
      candidates: [{ accepted: true }, { accepted: true }],
    });
    const timed = [tags[0], { ...tags[1], pushedAt: '2026-01-01T00:00:00Z' }];
    expect(evaluateRule(rule, timed, { complete: true }).selected?.tag).toBe(
      'main-2',
    );
  });

  const candidates = [{ tag: 'x' }, { tag: '1.1.0' }, { tag: '1.2.0' }];

  it('ranks the accepted and names the reason of each', () => {
    const evaluation = evaluateRule(
      { kind: 'semver', range: '^1' },
      candidates,
      { complete: true },
    );
    expect(evaluation).toMatchObject({
      selected: { tag: '1.2.0' },
      runnerUp: { tag: '1.1.0' },
      complete: true,
      candidates: [
        { tag: 'x', accepted: false, reason: { code: 'version-unreadable' } },
        { tag: '1.1.0', accepted: true, rank: 2 },
        { tag: '1.2.0', accepted: true, rank: 1 },
      ],
    });
    expect(evaluation.blocked).toBeUndefined();
  });

  it.each(rules)('chooses nothing from incomplete data: $kind', rule => {
    for (const evaluate of [evaluateRule, selectTag]) {
      const result = evaluate(rule, [{ tag: '1.0.0' }], { complete: false });
      expect(result.selected).toBeUndefined();
      expect(result.runnerUp).toBeUndefined();
      expect(result.blocked?.code).toBe('listing-incomplete');
    }
  });

  it('chooses nothing from nothing, without being blocked', () => {
    expect(
      selectTag({ kind: 'semver', range: '*' }, [], { complete: true }),
    ).toEqual({ complete: true });
  });

  it('follows one tag by its digest', () => {
    expect(
      evaluateRule(
        { kind: 'same-tag', tag: 'latest' },
        [{ tag: 'latest', digest: 'sha256:a' }, { tag: 'latest-2' }],
        { complete: true },
      ),
    ).toMatchObject({
      selected: { tag: 'latest', digest: 'sha256:a' },
      candidates: [
        { reason: { code: 'tag-is-followed' } },
        { reason: { code: 'tag-is-other' } },
      ],
    });
  });

  it.each<[TagRule, string]>([
    [{ kind: 'same-tag', tag: 'latest' }, 'the tag latest'],
    [
      { kind: 'regex', pattern: 'v5.*' },
      'the tag pushed last of those that match v5.*',
    ],
    [{ kind: 'semver', range: '^1.2' }, 'the highest version in ^1.2'],
  ])('describes %j', (rule, words) => {
    expect(compileRule(rule).describe()).toBe(words);
  });

  it.each(rules)(
    'answers in turns what it answers at once: $kind',
    async rule => {
      // More than are read in one turn, and of several kinds.
      const many = Array.from({ length: 4_500 }, (_, index) => ({
        tag: [`v1.${index}.0`, `1.0.${index}`, `x-${index}`, '1.0'][index % 4],
        digest: `sha256:${index}`,
        pushedAt: new Date(Date.UTC(2026, 0, 1) + (index % 997)).toISOString(),
      }));
      let pauses = 0;
      const inTurns = await evaluateRuleInTurns(
        rule,
        many,
        { complete: true },
        async () => {
          pauses += 1;
        },
      );
      const atOnce = evaluateRule(rule, many, { complete: true });
      expect(pauses).toBeGreaterThan(2);
      expect(inTurns.selected).toEqual(atOnce.selected);
      // Comparing thousands of objects one by one takes a second.
      expect(JSON.stringify(inTurns.candidates)).toBe(
        JSON.stringify(atOnce.candidates),
      );
      expect(inTurns.newestFirst(20, 10)).toEqual(atOnce.newestFirst(20, 10));
    },
  );

  it('tells the newest, and as many of the others as there is room for', () => {
    const names = ['a', '1.0.0', 'b', '1.2.0', 'c', '1.1.0'];
    const evaluation = evaluateRule(
      { kind: 'semver', range: '*' },
      names.map(name => ({ tag: name })),
      { complete: true },
    );
    const told = (...most: [number, number?]) =>
      evaluation.newestFirst(...most).map(each => [each.tag, each.rank]);
    const newest = [
      ['1.2.0', 1],
      ['1.1.0', 2],
      ['1.0.0', 3],
    ];
    const others = ['a', 'b', 'c'].map(name => [name, undefined]);
    expect(evaluation.acceptedCount).toBe(3);
    expect(told(2)).toEqual(newest.slice(0, 2));
    expect(told(4)).toEqual([...newest, others[0]]);
    expect(told(4, 2)).toEqual([...newest.slice(0, 2), ...others.slice(0, 2)]);
    expect(told(2, 9)).toEqual(newest.slice(0, 2));
    expect(told(9)).toEqual([...newest, ...others]);
    expect(evaluation.candidates).toBe(evaluation.candidates);
  });

  it('counts what a listing has, whatever the rule takes of it', () => {
    const listing = Array.from({ length: 20 }, (_, index) => ({
      tag: index === 0 ? '1.0.0' : `x-${index}`,
    }));
    for (const evaluate of [evaluateRule, selectTag]) {
      const { selected } = evaluate({ kind: 'semver', range: '*' }, listing, {
        complete: true,
        countBefore: 21,
      });
      expect(selected?.tag).toBe('1.0.0');
    }
  });

  it('refuses to follow what is no tag', () => {
    expect(() => compileRule({ kind: 'same-tag', tag: '-x' })).toThrow(
      expect.objectContaining({ path: 'tag', position: 0 }),
    );
  });
});
