import { PastChange, replayHistory, replayRule } from './replayRule';
import { TagRule } from './tagRule';

/** One change an hour: `tag=digest`. */
function hourly(...changes: string[]): PastChange[] {
  return changes.map((change, hour) => {
    const [tag, digest = tag] = change.split('=');
    const at = `2026-01-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
    return { at, tag, digest };
  });
}

const semver: TagRule = { kind: 'semver', range: '^1' };
const regex: TagRule = { kind: 'regex', pattern: 'main-.*' };
const main: TagRule = { kind: 'same-tag', tag: 'main' };

describe('replayRule', () => {
  it.each<[string, TagRule, string[], string[]]>([
    ['A, B and A again', main, ['main=a', 'main=b', 'main=a'], ['a', 'b', 'a']],
    ['repeated', main, ['main=a', 'main=a', 'other=c'], ['a']],
    [
      'never a lower version',
      semver,
      ['1.0.0', '1.2.0', '1.1.0', '2.0.0', '1.10.0', '1.9.0'],
      ['1.0.0', '1.2.0', '1.10.0'],
    ],
    ['a moved head', semver, ['1.0.0=a', '1.0.0=b'], ['a', 'b']],
    ['one image under a newer tag', semver, ['1.0.0=a', '1.1.0=a'], ['a']],
    ['later pushes', regex, ['main-2', 'main-1', 'x'], ['main-2', 'main-1']],
  ])('deploys %s', (_what, rule, changes, deployed) => {
    const deploys = replayRule(rule, hourly(...changes), undefined);
    expect(deploys.map(({ digest }) => digest)).toEqual(deployed);
  });

  it('goes by when an image was pushed, not when it was heard of', () => {
    const [first, second] = hourly('main-1', 'main-0');
    const late = { ...second, pushedAt: '2025-12-31T00:00:00.000Z' };
    expect(replayRule(regex, [first, late], undefined)).toHaveLength(1);
  });

  it('begins with what was the best before', () => {
    const before = ['1.0.0', '1.4.0', '2.0.0'].map(tag => ({
      tag,
      digest: tag,
    }));
    const changes = hourly('1.3.0', '1.4.0', '1.5.0');
    expect(replayHistory(semver, { before, changes })).toEqual([
      { at: changes[2].at, tag: '1.5.0', digest: '1.5.0' },
    ]);
    expect(replayHistory(semver, { before: [], changes })).toHaveLength(3);
  });

  it('does not guess at build times, which no history tells', () => {
    expect(
      replayHistory(
        { kind: 'newest-created' },
        { before: [], changes: hourly('1', '2') },
      ),
    ).toBeUndefined();
  });

  it('replays 5 000 changes within what a keystroke may take', () => {
    const changes = hourly().concat(
      Array.from({ length: 5000 }, (_, index) => ({
        at: '2026-01-01T00:00:00.000Z',
        tag: `1.${index}.0`,
        digest: String(index),
      })),
    );
    const start = process.cpuUsage();
    expect(replayRule(semver, changes, undefined)).toHaveLength(5000);
    // Of the processor, which others may use at the same time; in µs.
    expect(process.cpuUsage(start).user).toBeLessThan(500_000);
  });
});
