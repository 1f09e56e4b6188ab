import { TagRule } from '../tagRule';
import { translateFlux } from './flux';
import { UntranslatableError } from './RuleTranslation';

function policy(spec: string, name = 'web') {
  return `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: ${name}
spec:
  imageRepositoryRef:
    name: web
${spec.replace(/^/gm, '  ')}
`;
}

const repository = (more: string) => `---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: { name: web }
spec:
  image: ghcr.io/acme/web
${more.replace(/^/gm, '  ')}
`;

describe('translateFlux', () => {
  it.each<[string, string, TagRule, string[]]>([
    [
      'a range',
      'policy:\n  semver:\n    range: ">=1.0.0 <2.0.0"',
      { kind: 'semver', range: '>=1.0.0 <2.0.0' },
      ['note-ties'],
    ],
    [
      'a range of prereleases',
      'policy:\n  semver:\n    range: ^1.x-0',
      { kind: 'semver', range: '^1.x', prereleases: true },
      ['note-ties'],
    ],
    [
      'prereleases below a whole version',
      'policy:\n  semver:\n    range: ">=1.0.0-0, <2.0.0"',
      { kind: 'semver', range: '>=1.0.0-0, <2.0.0', prereleases: true },
      ['note-ties'],
    ],
    [
      'alternatives of which one names a prerelease',
      'policy:\n  semver:\n    range: "~1.2.0-rc.1 || >=2"',
      { kind: 'semver', range: '~1.2.0-rc.1 || >=2', prereleases: true },
      ['note-prerelease-bound', 'note-prerelease-alternatives', 'note-ties'],
    ],
    [
      'a range that names a prerelease',
      'policy:\n  semver:\n    range: ">=1.2.3-beta.1, <2"',
      { kind: 'semver', range: '>=1.2.3-beta.1, <2', prereleases: true },
      ['note-prerelease-bound', 'note-ties'],
    ],
    [
      'a filter with numbers',
      "filterTags:\n  pattern: '^main-[a-fA-F0-9]+-(?P<ts>.*)'\n  extract: '$ts'\npolicy:\n  numerical:\n    order: asc",
      {
        kind: 'numeric',
        key: {
          pattern: 'main-[a-fA-F0-9]+-(?P<ts>.*)',
          template: '$ts',
        },
      },
      ['note-exact-numbers'],
    ],
    [
      'a filter without extraction',
      "filterTags:\n  pattern: '.*-rc.*'\npolicy:\n  semver:\n    range: ^1.x-0",
      {
        kind: 'semver',
        range: '^1.x',
        prereleases: true,
        include: [{ kind: 'regex', pattern: '.*-rc.*' }],
      },
      ['note-ties'],
    ],
    [
      'the smallest text',
      'policy:\n  alphabetical:\n    order: desc',
      { kind: 'alphabetical', order: 'descending' },
      [],
    ],
  ])('reads %s', (_, spec, rule, codes) => {
    const [translation] = translateFlux(policy(spec));
    expect(translation.subject).toBe('web');
    expect(translation.rule).toEqual(rule);
    expect(translation.notes.map(({ code }) => code)).toEqual([
      'note-artifacts-excluded',
      'note-digest-always',
      ...codes,
      'note-never-back',
    ]);
  });

  it('takes image and exclusions from the repository beside it', () => {
    const text =
      policy('policy:\n  alphabetical: {}\ndigestReflectionPolicy: Always') +
      repository('exclusionList: ["^.*\\\\.sig$", "^dev-"]');
    expect(translateFlux(text)).toMatchObject([
      {
        image: 'ghcr.io/acme/web',
        rule: {
          kind: 'alphabetical',
          exclude: [{ kind: 'regex', pattern: 'dev-.*' }],
        },
        notes: [
          { code: 'note-artifacts-excluded' },
          { code: 'note-never-back' },
        ],
      },
    ]);
  });

  it('takes the repository of the policy\u2019s own namespace', () => {
    const resources = ['a', 'b'].flatMap(namespace =>
      [
        `kind: ImageRepository\nmetadata: { name: r, namespace: ${namespace} }\nspec: { image: x/${namespace} }`,
        `kind: ImagePolicy\nmetadata: { name: p, namespace: ${namespace} }\nspec:\n  imageRepositoryRef: { name: r }\n  policy: { alphabetical: {} }`,
        `kind: ImagePolicy\nmetadata: { name: q, namespace: ${namespace} }\nspec:\n  imageRepositoryRef: { name: r, namespace: b }\n  policy: { alphabetical: {} }`,
      ].map(text => `apiVersion: image.toolkit.fluxcd.io/v1\n${text}\n`),
    );
    expect(
      translateFlux(resources.join('---\n')).map(({ image }) => image),
    ).toEqual(['x/a', 'x/b', 'x/b', 'x/b']);
  });

  it.each(['range: *foo', 'a: &a [x]\nb: *c'])(
    'says that an alias of nothing cannot be read: %j',
    text => {
      expect(() => translateFlux(text)).toThrow(
        expect.objectContaining({
          reason: expect.objectContaining({ code: 'paste-not-yaml' }),
        }),
      );
    },
  );

  it('refuses aliases that would become very much', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 10; level++) {
      lines.push(`a${level}: &a${level} [${Array(10).fill(`*a${level - 1}`)}]`);
    }
    expect(() => translateFlux(lines.join('\n'))).toThrow(UntranslatableError);
  });

  it('reads several policies at once', () => {
    const text = [
      policy('policy:\n  alphabetical: {}', 'a'),
      policy('policy:\n  numerical: {}\nsuspend: true', 'b'),
      'apiVersion: v1\nkind: Secret\n',
    ].join('---\n');
    expect(translateFlux(text).map(({ subject }) => subject)).toEqual([
      'a',
      'b',
    ]);
    expect(translateFlux(text)[1].notes).toContainEqual(
      expect.objectContaining({
        code: 'note-elsewhere',
        params: { setting: 'spec.suspend' },
      }),
    );
  });

  it.each([
    ['policy: {}', 'note-no-equivalent'],
    ['policy:\n  semver:\n    range: ">>1"', 'note-invalid-rule'],
    [
      "filterTags:\n  pattern: '(a'\npolicy:\n  alphabetical: {}",
      'note-invalid-rule',
    ],
  ])('says why %j is no rule here', (spec, code) => {
    const [translation] = translateFlux(policy(spec));
    expect(translation.rule).toBeUndefined();
    expect(translation.notes).toMatchObject([{ code }]);
  });

  it('says where a text is no YAML, and when it is not of Flux', () => {
    expect(() => translateFlux('a: [1\nb: 2')).toThrow(
      expect.objectContaining({
        reason: expect.objectContaining({ code: 'paste-not-yaml' }),
        position: expect.any(Number),
      }),
    );
    for (const text of ['', 'kind: ImagePolicy', '- 1', 'x'.repeat(100_001)]) {
      expect(() => translateFlux(text)).toThrow(UntranslatableError);
    }
  });
});
