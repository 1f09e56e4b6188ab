import fc from 'fast-check';
import { compileRule } from './compileRule';
import { startOfTags } from './startOfTags';
import { TagRule } from './tagRule';

const numeric = (pattern: string): TagRule => ({
  kind: 'numeric',
  key: { pattern },
});

describe('startOfTags', () => {
  it.each<[TagRule, string]>([
    [{ kind: 'same-tag', tag: 'main' }, 'main'],
    [{ kind: 'list', tags: ['main', 'mainly'] }, ''],
    [numeric('service-17-build-([0-9]+)'), 'service-17-build-'],
    [numeric('^(?P<key>a{2}b?)c'), 'a'],
    [numeric('v1\\.(?:0|00)([0-9]+)'), 'v1.'],
    [{ kind: 'regex', pattern: '(?i)main-.*' }, ''],
    [{ kind: 'regex', pattern: 'main|master' }, ''],
    [{ kind: 'regex', pattern: 'x*y' }, ''],
    [{ kind: 'regex', pattern: 'release' }, 'release'],
    [{ kind: 'glob', pattern: 'web-?.*' }, 'web-'],
    [{ kind: 'semver', range: '^1' }, ''],
    [{ kind: 'newest-pushed' }, ''],
  ])('of %j is %j', (rule, start) => {
    expect(startOfTags(rule)).toBe(start);
  });

  it('is what every tag begins with that the rule takes', () => {
    const piece = fc.constantFrom('a', 'b', '-', '.', '\\.', '1', '[ab]');
    const part = fc
      .tuple(piece, fc.constantFrom('', '', '', '?', '*', '+', '{2}', '|'))
      .map(both => both.join(''));
    const group = fc.tuple(part, part).map(parts => `(?:${parts.join('')})`);
    const pattern = fc
      .tuple(
        fc.constantFrom('', '', '^', '(?i)'),
        fc.array(fc.oneof(part, part, group), { minLength: 1, maxLength: 5 }),
      )
      .map(([before, parts]) => `${before}${parts.join('')}`);
    const tag = fc
      .array(fc.constantFrom('a', 'b', 'A', '-', '.', '1'), {
        minLength: 1,
        maxLength: 6,
      })
      .map(parts => parts.join(''));
    let taken = 0;
    fc.assert(
      fc.property(pattern, fc.array(tag, { maxLength: 30 }), (text, tags) => {
        const rule: TagRule = { kind: 'regex', pattern: text };
        const compiled = compileRule(rule);
        const start = startOfTags(rule);
        const names = [...tags, start].filter(name =>
          compiled.key({ tag: name }),
        );
        taken += names.length;
        expect(names.filter(name => !name.startsWith(start))).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(10);
  });
});
