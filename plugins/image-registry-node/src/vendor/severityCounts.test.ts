import { severityCounts } from './severityCounts';

describe('severityCounts', () => {
  it('adds up what is of one severity, and names the worst', () => {
    expect(
      severityCounts([
        ['low', 2],
        ['high', 1],
        ['low', 3],
      ]),
    ).toEqual({ counts: { high: 1, low: 5 }, severity: 'high' });
  });

  it('leaves out what does not count', () => {
    expect(
      severityCounts([
        ['critical', 0],
        ['high', -1],
        ['medium', '7'],
        ['low', NaN],
      ]),
    ).toEqual({ counts: {} });
  });
});
