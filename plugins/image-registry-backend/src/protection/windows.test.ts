import {
  DeployWindow,
  weekdays,
} from '@slipway/backstage-plugin-image-registry-common';
import fc from 'fast-check';
import { isOpen, nextOpening, wallClock } from './windows';

const HOUR = 60 * 60 * 1000;
const berlin = 'Europe/Berlin';

/** `deny friday 16:00 - monday 08:00`, in Berlin unless it says else. */
function window(text: string, timeZone: string = berlin): DeployWindow {
  const [effect, fromDay, from, , toDay, to] = text.split(' ');
  return {
    effect,
    from: { day: fromDay, time: from },
    to: { day: toDay, time: to },
    timeZone,
  } as DeployWindow;
}

const weekend = window('deny friday 16:00 - monday 08:00');
const office = window('allow monday 08:00 - friday 18:00');
const night = window('deny sunday 02:15 - sunday 02:45');
const small = window('allow sunday 02:15 - sunday 02:45');
const always = window('deny monday 00:00 - monday 00:00');

describe('windows', () => {
  it.each([
    ['no windows', [], '2026-11-20T20:00:00Z', true],
    ['a minute before a stop', [weekend], '2026-11-20T14:59:59Z', true],
    ['the first of a stop', [weekend], '2026-11-20T15:00:00Z', false],
    ['the week after it', [weekend], '2026-11-23T06:59:59Z', false],
    ['the end of a stop', [weekend], '2026-11-23T07:00:00Z', true],
    ['an open window', [office], '2026-11-23T07:00:00Z', true],
    ['no open window', [office], '2026-11-21T12:00:00Z', false],
    ['one of several', [office, small], '2026-11-22T01:30:00Z', true],
    ['a stop in a window', [office, weekend], '2026-11-20T16:00:00Z', false],
    ['a stop of all the week', [office, always], '2026-11-24T12:00:00Z', false],
    [
      'the zone of each',
      [window('allow monday 00:00 - monday 01:00', 'Pacific/Auckland')],
      '2026-11-22T11:30:00Z',
      true,
    ],
  ])('at %s', (_, windows, at, expected) => {
    expect(isOpen(windows, Date.parse(at))).toBe(expected);
  });

  it.each([
    [
      'the end of a stop',
      [weekend],
      '2026-11-21T12:00:00Z',
      '2026-11-23T07:00:00Z',
    ],
    [
      'the same in summer',
      [weekend],
      '2026-07-04T12:00:00Z',
      '2026-07-06T06:00:00Z',
    ],
    [
      'over a change of the clocks',
      [weekend],
      '2026-10-24T12:00:00Z',
      '2026-10-26T07:00:00Z',
    ],
    [
      'the next window',
      [office],
      '2026-11-21T12:00:00Z',
      '2026-11-23T07:00:00Z',
    ],
    [
      'when a stop in a window ends',
      [office, window('deny monday 07:00 - monday 09:30')],
      '2026-11-21T12:00:00Z',
      '2026-11-23T08:30:00Z',
    ],
    // 2026-03-29: the clocks skip 02:00 to 03:00.
    [
      'the week after a skipped one',
      [small],
      '2026-03-28T12:00:00Z',
      '2026-04-05T00:15:00Z',
    ],
    // 2026-10-25: the clocks show 02:00 to 03:00 twice.
    [
      'the first of a repeated one',
      [small],
      '2026-10-25T00:00:00Z',
      '2026-10-25T00:15:00Z',
    ],
    [
      'the second of a repeated one',
      [small],
      '2026-10-25T00:50:00Z',
      '2026-10-25T01:15:00Z',
    ],
    [
      'the moment in which the clocks go back into it',
      [window('allow sunday 02:00 - sunday 02:30')],
      '2026-10-25T00:45:00Z',
      '2026-10-25T01:00:00Z',
    ],
  ])('opens next at %s', (_, windows, at, expected) => {
    const opens = nextOpening(windows, Date.parse(at));
    expect(opens && new Date(opens).toISOString()).toBe(
      new Date(expected).toISOString(),
    );
  });

  it('stops twice when the clocks show a stop twice', () => {
    const at = (time: string) =>
      isOpen([night], Date.parse(`2026-10-25T${time}Z`));
    expect(
      ['00:14', '00:15', '00:45', '01:15', '01:45'].map(each =>
        at(`${each}:00`),
      ),
    ).toEqual([true, false, true, false, true]);
  });

  it('never opens when all the week is denied', () => {
    expect(nextOpening([office, always], Date.now())).toBe(undefined);
  });

  it('tells an instant by the wall clock of a zone', () => {
    expect(wallClock(Date.parse('2026-11-23T07:00:00Z'), berlin)).toEqual({
      day: 'Monday',
      time: '08:00',
      date: '2026-11-23',
    });
  });

  const moment = fc.record({
    day: fc.constantFrom(...weekdays),
    time: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(parts => parts.map(part => String(part).padStart(2, '0')).join(':')),
  });
  const anyWindow: fc.Arbitrary<DeployWindow> = fc.record({
    effect: fc.constantFrom('allow' as const, 'deny' as const),
    from: moment,
    to: moment,
    timeZone: fc.constantFrom(
      berlin,
      'America/St_Johns',
      'Australia/Lord_Howe',
      'UTC',
    ),
  });
  const windows = fc.array(anyWindow, { maxLength: 4 });
  // Around all changes of the clocks of a year, to the minute.
  const instant = fc
    .integer({ min: 0, max: 365 * 24 * 60 })
    .map(minutes => Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000);

  it('opens where nothing was open just before, and nothing in between', () => {
    fc.assert(
      fc.property(windows, instant, fc.nat(999), (some, at, probe) => {
        const opens = nextOpening(some, at);
        const end = opens ?? at + 1000 * HOUR;
        const between = Math.floor(at + 1 + ((end - at - 1) * probe) / 1000);
        expect(opens === undefined || isOpen(some, opens)).toBe(true);
        expect(end).toBeGreaterThan(at);
        expect(isOpen(some, at) || !isOpen(some, between)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is closed by any stop, and by windows only when all are shut', () => {
    fc.assert(
      fc.property(windows, instant, (some, at) => {
        const each = (effect: string) =>
          some
            .filter(one => one.effect === effect)
            .map(one => isOpen([one], at));
        const allowed = each('allow');
        expect(isOpen(some, at)).toBe(
          each('deny').every(Boolean) &&
            (allowed.length === 0 || allowed.some(Boolean)),
        );
      }),
      { numRuns: 300 },
    );
  });
});
