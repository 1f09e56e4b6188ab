import { pushedBetween } from './useImageChanges';

const at = (minute: number) =>
  `2026-11-21T12:${String(minute).padStart(2, '0')}:00.000Z`;

const tags = [
  { tag: 'v4', digest: 'sha256:4', pushedAt: at(40) },
  { tag: 'v3', digest: 'sha256:3', pushedAt: at(30) },
  { tag: 'v2', digest: 'sha256:2', pushedAt: at(20) },
  { tag: 'latest', digest: 'sha256:2', pushedAt: at(20) },
  { tag: 'no-time', digest: 'sha256:5' },
  { tag: 'v1', digest: 'sha256:1', pushedAt: at(10) },
];

describe('pushedBetween', () => {
  it.each([
    ['sha256:1', 'sha256:4', ['v3', 'v2']],
    ['sha256:1', 'sha256:2', []],
    // A rollback: nothing was pushed on the way forward.
    ['sha256:4', 'sha256:1', []],
    ['sha256:gone', 'sha256:4', []],
    [undefined, 'sha256:4', []],
  ])('%s and %s are %s', (from, to, expected) => {
    expect(pushedBetween(tags, from, to).map(({ tag }) => tag)).toEqual(
      expected,
    );
  });
});
