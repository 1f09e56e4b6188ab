import fc from 'fast-check';
import { comparePushedTag } from './comparePushedTag';
import { TagCandidate } from './CompiledRule';
import { compileRule } from './compileRule';
import { selectTag } from './evaluateRule';
import { TagRule } from './tagRule';

const semver: TagRule = { kind: 'semver', range: '>=1' };
const regex: TagRule = { kind: 'regex', pattern: 'b-.*' };
const same: TagRule = { kind: 'same-tag', tag: 'latest' };
const early = '2026-01-01T00:00:00Z';
const late = '2026-01-02T00:00:00Z';

describe('comparePushedTag', () => {
  it.each<[string, TagRule, TagCandidate, TagCandidate | undefined, boolean]>([
    ['push-first', semver, { tag: '1.0.0' }, undefined, true],
    ['push-version-higher', semver, { tag: '1.10.0' }, { tag: '1.9.0' }, true],
    [
      'push-version-lower',
      semver,
      { tag: '1.9.0', pushedAt: late },
      { tag: '1.10.0', pushedAt: early },
      false,
    ],
    ['push-version-equal', semver, { tag: 'v2.0.0' }, { tag: '2.0.0' }, false],
    ['push-tie-won', semver, { tag: '2.0.0' }, { tag: 'v2.0.0' }, true],
    [
      'push-digest-changed',
      semver,
      { tag: '1.0.0', digest: 'sha256:b', pushedAt: early },
      { tag: '1.0.0', digest: 'sha256:a', pushedAt: late },
      true,
    ],
    [
      'push-digest-changed',
      semver,
      { tag: '1.0.0', digest: 'sha256:b' },
      { tag: '1.0.0' },
      true,
    ],
    [
      'push-digest-unchanged',
      semver,
      { tag: '1.0.0', digest: 'sha256:a', pushedAt: late },
      { tag: '1.0.0', digest: 'sha256:a', pushedAt: early },
      false,
    ],
    [
      'push-head-not-candidate',
      semver,
      { tag: '1.0.0' },
      { tag: 'latest' },
      false,
    ],
    ['push-first', regex, { tag: 'b-9', pushedAt: early }, undefined, true],
    [
      'push-later',
      regex,
      { tag: 'b-9', pushedAt: late },
      { tag: 'b-100', pushedAt: early },
      true,
    ],
    [
      'push-later',
      regex,
      { tag: 'b-9', pushedAt: late },
      { tag: 'b-100' },
      true,
    ],
    [
      'push-earlier',
      regex,
      { tag: 'b-100', pushedAt: early },
      { tag: 'b-9', pushedAt: late },
      false,
    ],
    [
      'push-time-unknown',
      regex,
      { tag: 'b-100' },
      { tag: 'b-9', pushedAt: late },
      false,
    ],
    ['push-time-unknown', regex, { tag: 'b-100' }, { tag: 'b-9' }, false],
    [
      'push-tie-won',
      regex,
      { tag: 'b-9', pushedAt: late },
      { tag: 'b-100', pushedAt: late },
      true,
    ],
    [
      'push-tie-lost',
      regex,
      { tag: 'b-100', pushedAt: late },
      { tag: 'b-9', pushedAt: late },
      false,
    ],
    [
      'push-digest-changed',
      same,
      { tag: 'latest', digest: 'sha256:b' },
      { tag: 'latest', digest: 'sha256:a' },
      true,
    ],
    [
      'push-digest-unchanged',
      same,
      { tag: 'latest', digest: 'sha256:a' },
      { tag: 'latest', digest: 'sha256:a' },
      false,
    ],
  ])('%s: %j', (code, rule, pushed, head, newer) => {
    expect(comparePushedTag(rule, pushed, head)).toEqual({
      accepted: true,
      newer,
      reason: expect.objectContaining({ code }),
    });
  });

  it('says why a tag is not taken at all', () => {
    expect(comparePushedTag(semver, { tag: 'latest' }, undefined)).toEqual({
      accepted: false,
      newer: false,
      reason: expect.objectContaining({ code: 'version-unreadable' }),
    });
  });

  it('comes push by push to the same head as one listing', () => {
    const rule = compileRule({ kind: 'semver', range: '*' });
    const tag = fc
      .tuple(fc.constantFrom('', 'v'), fc.nat(3), fc.nat(3))
      .map(([prefix, a, b]) => `${prefix}${a}.${b}.0`);
    fc.assert(
      fc.property(fc.uniqueArray(tag, { minLength: 1 }), tags => {
        const listing = tags.map(name => ({ tag: name, digest: name }));
        let head: TagCandidate | undefined;
        for (const pushed of listing) {
          if (comparePushedTag(rule, pushed, head).newer) {
            head = pushed;
          }
        }
        expect(head).toEqual(
          selectTag(rule, listing, { complete: true }).selected,
        );
      }),
    );
  });
});
