import { compileRule } from './compileRule';
import { TagRule, tagRuleSchema } from './tagRule';

describe('tagRuleSchema', () => {
  it.each([
    '{"kind":"same-tag","tag":"stable"}',
    '{"kind":"regex","pattern":"main-.*"}',
    '{"kind":"semver","range":"^1.2"}',
    '{"kind":"semver","range":"^1.2","prereleases":true,"partialVersions":false}',
  ])('reads what was stored before there were more kinds: %s', stored => {
    const rule = tagRuleSchema.parse(JSON.parse(stored));
    expect(JSON.stringify(rule)).toBe(stored);
    expect(() => compileRule(rule)).not.toThrow();
  });

  it.each<TagRule>([
    { kind: 'same-tag', tag: 'latest', platforms: ['linux/amd64'] },
    { kind: 'list', tags: ['stable', 'edge'], goBack: true },
    {
      kind: 'regex',
      pattern: 'v.*',
      exclude: [{ kind: 'glob', pattern: '*-rc*' }],
    },
    { kind: 'glob', pattern: 'main-*' },
    {
      kind: 'semver',
      range: '^1',
      buildMetadata: true,
      key: { pattern: '(.*)-alpine' },
      include: [{ kind: 'list', tags: ['1.0.0-alpine'] }],
    },
    { kind: 'calver', format: 'YYYY.0M.MICRO' },
    {
      kind: 'numeric',
      order: 'descending',
      key: { pattern: 'b-(?P<n>[0-9]+)', template: '$n' },
    },
    { kind: 'natural' },
    { kind: 'alphabetical', order: 'ascending' },
    { kind: 'newest-pushed', platforms: ['linux/arm64/v8', 'linux/amd64'] },
    { kind: 'newest-created' },
  ])('reads and compiles %j', rule => {
    expect(tagRuleSchema.parse(rule)).toEqual(rule);
    expect(compileRule(rule).describe()).not.toBe('');
  });

  it.each([
    { kind: 'newest' },
    { kind: 'same-tag', tag: 'a', exclude: [{ kind: 'glob', pattern: '*' }] },
    { kind: 'list', tags: [] },
    { kind: 'list', tags: Array.from({ length: 101 }, (_, n) => `t${n}`) },
    { kind: 'regex', pattern: '' },
    { kind: 'regex', pattern: 'a', prereleases: true },
    { kind: 'newest-pushed', platforms: ['amd64'] },
    { kind: 'newest-pushed', include: [] },
    { kind: 'numeric', key: { pattern: '' } },
  ])('refuses %j', rule => {
    expect(tagRuleSchema.safeParse(rule).success).toBe(false);
  });
});
