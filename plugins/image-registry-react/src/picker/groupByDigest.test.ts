import { formatPlatform } from '../components';
import { groupByDigest } from './groupByDigest';

describe('groupByDigest', () => {
  it('puts tags of one digest into the row of the first of them', () => {
    const rows = groupByDigest(
      [
        {
          tag: 'v2',
          digest: 'sha256:b',
          platforms: [{ os: 'linux', architecture: 'arm64', variant: 'v8' }],
        },
        { tag: 'v1', digest: 'sha256:a' },
        { tag: 'latest', digest: 'sha256:b' },
      ],
      formatPlatform,
    );
    expect(rows.map(row => row.tags)).toEqual([['v2', 'latest'], ['v1']]);
    expect(rows[0].platforms).toEqual(['linux/arm64/v8']);
  });

  it('is immutable when the first tag of the row is', () => {
    const rows = groupByDigest(
      [
        { tag: 'v2', digest: 'sha256:b', immutable: true },
        { tag: 'latest', digest: 'sha256:b', immutable: false },
        { tag: 'main', digest: 'sha256:a', immutable: false },
        { tag: 'v1', digest: 'sha256:a', immutable: true },
        { tag: 'v0' },
      ],
      formatPlatform,
    );
    expect(rows.map(({ immutable }) => immutable)).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it('keeps tags apart whose digest is not known', () => {
    const rows = groupByDigest([{ tag: 'a' }, { tag: 'b' }], formatPlatform);
    expect(rows.map(row => row.tags)).toEqual([['a'], ['b']]);
    expect(new Set(rows.map(row => row.key)).size).toBe(2);
  });
});
