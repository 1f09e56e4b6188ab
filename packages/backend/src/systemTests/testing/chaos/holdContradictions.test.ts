import { holdContradictions, HoldTestimony } from './holdContradictions';

const returned = {
  state: 'rolled-back',
  image: { repository: 'web', tag: 'bad', reference: 'web:bad' },
  finishedAt: new Date(20).toISOString(),
} as const;
const heldFor = (failed: string) => ({
  because: { code: 'held-after-return', message: '', params: { failed } },
});

describe('holdContradictions', () => {
  it.each<[string, HoldTestimony, string[]]>([
    ['a held return', { rollouts: [returned], hold: heldFor('bad') }, []],
    ['a lifted hold', { rollouts: [returned], liftedAt: 30 }, []],
    ['a hold by a person', { rollouts: [], hold: {} }, []],
    [
      'no hold',
      { rollouts: [returned] },
      ['bad was returned, and nothing is held'],
    ],
    [
      'no hold after one that was lifted before',
      { rollouts: [returned], liftedAt: 10 },
      ['bad was returned, and nothing is held'],
    ],
    [
      'a hold for nothing',
      { rollouts: [{ ...returned, state: 'failed' }], hold: heldFor('bad') },
      ['held for the return of bad, which was not returned'],
    ],
  ])('judges %s', (_, testimony, sentences) => {
    expect(holdContradictions(testimony)).toEqual(sentences);
  });
});
