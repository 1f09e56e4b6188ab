import { contentTraps } from '../__testUtils__/traps/content';
import { listingsTraps } from '../__testUtils__/traps/listings';
import { signInTraps } from '../__testUtils__/traps/signIn';
import { stopServers } from '../__testUtils__/traps/Trap';
import { tokensTraps } from '../__testUtils__/traps/tokens';
import { transportTraps } from '../__testUtils__/traps/transport';

const traps = [
  ...contentTraps,
  ...listingsTraps,
  ...signInTraps,
  ...tokensTraps,
  ...transportTraps,
];

afterEach(stopServers);

const writing = 'nothing is written to registries or copied between them';
const webhooks = 'the formats of webhooks are read by the providers';

/** What no row above is about, and why. */
const notApplicableYet: Readonly<Record<string, string>> = {
  'A.6': 'referrers are not read',
  'A.7': writing,
  'A.8': 'nothing is deleted at registries',
  'A.12': 'a table of servers whose entries are the rows of part E',
  'E.1': writing,
  'E.2': writing,
  'E.3': writing,
  'E.19': 'referrers are not read',
  'E.28': webhooks,
  'E.29': webhooks,
  'E.30': webhooks,
  'E.31': webhooks,
  'E.32': webhooks,
  'E.33': 'the listings of Tencent and Alibaba are not used',
  'E.35': 'nothing is deleted at registries',
  'E.37': writing,
  'E.40': writing,
};

describe('traps of registries', () => {
  it.each(traps.map(trap => [trap.number, trap.what, trap] as const))(
    '%s %s',
    async (_number, _what, { run }) => {
      expect.hasAssertions();
      await run();
    },
  );

  it('has a row or a reason for every number', () => {
    const numbers = [
      ...Array.from({ length: 12 }, (_, index) => `A.${index + 1}`),
      ...Array.from({ length: 42 }, (_, index) => `E.${index + 1}`),
    ];
    const covered = new Set(traps.map(({ number }) => number));
    const excused = Object.keys(notApplicableYet);
    expect(numbers.filter(number => !covered.has(number))).toEqual(excused);
    expect(excused.filter(number => covered.has(number))).toEqual([]);
    expect(
      Object.values(notApplicableYet).every(reason => reason.length > 10),
    ).toBe(true);
  });
});
