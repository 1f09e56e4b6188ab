import fc from 'fast-check';
import { Reason } from '../../reason';
import { CompiledRule, TagCandidate } from '../CompiledRule';
import { compileRule } from '../compileRule';
import { evaluateRule, selectTag } from '../evaluateRule';
import { ASK, REFUSED, refusalIndex } from '../orders/scan';

const number = fc.oneof(
  fc.nat(3).map(String),
  fc.constantFrom('131071', '131072', '00', '01', '9007199254740993', ''),
);
const tag = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', 'v', 'V', '-', 'vv'),
      fc.array(number, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(
        '',
        '-rc.1',
        '-01',
        '-',
        '.sig',
        '-rc.sig',
        '_1',
        '+1',
        'x',
      ),
    )
    .map(([v, numbers, end]) => `${v}${numbers.join('.')}${end}`),
  // At the bounds.
  fc
    .tuple(
      fc.nat(3),
      fc.constantFrom('.0.0', '.1.0', '.1.2', '.1.3'),
      fc.constantFrom('', '-0', '-rc.1', '-rc.2'),
    )
    .map(parts => parts.join('')),
  fc.string({ maxLength: 6 }),
  fc.constant(`1.0.${'0'.repeat(130)}`),
  fc.constant(`1.0.${'1'.repeat(130)}`),
);

const bound = fc
  .tuple(
    fc.constantFrom('', '>', '<', '>=', '<=', '=', '^', '~', '!='),
    fc.nat(3),
    fc.constantFrom('', '.1', '.1.2', '.1.2-rc.1', '.x', '.131072.0'),
  )
  .map(parts => parts.join(''));
const range = fc
  .array(fc.array(bound, { minLength: 1, maxLength: 2 }), {
    minLength: 1,
    maxLength: 2,
  })
  .map(sets => sets.map(set => set.join(' ')).join(' || '));

/** Checks rules of many ranges, each with a listing. */
function forAnyListing(
  numRuns: number,
  check: (rule: CompiledRule, candidates: TagCandidate[]) => void,
): void {
  fc.assert(
    fc.property(
      range,
      fc.boolean(),
      fc.array(tag, { maxLength: 30 }),
      (text, prereleases, tags) =>
        check(
          compileRule({ kind: 'semver', range: text, prereleases }),
          tags.map(name => ({ tag: name })),
        ),
    ),
    { numRuns },
  );
}

/** What the scan says of each tag; NaN where there is no scan. */
function ordersOf(rule: CompiledRule, names: string[]): number[] {
  const orders = new Float64Array(names.length).fill(NaN);
  rule.scan?.(
    names.map(name => ({ tag: name })),
    () => 0,
    orders,
  );
  return [...orders];
}

function named(rule: CompiledRule, order: number): Reason | undefined {
  return rule.refusals?.[refusalIndex(order)];
}

describe('scanReleases', () => {
  it('agrees with reading each tag by itself', () => {
    let scanned = 0;
    forAnyListing(2_000, (rule, candidates) => {
      const orders = new Float64Array(candidates.length);
      const offered: number[] = [];
      const offer = (position: number) => {
        offered.push(position);
        return orders[position] >= 0 ? orders[position] : 0;
      };
      rule.scan?.(candidates, offer, orders);
      // The highest release, if any, and all that must be asked.
      expect(offered).toEqual(
        expect.arrayContaining(
          [...orders.keys()].filter(
            position =>
              rule.scan !== undefined &&
              (orders[position] === ASK ||
                (orders[position] >= 0 &&
                  orders[position] === Math.max(...orders))),
          ),
        ),
      );
      const known = candidates
        .map((candidate, position) => ({
          candidate,
          order: rule.scan ? orders[position] : ASK,
        }))
        .filter(({ order }) => order !== ASK);
      scanned += known.length;
      for (const { candidate, order } of known) {
        expect({ ...candidate, order: rule.key(candidate)?.order }).toEqual({
          ...candidate,
          order: order >= 0 ? order : undefined,
        });
      }
    });
    expect(scanned).toBeGreaterThan(1000);
  });

  it('tells why as reading each tag by itself does', () => {
    const told = new Set<string>();
    forAnyListing(5_000, (rule, candidates) => {
      const verdicts = evaluateRule(rule, candidates, {
        complete: true,
      }).candidates;
      expect(
        verdicts.map(({ accepted, reason }) => ({ accepted, reason })),
      ).toEqual(candidates.map(each => rule.test(each.tag)));
      verdicts.forEach(({ reason }) => told.add(reason.code));
    });
    expect([...told].sort()).toEqual([
      'tag-invalid',
      'tag-is-artifact',
      'version-in-range',
      'version-is-prerelease',
      'version-leading-zero',
      'version-out-of-range',
      'version-partial',
      'version-unreadable',
    ]);
  });

  it.each([
    '<1.1.2',
    '<=1.1.2',
    '>1.1.2',
    '>=1.1.2',
    '=1.1.2',
    '^1.0.1',
    '~1.1',
  ])('names itself why it refused: %s', text => {
    const rule = compileRule({ kind: 'semver', range: text });
    const releases = ['1.1.1', '1.1.2', '1.1.3', '1.2.0', '2.0.0'];
    const names = [
      ...releases.flatMap(release => [`${release}-0`, `v${release}-rc.1.a-b`]),
      ...[
        '9.9.9',
        '0.0.0',
        'main-1',
        '1.2.3.4',
        '1.2',
        '7',
        '01.2.3',
        '1.0.00',
      ],
    ].filter(name => !rule.key({ tag: name }));
    expect(ordersOf(rule, names).map(order => named(rule, order))).toEqual(
      names.map(name => rule.test(name).reason),
    );
  });

  it.each(['>=1.1.2-rc.1', '<=2.0.0-0', '<2.0.0-1'])(
    'leaves prereleases to be asked where some may be taken: %s',
    text => {
      const rule = compileRule({ kind: 'semver', range: text });
      expect(ordersOf(rule, ['1.1.2-rc.1'])).toEqual([ASK]);
    },
  );

  it.each([
    '1.2.3-rc.01',
    '1.2.3-01.rc',
    '1.2.:',
    '1.2./',
    '1:.0.0',
    '1/2.0.0',
    '1.2.3-rc..1',
    '1.2.3-a_b-c',
    '1.2-rc',
    '01.2.3-a.sig',
  ])('refuses without a reason what it cannot name: %s', name => {
    const rule = compileRule({ kind: 'semver', range: '*' });
    expect(ordersOf(rule, [name])).toEqual([REFUSED]);
  });

  it('places what fits, up to the largest numbers', () => {
    const rule = compileRule({ kind: 'semver', range: '*' });
    const names = ['131071.131071.131071', '131071.0.0', '0.0.0'];
    expect(ordersOf(rule, [...names, '131072.0.0'])).toEqual([
      ...names.map(name => rule.key({ tag: name })?.order),
      ASK,
    ]);
  });

  it.each([
    ['1.x || 3.x', '3.1.0', '3.0.0'],
    ['0.x || 1.x', '1.0.0', '0.9.0'],
    ['<=2.0.0-rc.1', '2.0.0-rc.1', '1.0.0'],
    ['=2.0.0-rc.1 || 1.x', '2.0.0-rc.1', '1.0.0'],
    ['>2.0.0', '3.1.0', '3.0.0'],
  ])('chooses by the majors of all alternatives: %s', (text, first, second) => {
    const tags = [
      '0.9.0',
      '1.0.0',
      '2.0.0-rc.1',
      '2.0.0-rc.2',
      '3.0.0',
      '3.1.0',
    ];
    const rule = compileRule({ kind: 'semver', range: text });
    const candidates = tags.map(name => ({ tag: name }));
    expect(selectTag(rule, candidates, { complete: true })).toMatchObject({
      selected: { tag: first },
      runnerUp: { tag: second },
    });
  });

  it('chooses the same without reading the older ones to their end', () => {
    forAnyListing(5_000, (rule, candidates) => {
      const [newest, next] = candidates
        .filter(candidate => rule.key(candidate))
        .sort((a, b) => rule.compare(b, a));
      expect(selectTag(rule, candidates, { complete: true })).toEqual({
        ...(newest && { selected: newest }),
        ...(next && { runnerUp: next }),
        complete: true,
      });
    });
  });
});
