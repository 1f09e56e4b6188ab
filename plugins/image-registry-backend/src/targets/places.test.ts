import fc from 'fast-check';
import { environmentOf, matchesNamespace, patternsOverlap } from './places';

const letters = ['a', 'b'];

/** All names of at most this length over two letters. */
function names(longest: number): string[] {
  const shorter = longest === 0 ? [] : names(longest - 1);
  const previous = shorter.filter(name => name.length === longest - 1);
  return longest === 0
    ? ['']
    : [
        ...shorter,
        ...previous.flatMap(name => letters.map(letter => name + letter)),
      ];
}

const pattern = fc.string({
  unit: fc.constantFrom('a', 'b', '*'),
  maxLength: 5,
});

describe('places', () => {
  it.each([
    ['shop', 'shop', true],
    ['shop', 'shop-2', false],
    ['shop-*', 'shop-', true],
    ['shop-*', 'shop', false],
    ['*-prod', 'shop-prod', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['*', 'anything', true],
    ['a**b', 'ab', true],
  ])('%s on %s: %s', (text, namespace, fits) => {
    expect(matchesNamespace(text, namespace)).toBe(fits);
  });

  it('match as the same expression does', () => {
    const any = fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });
    fc.assert(
      fc.property(pattern, any, (text, name) => {
        const expression = new RegExp(`^${text.replaceAll('*', '.*')}$`);
        expect(matchesNamespace(text, name)).toBe(expression.test(name));
      }),
      { numRuns: 2000 },
    );
  });

  it('overlap exactly when some name fits both', () => {
    // Two patterns that overlap do so on a name no longer than both together.
    const all = names(10);
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const both = all.some(
          name => matchesNamespace(left, name) && matchesNamespace(right, name),
        );
        expect(patternsOverlap(left, right)).toBe(both);
        expect(patternsOverlap(right, left)).toBe(both);
      }),
      { numRuns: 300 },
    );
  });

  it('are compared quickly, whatever the patterns', () => {
    const left = `${'a*'.repeat(31)}b`;
    const right = `${'*a'.repeat(31)}c`;
    const before = performance.now();
    expect(patternsOverlap(left, right)).toBe(false);
    // Trying every way would take years, so a busy machine proves it as well.
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('put a target into the environment that covers it', () => {
    const environment = {
      id: 'e',
      name: 'Production',
      order: 1,
      places: [{ cluster: 'local', namespaces: ['shop-*'] }],
      owners: [],
      systems: [],
      protection: {},
      version: 1,
    };
    const target = {
      cluster: 'local',
      namespace: 'shop-eu',
      kind: 'Deployment' as const,
      name: 'web',
      container: 'web',
    };
    expect(environmentOf([environment], target)).toBe(environment);
    expect(
      environmentOf([environment], { ...target, cluster: 'other' }),
    ).toBeUndefined();
  });
});
