import { adviseRule } from './adviseRule';
import { TagRule } from './tagRule';

const regex = (pattern: string): TagRule => ({ kind: 'regex', pattern });

describe('adviseRule', () => {
  it.each([
    ['v5.*', 'v50', 'v5\\..*'],
    ['^v5.*$', 'v50', '^v5\\..*$'],
    ['release-1.+', 'release-10', 'release-1\\..+'],
    ['v1.0', 'v100', 'v1\\.0'],
    ['v1.2.[0-9]+', null, 'v1\\.2\\.[0-9]+'],
  ])('%s also accepts %s; %s would not', (pattern, example, instead) => {
    const [{ path, reason }] = adviseRule(regex(pattern));
    expect(path).toBe('pattern');
    expect(reason).toMatchObject({
      code: 'pattern-looser',
      params: { pattern, instead, ...(example && { example }) },
    });
  });

  it.each([
    ['release-*', 'release-1', 'release-.*'],
    ['release-v*', 'release-v1', 'release-v.*'],
  ])('%s reads like a glob that takes %s', (pattern, example, instead) => {
    expect(adviseRule(regex(pattern))).toEqual([
      {
        path: 'pattern',
        reason: expect.objectContaining({
          code: 'pattern-like-glob',
          params: { pattern, example, instead },
        }),
      },
    ]);
  });

  it.each([
    'v5\\..*',
    'main-.*',
    '.*',
    '[0-9]+',
    'v[0-9]+',
    'a(b',
    'main|prod',
    // What they take beyond how they read is no tag.
    '.*5.*',
    '-*',
  ])('has nothing to say of %s', pattern => {
    expect(adviseRule(regex(pattern))).toEqual([]);
  });

  it('looks at every expression of a rule', () => {
    expect(
      adviseRule({
        kind: 'numeric',
        key: { pattern: 'v1.0-([0-9]+)' },
        exclude: [
          { kind: 'glob', pattern: 'release-*' },
          { kind: 'regex', pattern: 'release-*' },
        ],
      }).map(({ path }) => path),
    ).toEqual(['key.pattern', 'exclude.1.pattern']);
    expect(adviseRule({ kind: 'same-tag', tag: 'v5.1' })).toEqual([]);
  });
});
