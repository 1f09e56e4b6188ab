import { imagesBetween } from './imagesBetween';

const at = (minute: number) =>
  `2026-11-21T12:${String(minute).padStart(2, '0')}:00.000Z`;

const pushed = [
  { tag: 'v4', digest: 'sha256:4', pushedAt: at(40) },
  { tag: 'v3', digest: 'sha256:3', pushedAt: at(30) },
  { tag: 'sha256-33.sig', digest: 'sha256:9', pushedAt: at(31) },
  { tag: 'v2', digest: 'sha256:2', pushedAt: at(20) },
  { tag: 'latest', digest: 'sha256:4', pushedAt: at(41) },
  { tag: 'no-time', digest: 'sha256:5' },
  { tag: 'v1', digest: 'sha256:1', pushedAt: at(10) },
];

/** As a registry lists them that tells names only. */
const named = [
  'latest',
  'v1.10.0',
  'v1.10.0-alpine',
  'v1.2.9',
  'v1.9.0',
  'v1.9.1',
  'v2.0.0',
].map(tag => ({ tag }));

const names = (between: { items: Array<{ tag: string }> }) =>
  between.items.map(({ tag }) => tag);

describe('imagesBetween', () => {
  it.each([
    ['sha256:1', 'sha256:4', 'forward', ['v2', 'v3']],
    ['sha256:4', 'sha256:1', 'back', ['v3', 'v2']],
    ['sha256:1', 'sha256:2', 'forward', []],
    ['sha256:1', 'sha256:1', 'same', []],
    ['sha256:gone', 'sha256:4', 'unknown', []],
  ])('by push times, %s to %s', (from, to, direction, expected) => {
    const between = imagesBetween(pushed, { from, to });
    expect(between.direction).toBe(direction);
    expect(names(between)).toEqual(expected);
  });

  it.each([
    ['v1.2.9', 'v1.10.0', 'forward', ['v1.9.0', 'v1.9.1']],
    ['v1.10.0', 'v1.2.9', 'back', ['v1.9.1', 'v1.9.0']],
    ['v1.2.9', 'v1.10.0-alpine', 'unknown', []],
    // A name without a number means anything at any time.
    ['latest', 'latest', 'unknown', []],
  ])('by names, %s to %s', (fromTag, toTag, direction, expected) => {
    const ends = { from: 'sha256:a', to: 'sha256:b', fromTag, toTag };
    const between = imagesBetween(named, ends);
    expect(between.direction).toBe(direction);
    expect(names(between)).toEqual(expected);
  });

  it('finds names of one kind among all that the two digests have', () => {
    const tags = [
      { tag: 'staging', digest: 'sha256:b' },
      { tag: 'v1.3.0', digest: 'sha256:b' },
      { tag: 'v1.2.5', digest: 'sha256:m' },
      { tag: 'production', digest: 'sha256:a' },
      { tag: 'v1.2.0', digest: 'sha256:a' },
    ];
    const between = imagesBetween(tags, { from: 'sha256:a', to: 'sha256:b' });
    expect(names(between)).toEqual(['v1.2.5']);
    expect(between.orderedBy).toBe('name');
  });
});
