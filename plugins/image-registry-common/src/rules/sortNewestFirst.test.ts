import fc from 'fast-check';
import { compileRule } from './compileRule';
import { sortNewestFirst } from './sortNewestFirst';

describe('sortNewestFirst', () => {
  const rule = compileRule({ kind: 'semver', range: '*', prereleases: true });
  const tag = fc
    .tuple(
      fc.constantFrom('', 'v'),
      fc.nat(2),
      fc.oneof(fc.nat(2), fc.constantFrom(131071, 131072, 9007199254740993n)),
      fc.nat(2),
      fc.constantFrom('', '-rc.1', '-rc.2'),
    )
    .map(
      ([v, major, minor, patch, pre]) => `${v}${major}.${minor}.${patch}${pre}`,
    );
  const small = tag.filter(text => !/[0-9]{5}/.test(text));

  it.each([
    ['numbers that fit a float', small],
    ['numbers of any length', tag],
  ])('sorts as comparing every pair does: %s', (_, tags) => {
    fc.assert(
      fc.property(fc.uniqueArray(tags, { maxLength: 60 }), listing => {
        const entries = listing.flatMap(text => {
          const key = rule.key({ tag: text });
          return key ? [{ key }] : [];
        });
        expect(entries).toHaveLength(listing.length);
        expect(
          sortNewestFirst(rule, entries).map(({ key }) => key.candidate.tag),
        ).toEqual(
          [...listing].sort((a, b) => rule.compare({ tag: b }, { tag: a })),
        );
      }),
    );
  });
});
