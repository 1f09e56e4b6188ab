import fc from 'fast-check';
import { compileRule } from '../compileRule';
import { selectTag } from '../evaluateRule';
import { InvalidRuleError } from '../InvalidRuleError';
import { TagRule } from '../tagRule';
import { compareNumbers, readNumber } from './numeric';
import { compareNaturally } from './text';

function newest(rule: TagRule, tags: string[]) {
  return selectTag(
    rule,
    tags.map(tag => ({ tag })),
    { complete: true },
  ).selected?.tag;
}

describe('numeric order', () => {
  it.each([
    ['by value', ['9', '100', '10'], '100'],
    [
      'beyond 2^53',
      ['20240101120000123', '20240101120000124'],
      '20240101120000124',
    ],
    [
      'of 30 digits',
      [`1${'0'.repeat(29)}`, `9${'0'.repeat(28)}`],
      `1${'0'.repeat(29)}`,
    ],
    ['with zeros before them', ['007', '10', '9'], '10'],
    ['of equal value by spelling', ['7', '007', '07'], '7'],
    ['with fractions', ['1.5', '1.25', '1.10'], '1.5'],
    ['only', ['1', 'latest', '2', '1e9', '0x10', '-3', 'Infinity', '1.'], '2'],
  ])('compares numbers %s', (_, tags, expected) => {
    expect(newest({ kind: 'numeric' }, tags)).toBe(expected);
    expect(newest({ kind: 'numeric' }, [...tags].reverse())).toBe(expected);
  });

  it('takes the smallest where the order goes down', () => {
    const rule: TagRule = { kind: 'numeric', order: 'descending' };
    expect(newest(rule, ['9', '100', '10'])).toBe('9');
    expect(compileRule(rule).describe()).toBe(
      'the highest number, the smallest first',
    );
  });

  it('agrees with exact integers', () => {
    const digits = fc.bigInt(0n, 10n ** 40n);
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const [numberA, numberB] = [readNumber(`00${a}`), readNumber(`${b}`)];
        expect(Math.sign(compareNumbers(numberA!, numberB!)) || 0).toBe(
          Number(a > b) - Number(a < b),
        );
      }),
    );
  });
});

describe('natural and alphabetical order', () => {
  it.each([
    ['b-9', 'b-100', 'b-100', 'b-9'],
    ['v1.10', 'v1.9', 'v1.10', 'v1.9'],
    ['2026-9-1', '2026-10-1', '2026-10-1', '2026-9-1'],
    ['a', 'B', 'a', 'a'],
    ['x-01', 'x-1', 'x-1', 'x-1'],
    ['x', 'x-1', 'x-1', 'x-1'],
  ])('of %s and %s: %s by nature, %s by text', (a, b, natural, text) => {
    expect(newest({ kind: 'natural' }, [a, b])).toBe(natural);
    expect(newest({ kind: 'alphabetical' }, [a, b])).toBe(text);
  });

  it('is a total order of texts with numbers', () => {
    const text = fc.stringMatching(/^[ab01-]{0,8}$/);
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const sign = (x: string, y: string) =>
          Math.sign(compareNaturally(x, y));
        expect(sign(a, b) + sign(b, a)).toBe(0);
        const [low, middle, high] = [a, b, c].sort(compareNaturally);
        expect(sign(low, middle)).toBeLessThanOrEqual(0);
        expect(sign(low, high)).toBeLessThanOrEqual(0);
        expect(sign(middle, high)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('calendar versions', () => {
  it.each([
    ['YYYY.0M.MICRO', ['2026.09.2', '2026.10.1', '2025.12.9'], '2026.10.1'],
    ['YYYY.MM.DD', ['2026.9.30', '2026.10.1', '2026.010.2'], '2026.10.1'],
    ['YYYY0M0D', ['20260109', '20251231', '2026010', '20261301'], '20260109'],
    ['YY.0M[.MICRO]', ['22.04', '22.04.1', '20.10.9'], '22.04.1'],
    ['0D.0M.YYYY', ['31.01.2025', '01.02.2025', '15.01.2026'], '15.01.2026'],
    [
      'YYYY0M0D[-MODIFIER]',
      ['20260101-rc9', '20260101', '20260101-rc10'],
      '20260101',
    ],
    [
      'YYYY0M0D-MODIFIER',
      ['20260101-b9', '20260101-b10', '20260101'],
      '20260101-b10',
    ],
    [
      'release-YYYY.WW',
      ['release-2026.9', 'release-2026.53', 'release-2026.54'],
      'release-2026.53',
    ],
    ['MAJOR.YYYY.MICRO', ['1.2026.5', '2.2024.1', '10.2020.0'], '10.2020.0'],
    [
      'YYYY.MICRO',
      ['2026.99999999999999999998', '2026.99999999999999999999'],
      '2026.99999999999999999999',
    ],
    ['YYYY[.MM[.DD]]', ['2026', '2026.1', '2026.1.5', '2026.'], '2026.1.5'],
  ])('%s', (format, tags, expected) => {
    expect(newest({ kind: 'calver', format }, tags)).toBe(expected);
    expect(newest({ kind: 'calver', format }, [...tags].reverse())).toBe(
      expected,
    );
  });

  it('says which format a tag has not', () => {
    expect(
      compileRule({ kind: 'calver', format: 'YYYY.0M' }).test('2026.13'),
    ).toMatchObject({ accepted: false, reason: { code: 'calendar-differs' } });
  });

  it.each([
    ['build', 0, 5],
    ['YYYY.YY', 5, 2],
    ['MMDD', 2, 2],
    ['MICRO0D', 5, 2],
    ['MICRO[MINOR]', 6, 5],
    ['YYYYMODIFIER', 4, 8],
    ['MICRO7', 5, 1],
    ['YYYY-MODIFIER.x', 13, 2],
    ['YYYY/MM', 4, 1],
    ['YYYY[.MM', 4, 1],
    ['YYYY].MM', 4, 1],
  ])('refuses %s at %i for %i', (format, position, length) => {
    expect(() => compileRule({ kind: 'calver', format })).toThrow(
      InvalidRuleError,
    );
    expect(() => compileRule({ kind: 'calver', format })).toThrow(
      expect.objectContaining({ path: 'format', position, length }),
    );
  });
});
