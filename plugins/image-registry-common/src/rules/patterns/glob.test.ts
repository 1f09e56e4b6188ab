import fc from 'fast-check';
import { re2Pattern } from './compilePattern';
import { compileGlob, expressionOfGlob } from './glob';

describe('compileGlob', () => {
  it.each(['v[1', 'v[]', 'v[', 'v[!]'])('refuses the class of %s', glob => {
    expect(() => compileGlob(glob, 'pattern')).toThrow(
      expect.objectContaining({
        path: 'pattern',
        position: 1,
        message: expect.stringContaining('a class such as [a-f]'),
      }),
    );
  });

  it('matches what its expression matches', () => {
    const glob = fc
      .array(fc.constantFrom('*', '*', 'a', 'b', 'ab', '.', '-', '?', '[ab]'), {
        minLength: 1,
        maxLength: 7,
      })
      .map(parts => parts.join(''));
    const tag = fc.stringMatching(/^[ab.-]{0,8}$/);
    fc.assert(
      fc.property(glob, fc.array(tag, { minLength: 5 }), (text, tags) => {
        const matches = compileGlob(text, 'pattern');
        const expression = re2Pattern(
          expressionOfGlob(text, 'pattern'),
          'pattern',
        );
        for (const one of tags) {
          expect({ one, taken: matches(one) }).toEqual({
            one,
            taken: expression.test(one),
          });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
