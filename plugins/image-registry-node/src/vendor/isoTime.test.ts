import { isoTime } from './isoTime';

describe('isoTime', () => {
  it.each([
    ['2026-11-02T10:00:00Z', '2026-11-02T10:00:00.000Z'],
    ['2026-11-02T10:00:00.123456789Z', '2026-11-02T10:00:00.123Z'],
    ['2026-11-02T10:00:00.513+0000', '2026-11-02T10:00:00.513Z'],
    ['2026-11-02T18:00:00+08:00', '2026-11-02T10:00:00.000Z'],
    ['Sun, 02 Nov 2025 10:00:00 -0000', '2025-11-02T10:00:00.000Z'],
    [1_680_501_893, '2023-04-03T06:04:53.000Z'],
    [1_680_501_893_513, '2023-04-03T06:04:53.513Z'],
  ])('reads %j', (value, expected) => {
    expect(isoTime(value)).toBe(expected);
  });

  it('takes a text without a zone for the one that the vendor means', () => {
    expect(isoTime('2016-11-29 12:25:46')).toBe('2016-11-29T12:25:46.000Z');
    expect(isoTime('2016-11-29 12:25:46', '+08:00')).toBe(
      '2016-11-29T04:25:46.000Z',
    );
  });

  it.each(['', 'yesterday', '0001-01-01T00:00:00Z', null, undefined, {}, NaN])(
    'finds no time in %j',
    value => {
      expect(isoTime(value)).toBeUndefined();
    },
  );
});
