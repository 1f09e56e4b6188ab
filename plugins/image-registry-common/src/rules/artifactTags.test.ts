import fc from 'fast-check';
import { isTag } from '../reference';
import { isArtifactTag, isImageTag } from './artifactTags';

const part = fc.oneof(
  fc.constantFrom(
    'sha256-',
    'sha512-',
    'a'.repeat(31),
    'a'.repeat(32),
    'f'.repeat(64),
    '0'.repeat(128),
    '.sig',
    '.att',
    '.sbom',
    'sig',
    '.',
    '-',
    '_',
    '+',
    '\n',
    'Z',
    '9',
  ),
  fc.string({ unit: 'grapheme', maxLength: 2 }),
);
const tag = fc.array(part, { maxLength: 5 }).map(parts => parts.join(''));

describe('isImageTag', () => {
  it('takes what is a tag and of no artifact', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(tag, text => {
        expect(isImageTag(text)).toBe(isTag(text) && !isArtifactTag(text));
        seen.add(`${isTag(text)} ${isArtifactTag(text)}`);
      }),
      { numRuns: 5_000 },
    );
    expect(seen.size).toBe(4);
  });

  it.each([
    [`sha256-${'a'.repeat(31)}`, true],
    [`sha256-${'a'.repeat(32)}`, false],
    [`sha256-${'a'.repeat(64)}.sig`, false],
    [`sha256-${'a'.repeat(64)}.1.2-x`, false],
    [`sha512-${'0'.repeat(121)}`, false],
    [`x${'0'.repeat(127)}`, true],
    [`x${'0'.repeat(128)}`, false],
    ['sha256-of-main', true],
    ['1.2.3-rc.sig', false],
    ['main.att', false],
    ['main.sbom', false],
    ['main.sbom.1', true],
    ['mainsig', true],
    ['.sig', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(isImageTag(text)).toBe(expected);
  });
});
