import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { codeBySource } from './codeBySource.mts';

test('text belongs to the source of the segment before it', () => {
  const code = 'aaabbb\nccaa';
  // a from column 0, b from 3; then c (two sources on) from 0, a from 2.
  const map = {
    sources: ['a.ts', 'b.ts', 'c.ts'],
    mappings: 'AAAA,GCAA;ACAA,EFAA',
  };

  deepEqual(
    [...codeBySource(code, map)],
    [
      ['a.ts', 'aaaaa'],
      ['b.ts', 'bbb'],
      ['c.ts', 'cc'],
    ],
  );
});

test('text of no source belongs to nobody', () => {
  const map = { sources: ['a.ts'], mappings: 'AAAA,E' };
  deepEqual([...codeBySource('aabb', map)], [['a.ts', 'aa']]);
});
