import { matchRepositoryGlob } from './matchRepositoryGlob';

describe('matchRepositoryGlob', () => {
  it.each([
    ['team/web', 'team/web', true],
    ['team/web', 'team/web2', false],
    ['team/web', 'other/team/web', false],
    ['*', 'web', true],
    ['*', 'team/web', false],
    ['**', 'web', true],
    ['**', 'team/web/api', true],
    ['team/*', 'team/web', true],
    ['team/*', 'team/web/api', false],
    ['team/*', 'team', false],
    ['team/**', 'team/web', true],
    ['team/**', 'team/web/api', true],
    ['team/**', 'team', false],
    ['team/**', 'teams/web', false],
    ['team/**/api', 'team/api', true],
    ['team/**/api', 'team/a/b/api', true],
    ['team/**/api', 'team/a/b/api2', false],
    ['**/web', 'web', true],
    ['**/web', 'a/b/web', true],
    ['team/web-*', 'team/web-api', true],
    ['team/web-*', 'team/web', false],
    ['team/*-api', 'team/web-api-api', true],
    ['team/*a*b*', 'team/xaxbx', true],
    ['team/*a*b*', 'team/xbxax', false],
    ['te.m/*', 'team/web', false],
    ['team/[a-z]*', 'team/web', false],
    ['', 'web', false],
  ])('%j with %s: %s', (pattern, repository, expected) => {
    expect(matchRepositoryGlob(pattern, repository)).toBe(expected);
  });

  it('does not slow down on hostile patterns', () => {
    const started = performance.now();
    expect(
      matchRepositoryGlob('*a'.repeat(120), 'a'.repeat(254).concat('b')),
    ).toBe(false);
    expect(
      matchRepositoryGlob(
        '**/'.repeat(80).concat('x'),
        'a/'.repeat(127).concat('b'),
      ),
    ).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
