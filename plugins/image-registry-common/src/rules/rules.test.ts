import { comparePushedTag } from './comparePushedTag';
import { TagCandidate } from './CompiledRule';
import { compileRule } from './compileRule';
import { evaluateRule, selectTag } from './evaluateRule';
import { TagRule } from './tagRule';

const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64', variant: 'v8' };
const early = '2026-01-01T00:00:00Z';
const late = '2026-01-02T00:00:00Z';

describe('list', () => {
  const rule: TagRule = { kind: 'list', tags: ['stable', 'edge', 'x.sig'] };

  it('takes what is listed, the last pushed first', () => {
    expect(
      evaluateRule(
        rule,
        [
          { tag: 'stable', pushedAt: late },
          { tag: 'edge', pushedAt: early },
          { tag: 'latest', pushedAt: '2026-01-03T00:00:00Z' },
        ],
        { complete: true },
      ),
    ).toMatchObject({
      selected: { tag: 'stable' },
      runnerUp: { tag: 'edge' },
      candidates: [
        { reason: { code: 'tag-is-listed' }, rank: 1 },
        { reason: { code: 'tag-is-listed' }, rank: 2 },
        { reason: { code: 'tag-is-not-listed' }, accepted: false },
      ],
    });
  });

  it('takes a named tag whatever it looks like', () => {
    expect(compileRule(rule).test('x.sig').accepted).toBe(true);
  });
});

describe('newest-created', () => {
  const rule: TagRule = {
    kind: 'newest-created',
    include: [{ kind: 'glob', pattern: 'b-*' }],
  };

  it('takes what was built last, not what was pushed last', () => {
    const tags: TagCandidate[] = [
      { tag: 'b-1', createdAt: late, pushedAt: early },
      { tag: 'b-2', createdAt: early, pushedAt: late },
    ];
    expect(selectTag(rule, tags, { complete: true }).selected?.tag).toBe('b-1');
    expect(comparePushedTag(rule, tags[0], tags[1])).toMatchObject({
      newer: true,
      reason: { code: 'push-created-later' },
    });
    expect(comparePushedTag(rule, tags[1], tags[0])).toMatchObject({
      newer: false,
      reason: { code: 'push-created-earlier' },
    });
    expect(comparePushedTag(rule, { tag: 'b-3' }, tags[0])).toMatchObject({
      newer: false,
      reason: { code: 'push-created-unknown' },
    });
    expect(comparePushedTag(rule, tags[0], { tag: 'b-3' })).toMatchObject({
      newer: false,
      reason: { code: 'push-head-created-unknown' },
    });
  });

  it('chooses nothing while one of its tags may be the newest', () => {
    const tags = [
      { tag: 'b-1', createdAt: late },
      { tag: 'b-2' },
      { tag: 'b-3', createdAt: 'not a time' },
      { tag: 'x' },
    ];
    for (const evaluate of [selectTag, evaluateRule]) {
      const answer = evaluate(rule, tags, { complete: true });
      expect(answer.selected).toBeUndefined();
      expect(answer.blocked).toMatchObject({
        code: 'created-times-unknown',
        params: { tag: 'b-3' },
      });
    }
    expect(
      selectTag(rule, [tags[0], tags[3]], { complete: true }).selected?.tag,
    ).toBe('b-1');
  });
});

describe('platforms', () => {
  const rule: TagRule = {
    kind: 'semver',
    range: '*',
    platforms: ['linux/amd64', 'linux/arm64'],
  };

  it('rejects what is known not to run there', () => {
    const tags: TagCandidate[] = [
      { tag: '3.0.0', platforms: [amd64] },
      { tag: '2.0.0', platforms: [arm64, amd64] },
      { tag: '1.0.0', platforms: [] },
    ];
    expect(evaluateRule(rule, tags, { complete: true })).toMatchObject({
      selected: { tag: '2.0.0' },
      candidates: [
        { reason: { code: 'platform-missing' }, accepted: false },
        { accepted: true, rank: 1 },
        { reason: { code: 'platform-missing' }, accepted: false },
      ],
    });
    expect(
      compileRule(rule).judge({ tag: '3.0.0', platforms: [amd64] }).reason
        .message,
    ).toBe('Has no image for linux/amd64, linux/arm64');
  });

  it('lets unknown platforms decide nothing, and says that they are open', () => {
    const tags: TagCandidate[] = [
      { tag: '3.0.0' },
      { tag: '2.0.0', platforms: [arm64, amd64] },
    ];
    expect(selectTag(rule, tags, { complete: true })).toMatchObject({
      selected: { tag: '3.0.0' },
      runnerUp: { tag: '2.0.0' },
      open: { code: 'platforms-unknown', params: { tag: '3.0.0' } },
    });
    expect(comparePushedTag(rule, tags[0], tags[1])).toMatchObject({
      newer: true,
      open: { code: 'platforms-unknown' },
    });
    expect(
      comparePushedTag(rule, { tag: '4.0.0', platforms: [amd64] }, tags[1]),
    ).toMatchObject({ accepted: false, reason: { code: 'platform-missing' } });
  });

  it.each([
    ['linux/arm64', arm64, true],
    ['linux/arm64/v8', arm64, true],
    ['linux/arm64/v8', { os: 'linux', architecture: 'arm64' }, true],
    [
      'linux/arm/v7',
      { os: 'linux', architecture: 'arm', variant: 'v6' },
      false,
    ],
    ['linux/arm/v7', { os: 'linux', architecture: 'arm' }, true],
    ['linux/arm/v6', { os: 'linux', architecture: 'arm' }, false],
    ['windows/amd64', amd64, false],
  ])('%s is served by %j: %s', (platform, served, accepted) => {
    const compiled = compileRule({
      kind: 'newest-pushed',
      platforms: [platform],
    });
    expect(compiled.judge({ tag: 'a', platforms: [served] }).accepted).toBe(
      accepted,
    );
  });
});

describe('listings', () => {
  const tags = Array.from({ length: 20 }, (_, n) => ({ tag: `1.0.${n}` }));
  const rule: TagRule = { kind: 'semver', range: '*' };

  it('blocks when more than half of the tags are gone', () => {
    for (const evaluate of [selectTag, evaluateRule]) {
      const shrunk = evaluate(rule, tags, { complete: true, countBefore: 41 });
      expect(shrunk.selected).toBeUndefined();
      expect(shrunk.blocked).toMatchObject({
        code: 'listing-shrunk',
        params: { before: '41', now: '20' },
      });
      expect(
        evaluate(rule, tags, { complete: true, countBefore: 40 }).selected,
      ).toEqual({ tag: '1.0.19' });
    }
    expect(
      selectTag(rule, [], { complete: true, countBefore: 10 }).blocked,
    ).toBeUndefined();
  });

  it('gives the accepted newest first, then others, without making them all', () => {
    const evaluation = evaluateRule(rule, [{ tag: 'x' }, ...tags], {
      complete: true,
    });
    expect(evaluation.newestFirst(2).map(({ tag }) => tag)).toEqual([
      '1.0.19',
      '1.0.18',
    ]);
    expect(evaluation.newestFirst(100)).toHaveLength(21);
    expect(evaluation.newestFirst(100)[20]).toMatchObject({
      tag: 'x',
      accepted: false,
      reason: { code: 'version-unreadable' },
    });
    expect(evaluation.candidates[20]).toEqual(evaluation.newestFirst(1)[0]);
  });
});

describe('comparing with what runs', () => {
  it.each<[TagRule, string, string, number | undefined]>([
    [{ kind: 'semver', range: '^1' }, '2.0.0', '1.9.0', 1],
    [{ kind: 'semver', range: '^1' }, '1.0.0-rc.1', '1.0.0', -1],
    [{ kind: 'semver', range: '^1' }, 'v1.0.0', '1.0.0', 0],
    [{ kind: 'semver', range: '^1' }, 'latest', '1.0.0', undefined],
    [{ kind: 'semver', range: '^1' }, '1.2', '1.0.0', undefined],
    [{ kind: 'semver', range: '^1', partialVersions: true }, '1.2', '1.0.0', 1],
    [
      { kind: 'numeric', exclude: [{ kind: 'list', tags: ['9'] }] },
      '9',
      '10',
      -1,
    ],
    [{ kind: 'numeric', order: 'descending' }, '9', '10', 1],
    [{ kind: 'calver', format: 'YYYY.0M' }, '2026.01', '2025.12', 1],
    [{ kind: 'natural' }, 'b-9', 'b-10', -1],
    [{ kind: 'regex', pattern: '.*' }, 'a', 'b', undefined],
    [{ kind: 'same-tag', tag: 'a' }, 'a', 'b', undefined],
  ])('%j: %s to %s is %p', (rule, a, b, order) => {
    const compared = compileRule(rule).compareTags(a, b);
    expect(compared === undefined ? undefined : Math.sign(compared)).toBe(
      order,
    );
  });
});

describe('build metadata', () => {
  const rule: TagRule = { kind: 'semver', range: '^1', buildMetadata: true };

  it('is read behind an underscore, and decides between equals only', () => {
    const newest = (tags: string[]) =>
      selectTag(
        rule,
        tags.map(tag => ({ tag })),
        { complete: true },
      ).selected?.tag;
    expect(newest(['1.0.0_9', '1.0.0_10', '1.0.0'])).toBe('1.0.0_10');
    expect(newest(['1.0.1', '1.0.0_10', '1.0.0_x.sig'])).toBe('1.0.1');
    expect(newest(['1.0.0-rc.1_5', '2.0.0_1', '1.0.0_'])).toBeUndefined();
    expect(
      compileRule({ ...rule, prereleases: true }).test('1.1.0-rc.1_5').accepted,
    ).toBe(true);
    expect(compileRule(rule).compareTags('1.0.0_2', '1.0.0_1')).toBe(0);
  });
});
