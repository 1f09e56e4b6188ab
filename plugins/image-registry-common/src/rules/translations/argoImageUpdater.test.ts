import { translateArgoImageUpdater } from './argoImageUpdater';
import { UntranslatableError } from './RuleTranslation';

const prefix = 'argocd-image-updater.argoproj.io';

function annotations(lines: Record<string, string>) {
  return Object.entries(lines)
    .map(([name, value]) => `${prefix}/${name}: ${JSON.stringify(value)}`)
    .join('\n');
}

describe('translateArgoImageUpdater', () => {
  it.each<[Record<string, string>, unknown, string[]]>([
    [
      { 'image-list': 'nginx:~1.26' },
      { kind: 'semver', range: '~1.26', partialVersions: true },
      ['note-partial-versions', 'note-never-back', 'note-artifacts-excluded'],
    ],
    [
      { 'image-list': 'web=ghcr.io:443/acme/web:2.x-0' },
      {
        kind: 'semver',
        range: '2.x',
        prereleases: true,
        partialVersions: true,
      },
      ['note-partial-versions', 'note-never-back', 'note-artifacts-excluded'],
    ],
    [
      {
        'image-list': ' web = acme/a:1.x ',
        'web.update-strategy': ' Alphabetical',
        'web.tag-match': 'Regexp:^main-',
      },
      {
        kind: 'alphabetical',
        include: [{ kind: 'regex', pattern: 'main-.*' }],
      },
      ['note-never-back', 'note-artifacts-excluded'],
    ],
    [
      {
        'image-list': 'a=acme/a',
        'a.update-strategy': 'name',
        'a.ignore-tags': '\\*, [!], [!a]x, \\v1, [^b]y',
        platforms: 'linux/amd64',
      },
      {
        kind: 'alphabetical',
        exclude: [
          { kind: 'glob', pattern: '[a]x' },
          { kind: 'glob', pattern: 'v1' },
          { kind: 'glob', pattern: '[^b]y' },
        ],
      },
      ['note-never-back', 'note-artifacts-excluded'],
    ],
    [
      {
        'image-list': 'tool=acme/tool',
        'tool.update-strategy': 'latest',
        'tool.allow-tags': 'regexp:^v1.0.0-[0-9a-zA-Z]+$',
        'tool.ignore-tags': 'latest, v1.0.0-dev*',
        'tool.platforms': 'linux/amd64,linux/arm64',
      },
      {
        kind: 'newest-created',
        include: [{ kind: 'regex', pattern: 'v1.0.0-[0-9a-zA-Z]+' }],
        exclude: [
          { kind: 'glob', pattern: 'latest' },
          { kind: 'glob', pattern: 'v1.0.0-dev*' },
        ],
        platforms: ['linux/amd64', 'linux/arm64'],
      },
      [
        'note-all-platforms',
        'note-created-lookup',
        'note-never-back',
        'note-artifacts-excluded',
      ],
    ],
    [
      {
        'image-list': 'acme/app:edge',
        'acme_app.update-strategy': 'digest',
        'acme_app.force-update': 'true',
      },
      { kind: 'same-tag', tag: 'edge' },
      ['note-ignored'],
    ],
    [
      {
        'image-list': 'a=acme/a',
        'update-strategy': 'alphabetical',
        'a.platforms': 'linux/amd64',
      },
      { kind: 'alphabetical' },
      ['note-ignored', 'note-never-back', 'note-artifacts-excluded'],
    ],
  ])('%j', (lines, rule, codes) => {
    const [translation] = translateArgoImageUpdater(annotations(lines));
    expect(translation.rule).toEqual(rule);
    expect(translation.notes.map(({ code }) => code)).toEqual(codes);
  });

  it('reads an Application with several images', () => {
    const text = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  annotations:
    ${prefix}/image-list: web=ghcr.io/acme/web:^1, acme/api
`;
    expect(translateArgoImageUpdater(text)).toMatchObject([
      {
        subject: 'web',
        image: 'ghcr.io/acme/web',
        rule: { kind: 'semver', range: '^1' },
      },
      { image: 'acme/api', rule: { kind: 'semver', range: '*' } },
    ]);
  });

  it('reads an ImageUpdater, the nearest setting first', () => {
    const text = `apiVersion: ${prefix}/v1alpha1
kind: ImageUpdater
spec:
  commonUpdateSettings:
    updateStrategy: newest-build
    ignoreTags: [latest]
  applicationRefs:
    - namePattern: shop-*
      commonUpdateSettings:
        updateStrategy: alphabetical
      images:
        - alias: web
          imageName: ghcr.io/acme/web:1.x
          commonUpdateSettings:
            updateStrategy: semver
            allowTags: "regexp:^[0-9.]+$"
        - alias: api
          imageName: ghcr.io/acme/api
`;
    expect(translateArgoImageUpdater(text)).toMatchObject([
      {
        subject: 'web',
        rule: {
          kind: 'semver',
          range: '1.x',
          include: [{ kind: 'regex', pattern: '[0-9.]+' }],
          exclude: [{ kind: 'glob', pattern: 'latest' }],
        },
      },
      {
        subject: 'api',
        rule: {
          kind: 'alphabetical',
          exclude: [{ kind: 'glob', pattern: 'latest' }],
        },
      },
    ]);
  });

  it.each([
    [{ 'image-list': 'a=b', 'a.allow-tags': '^v1' }, 'note-no-equivalent'],
    [
      { 'image-list': 'a=b', 'a.update-strategy': 'digest' },
      'note-no-equivalent',
    ],
    [
      { 'image-list': 'a=b', 'a.update-strategy': 'random' },
      'note-no-equivalent',
    ],
    [{ 'image-list': 'a=b', 'a.allow-tags': 'regexp:(' }, 'note-invalid-rule'],
    [{ 'image-list': 'a=b', 'a.ignore-tags': '[z' }, 'note-invalid-rule'],
  ])('says why %j is no rule here', (lines, code) => {
    const [translation] = translateArgoImageUpdater(annotations(lines));
    expect(translation.rule).toBeUndefined();
    expect(translation.notes).toMatchObject([{ code }]);
  });

  it('refuses what names no image', () => {
    expect(() => translateArgoImageUpdater('a: 1')).toThrow(
      UntranslatableError,
    );
  });
});
