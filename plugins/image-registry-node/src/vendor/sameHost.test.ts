import { sameHostUrl } from './sameHost';

const followed = {
  title: 'Example',
  operation: 'list the tags of team/web',
  requestUrl: 'https://api.example.com:8443/v2/tags?page=1',
};

describe('sameHostUrl', () => {
  it.each([
    [
      'https://api.example.com:8443/v2/tags?page=2',
      'https://api.example.com:8443/v2/tags?page=2',
    ],
    ['/v2/tags?page=2', 'https://api.example.com:8443/v2/tags?page=2'],
    ['?page=2', 'https://api.example.com:8443/v2/tags?page=2'],
  ])('follows %s', (url, expected) => {
    expect(sameHostUrl(url, followed)).toBe(expected);
  });

  it.each([
    'https://evil.example.org/v2/tags?page=2',
    'https://api.example.com/v2/tags?page=2',
    'http://api.example.com:8443/v2/tags?page=2',
    '//169.254.169.254/latest',
    'file:///etc/passwd',
    'https://',
  ])('does not follow %s', url => {
    expect(() => sameHostUrl(url, followed)).toThrow(
      /^Example: could not list the tags of team\/web at api.example.com:8443/,
    );
  });
});
