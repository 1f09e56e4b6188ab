import { compileRule } from '../compileRule';
import { TagRule } from '../tagRule';
import { translateAcr } from './alibabaAcr';
import { translateRainbond } from './rainbond';
import { translatePasted } from './translatePasted';

describe('translateRainbond', () => {
  it('follows the tag that runs when there is no expression', () => {
    for (const trigger of [undefined, '']) {
      expect(translateRainbond({ trigger, runningTag: 'v5.1' })).toEqual({
        rule: { kind: 'same-tag', tag: 'v5.1' },
        notes: [],
      });
    }
  });

  it.each([
    // [expression, rule, takes, does not take]
    ['v5.*', 'v5.*', ['v5', 'v50', 'v5.1-rc1'], ['dev5']],
    ['v1.0', 'v1.0.*', ['v1.0', 'v1.0.5', 'v1x0'], ['v1', 'xv1.0']],
    ['release-v*', 'release-v*.*', ['release-1', 'release-'], ['release']],
    ['a|b', '(?:a|b).*', ['a1', 'b'], ['ca']],
    ['^v1$', 'v1', ['v1'], ['v1.0']],
  ])('%s: %s', (trigger, pattern, taken, refused) => {
    const { rule } = translateRainbond({ trigger, runningTag: 'x' });
    expect(rule).toEqual({ kind: 'regex', pattern });
    const compiled = compileRule(rule as TagRule);
    expect(taken.filter(tag => !compiled.test(tag).accepted)).toEqual([]);
    expect(refused.filter(tag => compiled.test(tag).accepted)).toEqual([]);
  });

  it('says what no longer depends on the beginning only', () => {
    const codesOf = (trigger: string) =>
      translateRainbond({ trigger, runningTag: 'x' }).notes.map(
        ({ code }) => code,
      );
    expect(codesOf('v1.0')[0]).toBe('note-prefix-match');
    expect(codesOf('v5.*')[0]).toBe('note-no-event-order');
    expect(codesOf('v(?=1)')).toEqual(['note-invalid-rule']);
  });
});

describe('translateAcr', () => {
  it.each<[string | undefined, string | undefined, unknown]>([
    [undefined, undefined, { kind: 'newest-pushed' }],
    ['ALL', '', { kind: 'newest-pushed' }],
    ['TAG_REG_EXP', 'release-v.*', { kind: 'regex', pattern: 'release-v.*' }],
    ['TAG_LIST', 'v1, v2', { kind: 'list', tags: ['v1', 'v2'] }],
    ['TAG_LISTTAG', '["v1","v2"]', { kind: 'list', tags: ['v1', 'v2'] }],
    ['TAG_LIST', '', undefined],
    ['TAG_REG_EXP', '(', undefined],
    ['SOMETHING', 'x', undefined],
  ])('%s %s', (triggerType, triggerTag, rule) => {
    const translation = translateAcr({ triggerType, triggerTag });
    expect(translation.rule).toEqual(rule);
    expect(translation.notes).not.toEqual([]);
  });
});

describe('translatePasted', () => {
  it.each([
    ['keel.sh/policy: major', 'keel'],
    ['keel:\n  policy: major', 'keel'],
    [
      'argocd-image-updater.argoproj.io/image-list: web=acme/web',
      'argo-image-updater',
    ],
    [
      'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nspec: { policy: { numerical: {} } }',
      'flux',
    ],
  ])('%j is of %s', (text, source) => {
    expect(translatePasted(text)).toMatchObject({
      source,
      translations: [{ rule: expect.anything() }],
    });
  });

  it.each(['', 'a: 1', 'a: ['])('refuses %j', text => {
    expect(() => translatePasted(text)).toThrow(
      expect.objectContaining({ name: 'UntranslatableError' }),
    );
  });
});
