import { compileRule } from '../compileRule';
import { selectTag } from '../evaluateRule';
import { InvalidRuleError } from '../InvalidRuleError';
import { TagFilter, TagRule } from '../tagRule';

function codeOf(rule: TagRule, tag: string) {
  return compileRule(rule).test(tag).reason.code;
}

describe('filters', () => {
  const rule: TagRule = {
    kind: 'semver',
    range: '*',
    prereleases: true,
    include: [
      { kind: 'glob', pattern: '1.*' },
      { kind: 'list', tags: ['2.0.0'] },
    ],
    exclude: [
      { kind: 'regex', pattern: '.*-rc.*' },
      { kind: 'list', tags: ['1.0.1'] },
    ],
  };

  it.each([
    ['1.0.0', 'version-in-range'],
    ['2.0.0', 'version-in-range'],
    ['1.0.1', 'tag-excluded'],
    ['1.1.0-rc.1', 'tag-excluded'],
    ['2.0.1', 'tag-not-included'],
    ['1.x', 'version-unreadable'],
    ['1.0.sig', 'tag-is-artifact'],
  ])('%s: %s', (tag, code) => {
    expect(codeOf(rule, tag)).toBe(code);
  });

  it('names what excluded or did not include a tag', () => {
    const compiled = compileRule(rule);
    expect(compiled.test('1.1.0-rc.1').reason.message).toBe(
      'Is excluded by .*-rc.*',
    );
    expect(compiled.test('2.0.1').reason.message).toBe(
      'Is not among what 1.*, 2.0.0 includes',
    );
  });

  it('chooses among what is left', () => {
    const tags = ['1.0.0', '1.0.1', '2.0.1', '1.1.0-rc.1', '2.0.0'];
    expect(
      selectTag(
        rule,
        tags.map(tag => ({ tag })),
        { complete: true },
      ),
    ).toMatchObject({ selected: { tag: '2.0.0' }, runnerUp: { tag: '1.0.0' } });
  });

  it.each<[TagFilter, string, string]>([
    [{ kind: 'glob', pattern: 'main-*' }, 'main-1.2', 'domain-1'],
    [{ kind: 'glob', pattern: 'v?.?' }, 'v1.2', 'v1x2'],
    [{ kind: 'glob', pattern: 'v?.?' }, 'v1.2', 'v10.2'],
    [{ kind: 'glob', pattern: '[a-c]1' }, 'b1', 'd1'],
    [{ kind: 'glob', pattern: '[!a-c]1' }, 'd1', 'a1'],
    [{ kind: 'glob', pattern: '[^a.-]1' }, 'd1', '.1'],
    [{ kind: 'glob', pattern: '*' }, 'anything', '-no-tag'],
    [{ kind: 'regex', pattern: 'v5' }, 'v5', 'v50'],
  ])('%j takes %s, not %s', (filter, taken, refused) => {
    const compiled = compileRule({ kind: 'newest-pushed', include: [filter] });
    expect(compiled.test(taken).accepted).toBe(true);
    expect(compiled.test(refused).accepted).toBe(false);
  });

  it.each<[TagRule, string, number, number | undefined]>([
    [
      {
        kind: 'semver',
        range: '*',
        exclude: [{ kind: 'regex', pattern: 'ab(' }],
      },
      'exclude.0.pattern',
      2,
      1,
    ],
    [
      {
        kind: 'newest-pushed',
        include: [
          { kind: 'glob', pattern: '*' },
          { kind: 'glob', pattern: 'v[z-a]' },
        ],
      },
      'include.1.pattern',
      1,
      5,
    ],
    [{ kind: 'glob', pattern: 'v[' }, 'pattern', 1, 1],
    [{ kind: 'glob', pattern: 'a/b' }, 'pattern', 1, 1],
    [{ kind: 'glob', pattern: '{a,b}' }, 'pattern', 0, 1],
    [{ kind: 'list', tags: ['a', '-b'] }, 'tags.1', 0, 2],
    [{ kind: 'newest-pushed', platforms: ['amd64'] }, 'platforms.0', 0, 5],
    [{ kind: 'numeric', key: { pattern: '[0-9]+' } }, 'key.pattern', 0, 6],
    [{ kind: 'numeric', key: { pattern: '(a)(b)' } }, 'key.pattern', 0, 6],
    [{ kind: 'numeric', key: { pattern: '(a' } }, 'key.pattern', 0, 1],
    [
      { kind: 'numeric', key: { pattern: '(?P<n>a)', template: 'x$m' } },
      'key.template',
      1,
      2,
    ],
    [
      { kind: 'numeric', key: { pattern: '(?P<n>a)', template: '${2}' } },
      'key.template',
      0,
      4,
    ],
    [
      { kind: 'numeric', key: { pattern: '(?P<n>a)', template: 'a$' } },
      'key.template',
      1,
      1,
    ],
  ])('refuses %j', (rule_, path, position, length) => {
    expect(() => compileRule(rule_)).toThrow(InvalidRuleError);
    expect(() => compileRule(rule_)).toThrow(
      expect.objectContaining({ path, position, length }),
    );
  });
});

describe('keys', () => {
  it.each<[string, string | undefined, string[], string]>([
    [
      'main-[0-9a-f]+-(?P<ts>[0-9]+)',
      '$ts',
      ['main-a-9', 'main-b-10', 'x-11'],
      'main-b-10',
    ],
    [
      'main-[0-9a-f]+-([0-9]+)',
      undefined,
      ['main-a-9', 'main-b-10'],
      'main-b-10',
    ],
    ['(a|b)-(?P<key>[0-9]+)', undefined, ['a-9', 'b-10', 'c-11'], 'b-10'],
    ['([0-9]+)_([0-9]+)', '${2}${1}', ['1_2', '2_1'], '1_2'],
    ['.*-([0-9]+)', undefined, ['x-1-9', 'y-20-8'], 'x-1-9'],
    ['([0-9]+)', '$0', ['9', '10'], '10'],
    ['(?:.*-{2}(?P<key>[0-9]+))?', undefined, ['x--9', 'y--10'], 'y--10'],
  ])('%s %s', (pattern, template, tags, expected) => {
    expect(
      selectTag(
        { kind: 'numeric', key: { pattern, template } },
        tags.map(tag => ({ tag })),
        { complete: true },
      ).selected?.tag,
    ).toBe(expected);
  });

  it('says what is wrong with a tag', () => {
    const rule: TagRule = { kind: 'numeric', key: { pattern: 'b-(.*)' } };
    expect(codeOf(rule, 'b-1')).toBe('number-read');
    expect(codeOf(rule, 'b-x')).toBe('number-unreadable');
    expect(codeOf(rule, 'c-1')).toBe('key-differs');
    expect(codeOf({ ...rule, kind: 'natural' }, 'b-')).toBe('key-empty');
  });

  it('compares the part of a version only', () => {
    const rule: TagRule = {
      kind: 'semver',
      range: '^1',
      key: { pattern: '(.*)-alpine' },
    };
    const tags = ['1.2.0', '1.1.0-alpine', '1.10.0-alpine', '2.0.0-alpine'];
    expect(
      selectTag(
        rule,
        tags.map(tag => ({ tag })),
        { complete: true },
      ),
    ).toMatchObject({
      selected: { tag: '1.10.0-alpine' },
      runnerUp: { tag: '1.1.0-alpine' },
    });
  });
});
