import fc from 'fast-check';
import { TagCandidate } from './CompiledRule';
import { compileRule } from './compileRule';
import { readCandidates } from './readCandidates';
import { sortNewestFirst } from './sortNewestFirst';
import { TagRule } from './tagRule';

const version = fc
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
const small = version.filter(text => !/[0-9]{5}/.test(text));
const number = fc
  .oneof(fc.nat(9), fc.nat(), fc.bigInt(0n, 10n ** 20n))
  .map(String);
const time = fc.constantFrom(
  undefined,
  'no time',
  '1960-01-01T00:00:00Z',
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.001Z',
  '2026-01-01T01:00:00+01:00',
);

describe('sortNewestFirst', () => {
  it.each<[string, TagRule, fc.Arbitrary<string>]>([
    [
      'small versions',
      { kind: 'semver', range: '*', prereleases: true },
      small,
    ],
    [
      'long versions',
      { kind: 'semver', range: '*', prereleases: true },
      version,
    ],
    ['releases', { kind: 'semver', range: '>=1' }, version],
    ['numbers', { kind: 'numeric' }, number],
    ['numbers downwards', { kind: 'numeric', order: 'descending' }, number],
    ['texts', { kind: 'natural' }, version],
    ['times', { kind: 'newest-pushed' }, version],
  ])('sorts as comparing every pair does: %s', (_, wanted, tag) => {
    const rule = compileRule(wanted);
    const candidate: fc.Arbitrary<TagCandidate> = fc.record({
      tag,
      pushedAt: time,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(candidate, { selector: one => one.tag, maxLength: 60 }),
        listing => {
          const { positions, places } = sortNewestFirst(
            rule,
            readCandidates(rule, listing),
          );
          positions.forEach((position, place) =>
            expect(places[position]).toBe(place),
          );
          expect([...positions].map(position => listing[position].tag)).toEqual(
            listing
              .filter(one => rule.judge(one).accepted)
              .sort((a, b) => rule.compare(b, a))
              .map(one => one.tag),
          );
        },
      ),
    );
  });
});
