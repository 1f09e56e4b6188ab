import { Grant } from '../api';
import { describeGrants } from './describeGrants';
import { grantsAllow, GrantSubject } from './grantsAllow';
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

describe('grantsAllow', () => {
  const shop: GrantSubject = {
    owners: ['group:default/shop', 'user:default/ada'],
    system: 'system:default/checkout',
    domain: 'domain:default/sales',
    catalogNamespace: 'default',
  };
  const bare: GrantSubject = { owners: [], catalogNamespace: 'other' };

  it.each<[string, Grant[], GrantSubject, string | undefined, boolean]>([
    ['nobody without a grant', [], shop, 'a/b', false],
    ['all', [{ to: 'all' }], bare, 'a/b', true],
    [
      'all, other repository',
      [{ to: 'all', repositories: ['a/*'] }],
      bare,
      'b/a',
      false,
    ],
    ['owner', [{ to: { owners: ['group:default/shop'] } }], shop, 'a', true],
    ['owner in short', [{ to: { owners: ['Shop'] } }], shop, 'a', true],
    ['user as owner', [{ to: { owners: ['user:ada'] } }], shop, 'a', true],
    ['a user is no group', [{ to: { owners: ['ada'] } }], shop, 'a', false],
    [
      'other owner',
      [{ to: { owners: ['group:default/other'] } }],
      shop,
      'a',
      false,
    ],
    [
      'owner of another namespace',
      [{ to: { owners: ['group:prod/shop'] } }],
      shop,
      'a',
      false,
    ],
    ['system', [{ to: { systems: ['checkout'] } }], shop, 'a', true],
    ['no system', [{ to: { systems: ['checkout'] } }], bare, 'a', false],
    [
      'domain',
      [{ to: { domains: ['domain:default/sales'] } }],
      shop,
      'a',
      true,
    ],
    [
      'catalog namespace',
      [{ to: { catalogNamespaces: ['other'] } }],
      bare,
      'a',
      true,
    ],
    [
      'other catalog namespace',
      [{ to: { catalogNamespaces: ['other'] } }],
      shop,
      'a',
      false,
    ],
    [
      'one of several is enough',
      [{ to: { owners: ['x'], systems: ['checkout'] } }],
      shop,
      'a',
      true,
    ],
    [
      'who and what come from one grant',
      [
        { to: { owners: ['x'] } },
        { to: { owners: ['shop'] }, repositories: ['shop/**'] },
      ],
      shop,
      'a',
      false,
    ],
    [
      'the second grant',
      [
        { to: { owners: ['x'] } },
        { to: { owners: ['shop'] }, repositories: ['shop/**'] },
      ],
      shop,
      'shop/a/b',
      true,
    ],
    [
      'any repository at all',
      [{ to: { owners: ['shop'] }, repositories: ['shop/**'] }],
      shop,
      undefined,
      true,
    ],
    [
      'no repository at all',
      [{ to: { owners: ['x'] } }],
      shop,
      undefined,
      false,
    ],
  ])('%s', (_, grants, subject, repository, expected) => {
    expect(grantsAllow(grants, subject, repository)).toBe(expected);
  });
});

describe('describeGrants', () => {
  it.each<[Grant[], string[]]>([
    [[], ['Only those who may change this registry can use it.']],
    [[{ to: 'all' }], ['Every component may use all repositories.']],
    [
      [{ to: { owners: ['a', 'b'], systems: ['c'] }, repositories: ['x/*'] }],
      [
        'Components owned by a or b or in the system c may use the repositories x/*.',
      ],
    ],
  ])('%j', (grants, words) => expect(describeGrants(grants)).toEqual(words));
});
