import { compareLink } from './compareLink';

const from = '1a2b3c4d';
const to = '9f8e7d6c';

describe('compareLink', () => {
  it.each([
    [
      'https://github.com/acme/web.git',
      `https://github.com/acme/web/compare/${from}...${to}`,
    ],
    [
      'https://gitlab.example.com/group/sub/web/',
      `https://gitlab.example.com/group/sub/web/-/compare/${from}...${to}`,
    ],
    [
      'https://bitbucket.org/acme/web',
      `https://bitbucket.org/acme/web/branches/compare/${to}%0D${from}`,
    ],
    [
      'https://user:secret@codeberg.org/acme/web?x#y',
      `https://codeberg.org/acme/web/compare/${from}...${to}`,
    ],
    ['https://git.example.com/acme/web', undefined],
    ['git@github.com:acme/web.git', undefined],
    ['data://github.com/acme/web', undefined],
    [undefined, undefined],
  ])('of %s is %s', (source, link) => {
    expect(compareLink(source, from, to)).toBe(link);
  });

  it('takes no revision that is not a commit', () => {
    expect(
      compareLink('https://github.com/acme/web', 'main/../..', to),
    ).toBeUndefined();
    expect(
      compareLink('https://github.com/acme/web', from, undefined),
    ).toBeUndefined();
  });
});
