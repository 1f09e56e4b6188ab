import fc from 'fast-check';
import { satisfies, compare as compareByNode } from 'semver';
import { compileRule } from '../compileRule';
import { selectTag } from '../evaluateRule';
import { InvalidRuleError } from '../InvalidRuleError';
import { TagRule } from '../tagRule';

type SemverRule = Extract<TagRule, { kind: 'semver' }>;

function semver(range: string, options?: Partial<SemverRule>) {
  return compileRule({ kind: 'semver', range, ...options });
}

function newest(range: string, tags: string[], options?: Partial<SemverRule>) {
  return selectTag(
    semver(range, options),
    tags.map(tag => ({ tag })),
    { complete: true },
  ).selected?.tag;
}

describe('semver: what is newest', () => {
  it.each([
    ['numbers as numbers', '*', ['1.9.0', '1.10.0', '1.2.0'], '1.10.0'],
    [
      'timestamps beyond 2^53',
      '*',
      [
        '1.0.20240101120000123',
        '1.0.20240101120000124',
        '1.0.20240101120000122',
      ],
      '1.0.20240101120000124',
    ],
    [
      'digits that a float holds for equal',
      '>=1.0.0',
      [
        '1.0.90071992547409930',
        '1.0.90071992547409931',
        '1.0.9007199254740993',
      ],
      '1.0.90071992547409931',
    ],
    [
      '20-digit majors',
      '>99999999999999999998.0.0',
      ['99999999999999999998.0.0', '99999999999999999999.0.0'],
      '99999999999999999999.0.0',
    ],
    [
      'a release over its prereleases',
      '>=1.0.0-rc.1',
      ['1.0.0-rc.2', '1.0.0', '1.0.0-rc.10'],
      '1.0.0',
    ],
    [
      'numeric identifiers as numbers',
      '>=1.0.0-rc.1 <1.0.0',
      ['1.0.0-rc.2', '1.0.0-rc.10'],
      '1.0.0-rc.10',
    ],
    [
      'long numeric identifiers',
      '>=1.0.0-0 <1.0.0',
      ['1.0.0-20240101120000123', '1.0.0-20240101120000124'],
      '1.0.0-20240101120000124',
    ],
    ['the plain spelling of equal versions', '*', ['v2.0.0', '2.0.0'], '2.0.0'],
    ['the plain spelling, given first', '*', ['2.0.0', 'v2.0.0'], '2.0.0'],
    ['v over V', '*', ['V2.0.0', 'v2.0.0'], 'v2.0.0'],
    [
      'only what is a version',
      '*',
      ['latest', '20240101', '1234567', '1.2', '1.0.0'],
      '1.0.0',
    ],
    [
      'no suffixed variants',
      '^1.2',
      ['1.2.5-alpine', '1.2.4', '1.2.6-bookworm'],
      '1.2.4',
    ],
    ['nothing out of range', '~1.2.0', ['1.3.0', '2.0.0'], undefined],
    [
      'nothing of a signature',
      '>=1.0.0-0',
      ['1.0.0-rc.sig', '1.0.0-beta'],
      '1.0.0-beta',
    ],
  ])('%s', (_, range, tags, expected) => {
    expect(newest(range, tags)).toBe(expected);
    expect(newest(range, [...tags].reverse())).toBe(expected);
  });

  it('takes partial versions only where the rule says so', () => {
    const tags = ['1', '1.9', '1.10', '1.8.0'];
    expect(newest('^1', tags)).toBe('1.8.0');
    expect(newest('^1', tags, { partialVersions: true })).toBe('1.10');
    expect(newest('^1', ['1.10', '1.10.0'], { partialVersions: true })).toBe(
      '1.10.0',
    );
  });

  it('takes all prereleases only where the rule says so', () => {
    const tags = ['1.2.0', '1.3.0-rc.1'];
    expect(newest('^1', tags)).toBe('1.2.0');
    expect(newest('^1', tags, { prereleases: true })).toBe('1.3.0-rc.1');
  });
});

describe('semver: why a tag is taken or not', () => {
  it.each([
    ['1.2.3', 'version-in-range'],
    ['v1.2.3', 'version-in-range'],
    ['1.9.0-rc.1', 'version-is-prerelease'],
    ['2.0.0', 'version-out-of-range'],
    ['2.0.0-rc.1', 'version-out-of-range'],
    ['1.2', 'version-partial'],
    ['v1', 'version-partial'],
    ['01.2.3', 'version-leading-zero'],
    ['2024.01.05', 'version-leading-zero'],
    ['1.2.3.4', 'version-unreadable'],
    ['1.2.3_1', 'version-unreadable'],
    ['1.2.3-', 'version-unreadable'],
    ['1.2.3-a..b', 'version-unreadable'],
    ['latest', 'version-unreadable'],
    ['v', 'version-unreadable'],
    ['1.2.', 'version-unreadable'],
    [`sha256-${'a'.repeat(64)}`, 'tag-is-artifact'],
    [`sha256-${'a'.repeat(64)}.sig`, 'tag-is-artifact'],
    ['1.2.3.sig', 'tag-is-artifact'],
    ['-ot-beta-jmx', 'tag-invalid'],
    [`sha256:${'a'.repeat(64)}`, 'tag-invalid'],
    [`1.2.3-${'a'.repeat(128)}`, 'tag-invalid'],
    ['', 'tag-invalid'],
  ])('%s: %s', (tag, code) => {
    expect(semver('^1.2').test(tag)).toMatchObject({
      accepted: code === 'version-in-range',
      reason: { code },
    });
  });
});

describe('semver: ranges', () => {
  it.each([
    // [range, in range, out of range]
    ['=1.2.3', ['1.2.3'], ['1.2.4']],
    ['1.2', ['1.2.0', '1.2.9'], ['1.3.0', '1.1.9']],
    ['1', ['1.0.0', '1.99.0'], ['2.0.0']],
    ['1.x', ['1.5.0'], ['2.0.0']],
    ['1.2.*', ['1.2.5'], ['1.3.0']],
    ['v1.2', ['v1.2.5'], ['1.3.0']],
    ['*', ['0.0.0', '99.0.0'], ['1.0.0-rc.1']],
    ['>=1.2, <2', ['1.2.0', '1.9.9'], ['2.0.0', '1.1.0']],
    ['>=1.2,<2', ['1.2.0', '1.9.9'], ['2.0.0']],
    ['>=1.2 <2', ['1.2.0'], ['2.0.0']],
    ['=>1.2 =<1.4', ['1.2.0', '1.4.9'], ['1.5.0']],
    ['~>1.2', ['1.2.9'], ['1.3.0']],
    ['~> 1.2.3', ['1.2.9'], ['1.2.2', '1.3.0']],
    ['~1', ['1.9.0'], ['2.0.0']],
    ['^0.2.3', ['0.2.9'], ['0.3.0']],
    ['^0.0.3', ['0.0.3'], ['0.0.4']],
    ['^0.0', ['0.0.9'], ['0.1.0']],
    ['^0', ['0.9.0'], ['1.0.0']],
    ['!=1.2.3', ['1.2.4'], ['1.2.3']],
    ['>=1.0.0, !=1.2', ['1.3.0'], ['1.2.0', '1.2.9']],
    ['1.2 - 1.4', ['1.2.0', '1.4.9'], ['1.5.0']],
    ['1.2.3 - 1.4.5', ['1.4.5'], ['1.4.6', '1.2.2']],
    ['^1.2 || ^3', ['1.2.0', '3.1.0'], ['2.0.0']],
    ['^1.2||^3', ['3.1.0'], ['2.0.0']],
    ['>1.2', ['1.3.0'], ['1.2.9']],
    ['<=1.2', ['1.2.9'], ['1.3.0']],
    ['<*', [], ['1.0.0']],
    ['>=1.2.3-rc.1', ['1.2.3-rc.2', '1.3.0'], ['1.3.0-rc.1']],
    ['1.2.3+build.5', ['1.2.3'], ['1.2.4']],
  ])('%s', (range, inside, outside) => {
    const rule = semver(range);
    expect(inside.filter(tag => !rule.test(tag).accepted)).toEqual([]);
    expect(outside.filter(tag => rule.test(tag).accepted)).toEqual([]);
  });

  it.each([
    ['', 0],
    ['latest', 0],
    ['>=', 2],
    ['>=1.2 <', 7],
    ['1.2.3.4', 5],
    ['>>1', 0],
    ['1.02', 2],
    ['1.x.3', 4],
    ['^1.x-0', 4],
    ['1.2.3-01', 5],
    ['1.2.3-a..b', 5],
    ['1 ||', 4],
    ['|| 1', 0],
    ['1 | 2', 2],
    ['1,,2', 2],
    ['1,', 2],
    [',1', 0],
    ['1.2.3 - ', 8],
    ['^1 $', 3],
    ['1.2x', 3],
    ['2*', 1],
    ['**', 1],
    ['x1', 1],
    ['1.2.3v2', 5],
    ['~1.2.3*', 6],
  ])('refuses %j at %i', (range, position) => {
    expect(() => semver(range)).toThrow(InvalidRuleError);
    expect(() => semver(range)).toThrow(
      expect.objectContaining({ path: 'range', position, name: 'InputError' }),
    );
  });
});

describe('semver: against npm', () => {
  const number = fc.oneof(fc.nat(3), fc.nat(30)).map(String);
  const prerelease = fc
    .array(fc.constantFrom('0', '1', '2', '10', 'rc', 'alpha', 'a-b', 'X'), {
      minLength: 1,
      maxLength: 3,
    })
    .map(parts => `-${parts.join('.')}`);
  const optionalPrerelease = fc.oneof(fc.constant(''), prerelease);
  const version = fc
    .tuple(number, number, number, optionalPrerelease)
    .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre}`);
  const partial = fc.oneof(
    version,
    number,
    fc.tuple(number, number).map(parts => parts.join('.')),
    number.map(part => `${part}.x`),
    fc.tuple(number, number).map(([a, b]) => `${a}.${b}.*`),
    fc.constant('*'),
  );
  const operator = fc.constantFrom(
    '',
    '=',
    '<',
    '<=',
    '>',
    '>=',
    '~',
    '~>',
    '^',
    '> ',
    '>= ',
    '^v',
  );
  const comparator = fc.tuple(operator, partial).map(parts => parts.join(''));
  const range = fc
    .array(
      fc.oneof(
        fc
          .array(comparator, { minLength: 1, maxLength: 2 })
          .map(parts => parts.join(' ')),
        fc.tuple(partial, partial).map(parts => parts.join(' - ')),
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map(parts => parts.join(' || '));

  it.each([false, true])(
    'agrees on what is in a range, prereleases: %s',
    prereleases => {
      fc.assert(
        fc.property(
          range,
          fc.array(version, { minLength: 5 }),
          (text, tags) => {
            const rule = semver(text, { prereleases });
            for (const tag of tags) {
              expect({ tag, accepted: rule.test(tag).accepted }).toEqual({
                tag,
                accepted: satisfies(tag, text, {
                  includePrerelease: prereleases,
                }),
              });
            }
          },
        ),
        { numRuns: 1000 },
      );
    },
  );

  it('agrees on the order', () => {
    const rule = semver('*', { prereleases: true });
    fc.assert(
      fc.property(version, version, (a, b) => {
        const order = rule.compare({ tag: a }, { tag: b });
        expect(Math.sign(order)).toBe(compareByNode(a, b));
      }),
      { numRuns: 1000 },
    );
  });
});
