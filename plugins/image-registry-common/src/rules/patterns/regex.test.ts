import { compileRule } from '../compileRule';
import { selectTag } from '../evaluateRule';
import { InvalidRuleError } from '../InvalidRuleError';

const regex = (pattern: string) => compileRule({ kind: 'regex', pattern });

describe('regex', () => {
  it.each([
    // The seed documents' example.
    ['v5.*', 'v5.1', 'pattern-matches'],
    ['v5.*', 'v5.9', 'pattern-matches'],
    // Peers that search instead of match take these.
    ['v5.*', 'dev5.1', 'pattern-differs'],
    ['v5', 'v5.1', 'pattern-differs'],
    ['main|prod', 'prod-2', 'pattern-differs'],
    ['^v5\\.1$', 'v5.1', 'pattern-matches'],
    ['(?i)rel-.*', 'REL-1', 'pattern-matches'],
    ['.*', `sha256-${'a'.repeat(64)}`, 'tag-is-artifact'],
    ['.*', `sha256-${'a'.repeat(64)}.att`, 'tag-is-artifact'],
    ['.*', 'v1.sbom', 'tag-is-artifact'],
    ['.*', 'sha256-short', 'pattern-matches'],
    ['.*', '-bad', 'tag-invalid'],
    ['.*', 'a\n', 'tag-invalid'],
  ])('%s with %j: %s', (pattern, tag, code) => {
    expect(regex(pattern).test(tag)).toMatchObject({
      accepted: code === 'pattern-matches',
      reason: { code },
    });
  });

  it.each([
    ['a(b', 1],
    ['(a)(b', 3],
    ['a)', 1],
    ['[(]a)b', 4],
    ['[](]a)b', 5],
    ['*a', 0],
    ['a**', 1],
    ['ab[c', 2],
    ['a{2000}', 1],
    ['ab(?=c)', 2],
    ['(a)\\1', 3],
    ['x[z-a]', 2],
    ['ab\\', 2],
  ])('refuses %s at %i', (pattern, position) => {
    expect(() => regex(pattern)).toThrow(InvalidRuleError);
    expect(() => regex(pattern)).toThrow(
      expect.objectContaining({ path: 'pattern', position }),
    );
  });

  it.each(['(a+)+b', '(a|a)*b', '(.*)*b', '(a?){64}a{64}b', '(.+.+)+b'])(
    'needs linear time for %s',
    pattern => {
      const rule = regex(pattern);
      const tag = 'a'.repeat(128);
      const started = performance.now();
      for (let round = 0; round < 20; round++) {
        expect(rule.test(tag).accepted).toBe(false);
      }
      // A backtracking engine needs more than the age of the universe.
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );

  it('holds the tag pushed last for the newest, not the greatest text', () => {
    const candidates = [
      { tag: 'b-9', pushedAt: '2026-01-01T00:00:00Z' },
      { tag: 'b-100', pushedAt: '2026-01-02T00:00:00+00:00' },
      { tag: 'b-99' },
      { tag: 'b-98', pushedAt: 'yesterday' },
    ];
    const selection = selectTag(regex('b-[0-9]+'), candidates, {
      complete: true,
    });
    expect(selection.selected?.tag).toBe('b-100');
    expect(selection.runnerUp?.tag).toBe('b-9');
    expect(regex('.*').ordered).toBe(false);
  });
});
