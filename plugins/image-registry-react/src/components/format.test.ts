import { formatBytes, formatPlatform, shortDigest } from './format';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [48_230_000, '48.2 MB'],
  [3_000_000_000, '3 GB'],
  [5e15, '5,000 TB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('shortens a digest to eight hex digits', () => {
  expect(shortDigest(`sha256:1a2b3c4d${'0'.repeat(56)}`)).toBe(
    'sha256:1a2b3c4d…',
  );
});

it('names a platform with its variant', () => {
  expect(formatPlatform({ os: 'linux', architecture: 'amd64' })).toBe(
    'linux/amd64',
  );
  expect(
    formatPlatform({ os: 'linux', architecture: 'arm', variant: 'v7' }),
  ).toBe('linux/arm/v7');
});
