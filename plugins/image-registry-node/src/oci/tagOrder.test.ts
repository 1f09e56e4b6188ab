import fc from 'fast-check';
import { compareNatural, sortTags } from './tagOrder';

const tag = fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,12}$/);

describe('compareNatural', () => {
  it.each([
    ['v9', 'v10'],
    ['1.2.9', '1.2.10'],
    ['1.2', '1.2.0'],
    ['1.10.0-rc2', '1.10.0-rc10'],
    // Longer than a double can count.
    ['b99999999999999999998', 'b99999999999999999999'],
    ['20261121', '20261122'],
    ['01', '1'],
  ])('puts %s before %s', (a, b) => {
    expect(compareNatural(a, b)).toBeLessThan(0);
    expect(compareNatural(b, a)).toBeGreaterThan(0);
  });

  it('is a total order', () => {
    fc.assert(
      fc.property(tag, tag, tag, (a, b, c) => {
        expect(compareNatural(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareNatural(a, b))).toBe(
          -Math.sign(compareNatural(b, a)) + 0,
        );
        const [first, second, third] = [a, b, c].sort(compareNatural);
        expect(compareNatural(first, second)).toBeLessThanOrEqual(0);
        expect(compareNatural(first, third)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('sortTags', () => {
  it.each([
    ['natural-asc', ['v1', 'v2', 'v10']],
    ['natural-desc', ['v10', 'v2', 'v1']],
    ['pushed-desc', ['v10', 'v2', 'v1']],
  ] as const)('sorts %s', (sort, expected) => {
    expect(sortTags(['v10', 'v1', 'v2'], sort)).toEqual(expected);
  });
});
