import { compileRule } from '../compileRule';
import { selectTag } from '../evaluateRule';
import { TagRule } from '../tagRule';
import { translateKeel } from './keel';
import { UntranslatableError } from './RuleTranslation';

const versions = {
  partialVersions: true,
  exclude: [{ kind: 'regex', pattern: '[^.]*' }],
} as const;

describe('translateKeel', () => {
  it.each<[string, string | undefined, unknown]>([
    [
      'all',
      '1.2.3-alpine',
      { kind: 'semver', range: '*', prereleases: true, ...versions },
    ],
    ['major', '1.2.3', { kind: 'semver', range: '*', ...versions }],
    ['minor', 'v1.2.3', { kind: 'semver', range: '1.x', ...versions }],
    ['patch', '1.2.3', { kind: 'semver', range: '1.2.x', ...versions }],
    ['patch', '0.2', { kind: 'semver', range: '0.2.x', ...versions }],
    [
      'minor',
      '1.2.3-alpine3.20',
      {
        kind: 'semver',
        range: '1.x',
        ...versions,
        key: {
          pattern: '([vV]?[0-9]+(?:\\.[0-9]+)*)-alpine3\\.20',
        },
      },
    ],
    ['patch', '1', { kind: 'semver', range: '1.0.x', ...versions }],
    ['minor', 'latest', { kind: 'semver', range: '*', ...versions }],
    ['major', undefined, { kind: 'semver', range: '*', ...versions }],
    ['force', 'latest', { kind: 'newest-pushed' }],
    [
      'glob:build-*',
      undefined,
      { kind: 'natural', include: [{ kind: 'glob', pattern: 'build-*' }] },
    ],
    [
      'regexp:^([a-zA-Z]+)$',
      undefined,
      {
        kind: 'natural',
        include: [{ kind: 'regex', pattern: '([a-zA-Z]+)' }],
      },
    ],
    [
      'regexp:^b-(?P<compare>[0-9]+)',
      undefined,
      {
        kind: 'natural',
        key: { pattern: 'b-(?P<compare>[0-9]+).*', template: '${compare}' },
      },
    ],
  ])('%s while %s runs', (policy, runningTag, rule) => {
    const [translation] = translateKeel(`keel.sh/policy: "${policy}"`, {
      runningTag,
    });
    expect(translation.rule).toEqual(rule);
  });

  it('reads annotations, labels and values of charts', () => {
    const text = `metadata:
  name: web
  labels: { keel.sh/policy: all }
  annotations:
    keel.sh/policy: force
    keel.sh/match-tag: "true"
    keel.sh/trigger: poll
    keel.sh/approvals: "2"
---
keel:
  policy: patch
  matchPreRelease: false
`;
    expect(translateKeel(text, { runningTag: '1.2.3-rc1' })).toMatchObject([
      {
        subject: 'web',
        rule: { kind: 'same-tag', tag: '1.2.3-rc1' },
        notes: [
          { params: { setting: 'keel.sh/approvals' } },
          { params: { setting: 'keel.sh/trigger' } },
        ],
      },
      {
        rule: { kind: 'semver', range: '1.2.x', prereleases: true },
        notes: [
          { code: 'note-partial-versions' },
          { code: 'note-fixed-range' },
        ],
      },
    ]);
  });

  it('reads what shapes a policy where the policy stands', () => {
    const [{ rule }] = translateKeel(
      `metadata:
  labels: { keel.sh/policy: force }
  annotations: { keel.sh/matchTag: "true" }
`,
      { runningTag: '1.2.3' },
    );
    expect(rule).toEqual({ kind: 'newest-pushed' });
  });

  it.each(['stable', 'main-abc', '20240101.x'])(
    'says that nothing replaces %s, which is no version',
    runningTag => {
      expect(translateKeel('keel.sh/policy: major', { runningTag })).toEqual([
        {
          notes: [
            expect.objectContaining({ code: 'note-needs-version-running' }),
          ],
        },
      ]);
    },
  );

  it.each(['major', 'all'])('%s takes no tag without a dot', policy => {
    const [{ rule }] = translateKeel(`keel.sh/policy: ${policy}`, {
      runningTag: '1.2.3-alpine',
    });
    const tags = ['1.3.0-alpine', '7-alpine', '20240101-alpine'];
    expect(
      selectTag(
        rule as TagRule,
        tags.map(tag => ({ tag })),
        { complete: true },
      ).selected?.tag,
    ).toBe('1.3.0-alpine');
  });

  it('compares as numbers what is compared as text there', () => {
    const [{ rule }] = translateKeel(
      'keel.sh/policy: "regexp:^b-(?P<compare>.*)$"',
    );
    const tags = ['b-9', 'b-100', 'b-10'].map(tag => ({ tag }));
    expect(
      selectTag(rule as TagRule, tags, { complete: true }).selected?.tag,
    ).toBe('b-100');
  });

  it('keeps the suffix of what runs', () => {
    const [{ rule }] = translateKeel('keel.sh/policy: minor', {
      runningTag: '1.2.3-alpine',
    });
    const compiled = compileRule(rule as TagRule);
    expect(compiled.test('1.3.0-alpine').accepted).toBe(true);
    expect(compiled.test('1.3-alpine').accepted).toBe(true);
    for (const tag of ['1.3.0', '1.3.0-bookworm', '2.0.0-alpine', '1']) {
      expect({ tag, accepted: compiled.test(tag).accepted }).toEqual({
        tag,
        accepted: false,
      });
    }
  });

  it.each([
    ['never', 'note-no-equivalent'],
    ['minor', 'note-needs-running-tag'],
    ['force\nkeel.sh/matchTag: "true"', 'note-needs-running-tag'],
    ['"regexp:a(b"', 'note-invalid-rule'],
  ])('says why %j is no rule here', (policy, code) => {
    expect(translateKeel(`keel.sh/policy: ${policy}`)).toEqual([
      { notes: [expect.objectContaining({ code })] },
    ]);
  });

  it('refuses what names no policy', () => {
    expect(() => translateKeel('metadata: { name: web }')).toThrow(
      UntranslatableError,
    );
  });
});
