import { TagRule } from '@slipway/backstage-plugin-image-registry-common';
import { draftOf, problemOf, ruleOf, withKind, withText } from './RuleDraft';

const glob = { kind: 'glob', pattern: '*-rc*' } as const;
const regex = { kind: 'regex', pattern: 'x.*' } as const;

describe('RuleDraft', () => {
  it.each<TagRule>([
    { kind: 'same-tag', tag: 'stable', platforms: ['linux/amd64'] },
    { kind: 'list', tags: ['a', 'b'], goBack: true },
    { kind: 'regex', pattern: 'v.*', exclude: [regex, glob] },
    { kind: 'glob', pattern: 'v*', include: [regex, glob] },
    {
      kind: 'glob',
      pattern: 'v*',
      exclude: [{ kind: 'list', tags: ['v1', 'v2'] }, glob],
    },
    {
      kind: 'semver',
      range: '^1',
      prereleases: true,
      partialVersions: true,
      buildMetadata: true,
      key: { pattern: '(.*)-alpine' },
    },
    { kind: 'calver', format: 'YYYY.0M', exclude: [glob] },
    {
      kind: 'numeric',
      key: { pattern: 'b-(?P<n>[0-9]+)', template: '$n' },
      order: 'descending',
    },
    { kind: 'natural' },
    { kind: 'alphabetical', platforms: ['linux/amd64', 'linux/arm64'] },
    { kind: 'newest-pushed', include: [glob] },
    { kind: 'newest-created' },
  ])('keeps all that a saved rule says: %j', rule => {
    expect(ruleOf(draftOf(rule))).toEqual(rule);
  });

  it('keeps the text of each kind, but not what only one kind says', () => {
    const saved = draftOf({
      kind: 'semver',
      range: '^1',
      key: { pattern: '(.*)-alpine' },
      exclude: [glob],
    });
    const changed = withText(withKind(saved, 'regex'), 'v.*');
    expect(ruleOf(changed)).toEqual({
      kind: 'regex',
      pattern: 'v.*',
      exclude: [glob],
    });
    expect(ruleOf(withKind(changed, 'semver'))).toEqual({
      kind: 'semver',
      range: '^1',
      exclude: [glob],
    });
  });

  it('leaves out a filter that says nothing yet', () => {
    const draft = draftOf({ kind: 'newest-pushed', include: [regex] });
    const added = { side: 'include', kind: 'glob', text: ' ' } as const;
    expect(ruleOf({ ...draft, filters: [added, ...draft.filters] })).toEqual({
      kind: 'newest-pushed',
      include: [regex],
    });
  });

  it('finds what is wrong with a list and with platforms', () => {
    const list = withKind(draftOf(undefined, 'x'), 'list');
    expect(problemOf(ruleOf(list))?.path).toBe('tags');
    expect(
      problemOf(ruleOf({ ...draftOf(undefined, 'x'), platforms: 'amd64' }))
        ?.path,
    ).toBe('platforms.0');
  });
});
