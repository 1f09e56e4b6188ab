import fc from 'fast-check';
import { compilePattern, nativePattern, re2Pattern } from './compilePattern';

const alphabet = 'ab0-._';
const character = fc.constantFrom(...alphabet);

/** Expressions near the border of what is read here, and some beyond. */
const expression = fc.letrec<{ any: string }>(tie => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      'a',
      'b',
      '0',
      '-',
      '\\.',
      '.',
      '_',
      '[ab]',
      '[^a]',
      '[a-b0]',
      '[0-9]',
      '\\d',
      '\\w',
      '[\\d-]',
      '(?i)A',
      '',
    ),
    fc
      .array(tie('any'), { minLength: 2, maxLength: 4 })
      .map(parts => parts.join('')),
    fc
      .array(tie('any'), { minLength: 2, maxLength: 3 })
      .map(parts => parts.join('|')),
    tie('any').map(part => `(${part})`),
    tie('any').map(part => `(?:${part})`),
    tie('any').map(part => `(?P<key>${part})`),
    fc
      .tuple(
        tie('any'),
        fc.constantFrom('*', '+', '?', '*?', '{2}', '{1,3}', '{0,2}?', '{2,}'),
      )
      .map(([part, count]) => `(?:${part})${count}`),
    fc
      .tuple(
        fc.constantFrom('a', '[ab]', '\\d', '.'),
        fc.constantFrom('*', '+', '?', '{2}'),
      )
      .map(([part, count]) => `${part}${count}`),
  ),
})).any;
const anchored = fc
  .tuple(
    fc.constantFrom('', '^', '\\A', '(?i)'),
    expression,
    fc.constantFrom('', '$', '\\z'),
  )
  .map(parts => parts.join(''));
const tag = fc.array(character, { maxLength: 8 }).map(all => all.join(''));

describe('compilePattern', () => {
  it('reads, accepts and captures natively what RE2 does', () => {
    let native = 0;
    fc.assert(
      fc.property(
        anchored,
        fc.array(tag, { minLength: 10, maxLength: 20 }),
        (pattern, tags) => {
          const fast = nativePattern(pattern);
          if (!fast) {
            return;
          }
          native++;
          const slow = re2Pattern(pattern, 'pattern');
          expect(fast.groups).toEqual(slow.groups);
          for (const text of tags) {
            expect({ text, taken: fast.test(text) }).toEqual({
              text,
              taken: slow.test(text),
            });
            expect({ text, groups: [...(fast.capture(text) ?? [])] }).toEqual({
              text,
              groups: [...(slow.capture(text) ?? [])],
            });
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(native).toBeGreaterThan(500);
  });

  it('finds what matches, not only what does not', () => {
    const sample = fc.constantFrom(
      'main-[0-9a-f]{7}-(?P<ts>[0-9]+)',
      '^v?([0-9]+)\\.([0-9]+)(?:-(rc|beta)\\.([0-9]+))?$',
      '(?:a|b0|-)+\\.(_{2,3})',
      '^main-[a-f0-9]+-(?P<ts>.*)',
    );
    fc.assert(
      fc.property(
        sample.chain(pattern =>
          fc.tuple(
            fc.constant(pattern),
            fc.stringMatching(
              new RegExp(
                `^(?:${pattern
                  .replace(/\?P</g, '?<')
                  .replace('.*', '[a-z0-9]*')})$`,
              ),
            ),
          ),
        ),
        ([pattern, text]) => {
          const fast = nativePattern(pattern);
          const slow = re2Pattern(pattern, 'pattern');
          expect(fast?.test(text)).toBe(true);
          expect([...(fast?.capture(text) ?? [])]).toEqual([
            ...(slow.capture(text) ?? []),
          ]);
        },
      ),
    );
  });

  it.each([
    'main-[0-9a-f]{7}-(?P<ts>[0-9]+)',
    '^main-[a-fA-F0-9]+-(?P<ts>.*)',
    'v5\\..*',
    'v5.*',
    'release-v.*',
    '(?:main|prod)-[0-9]+',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
    '(?i)rel-.*',
    'v?[0-9]+\\.[0-9]+\\.[0-9]+(?:-rc\\.[0-9]+)?',
  ])('leaves %s to the native engine', pattern => {
    expect(nativePattern(pattern)).toBeDefined();
  });

  it.each([
    ['ambiguous', '.*-[0-9]+'],
    ['ambiguous', 'a?a'],
    ['ambiguous', '(?:a|ab)c'],
    ['ambiguous', '(?:a+)+b'],
    ['ambiguous', '(?:a|a)*b'],
    ['empty bodies', '(?:a*)*b'],
    ['repeated groups', '(?:(a)|b)*'],
    ['too many states', '[ab]{900}[ab]{900}'],
    ['beyond the syntax', '\\pL+'],
    ['beyond the syntax', '[[:alpha:]]+'],
    ['beyond the syntax', 'a(?i:b)'],
    ['beyond the syntax', 'a$b'],
    ['beyond the syntax', 'x{,5}'],
    ['no expression', 'a**'],
    ['no expression', 'a++'],
    ['no expression', '(?:a{100}){100}'],
    ['no expression', '(?P<a>x)(?P<a>y)'],
    ['no expression', 'a{2,1}'],
    ['no expression', '[b-a]'],
  ])('leaves to RE2 what is %s: %s', (_, pattern) => {
    expect(nativePattern(pattern)).toBeUndefined();
  });

  it.each([
    ['\\Qa.b', 'a.b', 'axb'],
    ['v\\Q1.\\E(?:x)\\Q+', 'v1.x+', 'v1.xx'],
  ])('reads the open quotation of %s to the end', (pattern, taken, left) => {
    const compiled = compilePattern(pattern, 'pattern');
    expect([compiled.test(taken), compiled.test(left)]).toEqual([true, false]);
    expect(compiled.capture(taken)).toEqual([taken]);
  });

  it.each([
    '(a+)+b',
    '(?:a|b)*a(?:a|b){12}',
    '(?:[a-z]+-?)+[0-9]',
    'a{1,60}b{1,60}c',
    '(?:a{2,3}b){30}',
    '.*.*.*.*x',
  ])('needs linear time for %s', pattern => {
    const compiled = compilePattern(pattern, 'pattern');
    const started = performance.now();
    for (let length = 1; length <= 128; length++) {
      compiled.test('a'.repeat(length));
      compiled.test('aab'.repeat(length).slice(0, length));
      compiled.capture('a'.repeat(length));
    }
    // A backtracking engine needs more than the age of the universe for some.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
