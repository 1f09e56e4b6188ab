import fc from 'fast-check';
import { compilePattern } from '../patterns/compilePattern';
import { wholeMatch, wholeMatchOfPrefix } from './wholeMatch';

describe('wholeMatch', () => {
  it.each([
    ['^main-.*', 'main-.*'],
    ['^v1$', 'v1'],
    ['rc', '.*?rc.*'],
    ['^main-[a-f0-9]+-(?P<ts>.*)', 'main-[a-f0-9]+-(?P<ts>.*)'],
    ['a|b', '.*?(?:a|b).*'],
    ['^(a|b)$', '(a|b)'],
    ['^[](]a|b', '.*?(?:^[](]a|b).*'],
    ['^[^]|]a', '[^]|]a.*'],
    ['^v1\\.*', 'v1\\.*.*'],
    ['^v1\\$', 'v1\\$.*'],
    ['(?i)RC', '.*?(?:(?i)RC).*'],
    ['^\\Qv1.', '\\Qv1.\\E.*'],
    ['\\Qa\\E\\Qb', '.*?\\Qa\\E\\Qb\\E.*'],
    ['\\Q(\\E|b', '.*?(?:\\Q(\\E|b).*'],
    ['^\\Qa|b', '\\Qa|b\\E.*'],
  ])('%s: %s', (searched, whole) => {
    expect(wholeMatch(searched)).toBe(whole);
  });

  it.each([')'.repeat(90_000), `${'\\'.repeat(90_000)}a.*`])(
    'needs linear time for what is long',
    searched => {
      const begin = performance.now();
      wholeMatch(`${searched}a`);
      wholeMatch(searched);
      // Seconds where each character looks at all before it.
      expect(performance.now() - begin).toBeLessThan(1000);
    },
  );

  it('closes what a prefix quotes before anything is written behind it', () => {
    const whole = wholeMatchOfPrefix('\\Qa.b\\E|\\Qc|d');
    const compiled = compilePattern(whole, 'pattern');
    expect(
      ['a.b1', 'c|d', 'axb', 'd'].map(text => compiled.test(text)),
    ).toEqual([true, true, false, false]);
  });

  const part = fc.constantFrom(
    'a',
    'b',
    '.',
    'a*',
    '(a|b)',
    '[ab]+',
    '\\.',
    '(b)?',
  );
  const expression = fc
    .tuple(
      fc.constantFrom('', '^'),
      fc.array(fc.array(part, { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 2,
      }),
      fc.constantFrom('', '$'),
    )
    .map(([start, branches, end]) =>
      [start, branches.map(parts => parts.join('')).join('|'), end].join(''),
    );
  const text = fc.stringMatching(/^[ab.]{0,6}$/);

  it('matches wholly what is found, with the same groups', () => {
    fc.assert(
      fc.property(expression, text, (searched, tag) => {
        const found = new RegExp(searched).exec(tag);
        const whole = compilePattern(wholeMatch(searched), 'pattern');
        expect(whole.capture(tag)?.slice(1)).toEqual(found?.slice(1));
      }),
      { numRuns: 2000 },
    );
  });

  it('matches wholly what a prefix of the tag matches', () => {
    fc.assert(
      fc.property(expression, text, (prefix, tag) => {
        const found = new RegExp(`^(?:${prefix})`).test(tag);
        const whole = compilePattern(wholeMatchOfPrefix(prefix), 'pattern');
        expect(whole.test(tag)).toBe(found);
      }),
      { numRuns: 2000 },
    );
  });
});
