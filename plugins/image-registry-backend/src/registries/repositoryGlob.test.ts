import fc from 'fast-check';
import { matchesRepositoryGlob } from './repositoryGlob';

describe('matchesRepositoryGlob', () => {
  it.each([
    ['apps/web', 'apps/web', true],
    ['apps/web', 'apps/web2', false],
    ['apps/*', 'apps/web', true],
    ['apps/*', 'apps/web/proxy', false],
    ['apps/**', 'apps/web/proxy', true],
    ['apps/**', 'apps', false],
    ['**', 'anything/at/all', true],
    ['*', 'web', true],
    ['*', 'apps/web', false],
    ['**/web', 'a/b/web', true],
    ['a*b', 'a-c-b', true],
    ['a.b', 'axb', false],
    ['', '', true],
    ['', 'web', false],
  ])('%s against %s: %s', (glob, repository, expected) => {
    expect(matchesRepositoryGlob(glob, repository)).toBe(expected);
  });

  it('agrees with the regular expression that it avoids', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', '/', '.'),
      maxLength: 8,
    });
    const globs = fc
      .array(fc.constantFrom('a', 'b', '/', '.', '*', '**'), { maxLength: 5 })
      .map(parts => parts.join(''))
      .filter(glob => !glob.includes('***'));
    fc.assert(
      fc.property(globs, letters, (glob, repository) => {
        const expression = glob
          .split(/(\*\*|\*)/)
          .map(part => {
            switch (part) {
              case '**':
                return '.*';
              case '*':
                return '[^/]*';
              default:
                return part.replace(/[./]/g, '\\$&');
            }
          })
          .join('');
        expect(matchesRepositoryGlob(glob, repository)).toBe(
          new RegExp(`^${expression}$`).test(repository),
        );
      }),
    );
  });

  it('stays quick when the glob is made to be slow', () => {
    const started = performance.now();
    expect(matchesRepositoryGlob(`${'*a'.repeat(120)}b`, 'a'.repeat(255))).toBe(
      false,
    );
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
